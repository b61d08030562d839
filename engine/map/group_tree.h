// A tree of groups over many embeddings: halves of halves that belong together.
#pragma once

#include "engine/foundation/cancel_token.h"
#include "engine/map/neighbours.h"
#include "storage/geometry/hierarchy.h"

namespace smidgen {

/// By bisecting 2-means (Steinbach et al. 2000), down to single items; no side of a split has less than an
/// eighth, so that the depth stays below 5.2 · log2(count). Of the sides of a join, the first is the one
/// nearer to the sibling of the join: neighbours across branches come to lie side by side. O(n log n).
/// Deterministic. Errors: cancelled, invalidArgument (no item).
[[nodiscard]] Result<storage::Hierarchy> bisectedTree(const EmbeddingTable& table,
                                                      const CancelToken& cancel = {});

/// The items below each of the hierarchy's nodes, as a stretch of one order of all items.
struct LeafOrder {
    std::vector<std::uint32_t> items;   ///< from one end of the tree to the other
    std::vector<std::uint32_t> first;   ///< of node i: where its stretch begins
    std::vector<std::uint32_t> counts;  ///< of node i: how long it is
    std::vector<int> depth;             ///< of node i, 0: the root
};
[[nodiscard]] LeafOrder leafOrder(const storage::Hierarchy& tree);

}  // namespace smidgen
