// What can be done to the store, as plain values: a list of them is a transaction.
#pragma once

#include <variant>
#include <vector>

#include "engine/foundation/result.h"
#include "storage/blocks/block.h"

namespace smidgen::storage {

/// `expected` in all of these: the version the caller has seen; when the block has another by now, the whole
/// transaction ends with a conflict. 0: whatever it is.
struct PutBlock {
    BlockDraft draft;
};
struct EditBlock {
    BlockId id;
    std::uint64_t expected = 0;
    BlockEdit edit;
};
/// Archives, deletes softly, or makes active again.
struct SetStatus {
    BlockId id;
    std::uint64_t expected = 0;
    BlockStatus status = BlockStatus::active;
};
/// For good, with its history. Only what is in the trash can be purged.
struct PurgeBlock {
    BlockId id;
    std::uint64_t expected = 0;
};
/// Lets another project see the block, or no longer.
struct ShareBlock {
    BlockId id;
    std::uint64_t expected = 0;
    std::string project;
    bool shared = true;
};
/// Makes a link or gives it another weight. Needs the right to write to its source and to read its target.
struct LinkBlocks {
    Link link;
};
struct UnlinkBlocks {
    BlockId source;
    BlockId target;
    std::string type;
};

using Operation =
    std::variant<PutBlock, EditBlock, SetStatus, PurgeBlock, ShareBlock, LinkBlocks, UnlinkBlocks>;

/// What became of one operation.
struct Receipt {
    BlockId id;
    std::uint64_t version = 0;  ///< of the block afterwards; 0 when it is purged
    std::uint64_t change = 0;
};

}  // namespace smidgen::storage
