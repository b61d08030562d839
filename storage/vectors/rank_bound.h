// How far single precision may be off: the bridge between ranks of the search loops and true ranks.
#pragma once

#include "storage/geometry/space.h"

namespace smidgen::storage {

/// For one query. Searching keeps every row whose single-precision rank is at most `coarse(r)`: no row of
/// true rank ≤ r is then missed, whatever the rounding of both points and of the arithmetic did.
class RankBound {
 public:
    RankBound(const Space& space, PackedView query);
    /// The largest single-precision rank of a row whose true rank is ≤ `rank`.
    [[nodiscard]] float coarse(double rank) const;

 private:
    [[nodiscard]] double widened(double rank) const;
    /// A bound of how much the rounding of two points moves the distance in one factor.
    [[nodiscard]] double factorShift(std::size_t factor, double distance) const;

    const Space* m_space;
    std::vector<double> m_sizes;  ///< of each factor's part of the query: hyperbolic α, otherwise |x|
    double m_arithmetic = 0.0;    ///< relative
};

}  // namespace smidgen::storage
