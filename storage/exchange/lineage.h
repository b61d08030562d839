// Which of two versions of a block knows of which: version vectors (Parker et al. 1983).
#pragma once

#include "storage/blocks/block.h"

namespace smidgen::storage {

enum class LineageOrder {
    equal,
    before,     ///< the first is an ancestor of the second
    after,      ///< the second is an ancestor of the first
    concurrent  ///< each has changes that the other has not: a conflict
};

[[nodiscard]] LineageOrder compareLineage(const Lineage& first, const Lineage& second);

/// Knows of all that either knows of.
[[nodiscard]] Lineage mergeLineage(const Lineage& first, const Lineage& second);

}  // namespace smidgen::storage
