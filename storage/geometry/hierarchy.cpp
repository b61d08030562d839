#include "storage/geometry/hierarchy.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace smidgen::storage {
namespace {

/// Distances of n items, each pair once.
class PairTable {
 public:
    explicit PairTable(std::size_t n) : m_values(n * (n - 1) / 2) {}
    [[nodiscard]] float& at(std::size_t i, std::size_t j) {
        if (i < j) std::swap(i, j);
        return m_values[i * (i - 1) / 2 + j];
    }

 private:
    std::vector<float> m_values;
};

struct RawJoin {
    std::uint32_t first;
    std::uint32_t second;
    float height;
};

/// Joins in the order the chains find them, both sides named by the item whose row stands for the group.
std::vector<RawJoin> joinByChains(PairTable& table, std::size_t items) {
    std::vector<RawJoin> joins;
    std::vector<std::uint32_t> sizes(items, 1);
    std::vector<std::uint32_t> active(items);
    std::iota(active.begin(), active.end(), 0U);
    std::vector<std::uint32_t> chain;
    while (active.size() > 1) {
        if (chain.empty()) chain.push_back(active.front());
        const std::uint32_t top = chain.back();
        // The nearest group; of equally near ones the one before in the chain, so that chains end.
        std::uint32_t nearest = chain.size() > 1 ? chain[chain.size() - 2] : top;
        float least = chain.size() > 1 ? table.at(top, nearest) : std::numeric_limits<float>::infinity();
        for (const std::uint32_t other : active) {
            if (other == top) continue;
            const float distance = table.at(top, other);
            if (distance < least || nearest == top) {
                least = distance;
                nearest = other;
            }
        }
        if (chain.size() < 2 || nearest != chain[chain.size() - 2]) {
            chain.push_back(nearest);
            continue;
        }
        chain.resize(chain.size() - 2);
        joins.push_back({nearest, top, least});
        const auto ofNearest = static_cast<float>(sizes[nearest]);
        const auto ofTop = static_cast<float>(sizes[top]);
        for (const std::uint32_t other : active) {
            if (other == nearest || other == top) continue;
            float& mean = table.at(nearest, other);
            mean = (ofNearest * mean + ofTop * table.at(top, other)) / (ofNearest + ofTop);
        }
        sizes[nearest] += sizes[top];
        active.erase(std::find(active.begin(), active.end(), top));
    }
    return joins;
}

}  // namespace

Result<Hierarchy> clusterByAverageLinkage(std::size_t items,
                                          const std::function<double(std::size_t, std::size_t)>& distance) {
    if (items == 0 || items > kMostHierarchyItems)
        return failure(ErrorCode::invalidArgument, "A hierarchy is made of 1 to " +
                                                       std::to_string(kMostHierarchyItems) + " items, not " +
                                                       std::to_string(items) + ".");
    PairTable table(items);
    for (std::size_t i = 1; i < items; ++i)
        for (std::size_t j = 0; j < i; ++j) table.at(i, j) = static_cast<float>(distance(i, j));
    std::vector<RawJoin> raw = joinByChains(table, items);
    std::stable_sort(raw.begin(), raw.end(),
                     [](const RawJoin& a, const RawJoin& b) { return a.height < b.height; });

    Hierarchy hierarchy;
    hierarchy.items = static_cast<std::uint32_t>(items);
    std::vector<std::uint32_t> parent(2 * items);
    std::iota(parent.begin(), parent.end(), 0U);
    const auto rootOf = [&](std::uint32_t node) {
        while (parent[node] != node) node = parent[node] = parent[parent[node]];
        return node;
    };
    for (const RawJoin& join : raw) {
        const std::uint32_t first = rootOf(join.first);
        const std::uint32_t second = rootOf(join.second);
        const std::uint32_t node = hierarchy.nodes();
        parent[first] = parent[second] = node;
        hierarchy.joins.push_back({std::min(first, second), std::max(first, second), join.height});
    }
    return hierarchy;
}

}  // namespace smidgen::storage
