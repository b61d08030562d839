// Is everything there and as it was written? In both directions: from rows to bytes and from bytes to rows.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "storage/blocks/block_store.h"

namespace smidgen::storage {

/// One thing that is not as it should be, said for the person.
struct Problem {
    std::string sentence;
    BlockId block;  ///< null when it is no block's
};

struct VerifyReport {
    std::vector<Problem> problems;   ///< at most 1000
    std::vector<std::string> notes;  ///< harmless: bytes to be reclaimed, a log whose end was torn
    bool logWasTorn = false;         ///< when it was opened: by a loss of power, or by damage
    std::uint64_t blocks = 0;
    std::uint64_t vectors = 0;
    std::uint64_t contents = 0;
    std::uint64_t bytes = 0;        ///< of contents read and summed
    std::uint64_t orphanBytes = 0;  ///< in packs, named by no row
    [[nodiscard]] bool isSound() const { return problems.empty(); }
};

/// Progress of a check: called with the bytes read since the last call; false stops it.
using Pace = std::function<bool(std::uint64_t bytes)>;

/// Everything, in one view of the store: structure, checksums, references, audit chain, packs, the
/// write-ahead log. Blocks nobody; the log cannot shrink meanwhile. Errors: cancelled, io, conflict (it is
/// being copied, compacted or verified elsewhere).
[[nodiscard]] Result<VerifyReport> verifyStore(BlockStore& store, const CancelToken& cancel = {});

/// Checksums of blocks, vectors and contents only, a few at a time: for going over a store in use. Errors:
/// cancelled (when `pace` says so), io.
[[nodiscard]] Result<VerifyReport> scrubStore(BlockStore& store, const Pace& pace);

}  // namespace smidgen::storage
