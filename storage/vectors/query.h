// A point that is searched for, in the forms that searching needs.
#pragma once

#include <algorithm>
#include <vector>

#include "storage/vectors/rank_bound.h"
#include "storage/vectors/rank_kernels.h"

namespace smidgen::storage {

/// Keeps a reference to the space, which must outlive it.
class Query {
 public:
    Query(const Space& space, const RankShape& shape, PackedView point)
        : m_space(&space),
          m_coarse(point.coarse.begin(), point.coarse.end()),
          m_fine(point.fine.begin(), point.fine.end()),
          m_lines(shape.rowFloats() / kLanes),
          m_bound(space, point) {
        for (std::size_t i = 0; i < m_coarse.size(); ++i)
            m_lines[i / kLanes].numbers[i % kLanes] = m_coarse[i];
    }

    /// As a padded row on a 64-byte border.
    [[nodiscard]] const float* row() const { return m_lines.front().numbers; }
    [[nodiscard]] const RankBound& bound() const { return m_bound; }
    [[nodiscard]] double rankOf(PackedView point) const { return m_space->rank({m_coarse, m_fine}, point); }

 private:
    struct alignas(64) Line {
        float numbers[kLanes] = {};
    };
    const Space* m_space;
    std::vector<float> m_coarse;
    std::vector<std::int16_t> m_fine;
    std::vector<Line> m_lines;
    RankBound m_bound;
};

}  // namespace smidgen::storage
