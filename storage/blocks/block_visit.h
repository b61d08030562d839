// Going over all blocks of a store, for those who look after it.
#pragma once

#include <functional>
#include <vector>

#include "storage/blocks/block_store.h"

namespace smidgen::storage {

struct BlockVisit {
    std::uint64_t blocks = 0;   ///< shown
    std::uint64_t damaged = 0;  ///< that could not be read, and were passed by
};

/// The blocks of all projects and callers, in any status, each once in order of its key, without content and
/// vectors; of these classes alone when there are any. Nobody is asked for permission and nothing is counted
/// as an access: this is for maintenance, which must know what belongs to whom before it touches anything,
/// never for showing things to a caller. A block that is changed meanwhile comes as it was or as it is.
/// `visit`: false ends it. Errors: io.
[[nodiscard]] Result<BlockVisit> visitBlocks(BlockStore& store, const std::vector<BlockClass>& classes,
                                             const std::function<bool(const Block&)>& visit);

}  // namespace smidgen::storage
