// The nearest blocks, from the nearest vectors.
#pragma once

#include "storage/backend/space_index.h"

namespace smidgen::storage {

struct NearBlock {
    std::int64_t block = 0;
    std::size_t slot = 0;
    double distance = 0.0;
};

struct NearPage {
    std::vector<NearBlock> blocks;
    std::string next;
};

/// Each block once, by its nearest vector. Nobody may change the index meanwhile. Errors: invalidArgument
/// (point, page mark).
[[nodiscard]] Result<NearPage> nearestBlocks(const SpaceIndex& index, PackedView point, const Filter& filter,
                                             std::size_t k, const std::string& page);

/// As above, the first page only, the cheapest way: may miss some.
[[nodiscard]] Result<NearPage> nearbyBlocks(const SpaceIndex& index, PackedView point, const Filter& filter,
                                            std::size_t k);

}  // namespace smidgen::storage
