// What a search must find, computed the plain way.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <map>
#include <vector>

#include "storage/vectors/vector_index.h"

namespace smidgen::storage::testing {

/// Keys and points, and the truth about them.
class Reference {
 public:
    explicit Reference(const Space& space) : m_space(space) {}

    void put(std::uint64_t key, const PackedPoint& point) { m_points[key] = point; }
    void erase(std::uint64_t key) { m_points.erase(key); }
    [[nodiscard]] const std::map<std::uint64_t, PackedPoint>& points() const { return m_points; }

    [[nodiscard]] std::vector<Neighbour> nearest(const PackedPoint& query, std::size_t k,
                                                 const Filter& filter = {}) const {
        std::vector<std::pair<double, std::uint64_t>> all;
        for (const auto& [key, point] : m_points)
            if (filter.allows(key)) all.emplace_back(m_space.rank(query, point), key);
        std::sort(all.begin(), all.end());
        std::vector<Neighbour> found;
        for (std::size_t i = 0; i < std::min(k, all.size()); ++i)
            found.push_back({all[i].second, m_space.distanceOfRank(all[i].first)});
        return found;
    }

 private:
    Space m_space;
    std::map<std::uint64_t, PackedPoint> m_points;
};

/// Part of `truth` that is in `found`.
inline double recall(const std::vector<Neighbour>& found, const std::vector<Neighbour>& truth) {
    std::size_t hits = 0;
    for (const Neighbour& each : truth)
        hits += std::count_if(found.begin(), found.end(),
                              [&](const Neighbour& other) { return other.key == each.key; }) > 0;
    return truth.empty() ? 1.0 : static_cast<double>(hits) / static_cast<double>(truth.size());
}

/// An index without a thread of its own that builds a graph as soon as it is asked to.
inline IndexOptions byHand(std::size_t graphFrom = 100) {
    IndexOptions options;
    options.background = false;
    options.graphFrom = graphFrom;
    return options;
}

inline void fill(VectorIndex& index, Reference& reference, const std::vector<PackedPoint>& points,
                 std::uint64_t firstKey = 1) {
    std::vector<PutItem> items;
    for (std::size_t i = 0; i < points.size(); ++i) {
        items.push_back({firstKey + i, points[i]});
        reference.put(firstKey + i, points[i]);
    }
    if (!index.putBatch(items)) std::abort();
}

}  // namespace smidgen::storage::testing
