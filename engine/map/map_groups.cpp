// Which groups of the tree a map names.
#include <algorithm>
#include <cmath>

#include "engine/map/disc_layout.h"
#include "engine/map/group_tree.h"

namespace smidgen {
namespace {

/// The mean on the hyperboloid, drawn back (Galperin 1993).
DiscPoint middleOf(const std::vector<DiscPoint>& places, std::span<const std::uint32_t> members) {
    DiscPoint sum = 0.0;
    double time = 0.0;
    for (const std::uint32_t member : members) {
        const DiscPoint place = places[member];
        const double scale = 1.0 / (1.0 - std::norm(place));
        sum += 2.0 * scale * place;
        time += (1.0 + std::norm(place)) * scale;
    }
    const double length = std::sqrt(std::max(1e-300, time * time - std::norm(sum)));
    return sum / (time + length);
}

}  // namespace

Result<std::vector<MapGroup>> groupsOf(const EmbeddingTable& table, const std::vector<DiscPoint>& places,
                                       std::size_t least, const CancelToken& cancel) {
    auto tree = bisectedTree(table, cancel);
    if (!tree) return propagate(tree);
    const LeafOrder order = leafOrder(*tree);
    std::vector<MapGroup> groups;
    std::vector<std::uint32_t> named(tree->nodes(), 0);  // size of the nearest group above
    for (std::size_t i = tree->joins.size(); i-- > 0;) {
        const std::size_t node = tree->items + i;
        const std::uint32_t size = order.counts[node];
        const bool root = i + 1 == tree->joins.size();
        const bool wanted = !root && size >= least && 2 * size <= named[node];
        if (wanted) {
            MapGroup group;
            const auto members = std::span(order.items).subspan(order.first[node], size);
            group.members.assign(members.begin(), members.end());
            group.centre = middleOf(places, members);
            std::vector<double> distances;
            for (const std::uint32_t member : members)
                distances.push_back(storage::discDistance(group.centre, places[member]));
            const auto third = distances.begin() + static_cast<std::ptrdiff_t>(2 * distances.size() / 3);
            std::nth_element(distances.begin(), third, distances.end());
            group.reach = *third;
            groups.push_back(std::move(group));
        }
        const std::uint32_t around = root || wanted ? size : named[node];
        for (const std::uint32_t child : {tree->joins[i].first, tree->joins[i].second}) named[child] = around;
    }
    std::stable_sort(groups.begin(), groups.end(), [](const MapGroup& a, const MapGroup& b) {
        return a.members.size() > b.members.size();
    });
    return groups;
}

}  // namespace smidgen
