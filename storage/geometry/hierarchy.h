// Hierarchical clustering: from distances between items to a tree of groups.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "engine/foundation/result.h"

namespace smidgen::storage {

/// The most items that a hierarchy is made of: its distances take 2·n² bytes.
inline constexpr std::size_t kMostHierarchyItems = 16384;

/// A tree over items 0 … items − 1, which are its leaves; node `items + i` joins the two nodes of joins[i],
/// which come before it. The last node is the root; a single item is its own root.
struct Hierarchy {
    struct Join {
        std::uint32_t first = 0;
        std::uint32_t second = 0;
        double height = 0.0;  ///< mean distance between the items of the two sides
    };
    std::uint32_t items = 0;
    std::vector<Join> joins;  ///< items − 1, in order of rising height

    [[nodiscard]] std::uint32_t nodes() const { return items + static_cast<std::uint32_t>(joins.size()); }
};

/// Average linkage (Sokal & Michener 1958) by chains of nearest neighbours (Benzécri 1982): n² distances and
/// n² time. `distance(i, j)` ≥ 0 is asked once for each pair. Errors: invalidArgument (no item, too many).
[[nodiscard]] Result<Hierarchy> clusterByAverageLinkage(
    std::size_t items, const std::function<double(std::size_t, std::size_t)>& distance);

}  // namespace smidgen::storage
