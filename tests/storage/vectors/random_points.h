// Random points of any space, and the trees of points that real embeddings look like.
#pragma once

#include <cmath>
#include <vector>

#include "engine/foundation/random.h"
#include "storage/geometry/space.h"

namespace smidgen::storage::testing {

/// A point whose tangent vector at the origin is normal with this deviation in each coordinate; drawn again
/// where the space refuses it for being too far out.
inline PackedPoint randomPoint(Random& random, const Space& space, double deviation) {
    std::vector<double> tangent(space.chartSize(Chart::tangent));
    for (;;) {
        for (double& each : tangent) each = deviation * random.normal();
        if (auto packing = space.pack(Chart::tangent, tangent)) return std::move(packing->point);
    }
}

/// Points in `clusters` groups: far centres that the seed decides, and near deviations that the count decides
/// too, so that another count gives other points of the same groups.
inline std::vector<PackedPoint> clusteredPoints(const Space& space, std::size_t count, std::size_t clusters,
                                                std::uint64_t seed) {
    Random far(seed);
    const std::size_t size = space.chartSize(Chart::tangent);
    std::vector<std::vector<double>> centres(clusters, std::vector<double>(size));
    for (auto& centre : centres)
        for (double& each : centre) each = far.normal();
    Random near(mixSeed(seed, count));
    std::vector<PackedPoint> points;
    std::vector<double> tangent(size);
    for (std::size_t i = 0; i < count; ++i) {
        const auto& centre = centres[near.below(clusters)];
        for (std::size_t j = 0; j < size; ++j) tangent[j] = centre[j] + 0.3 * near.normal();
        points.push_back(space.pack(Chart::tangent, tangent).value().point);
    }
    return points;
}

inline std::vector<Space> allSpaces() {
    return {Space::hyperbolic(12),
            Space::hyperbolic(16, 0.3),
            Space::hyperbolic(7, 2.0),
            Space::create({{FactorKind::euclidean, 12, 1.0}}).value(),
            Space::create({{FactorKind::spherical, 15, 0.5}}).value(),
            Space::create({{FactorKind::hyperbolic, 5, 0.7},
                           {FactorKind::hyperbolic, 3, 3.0},
                           {FactorKind::euclidean, 4, 1.0},
                           {FactorKind::spherical, 2, 2.0}})
                .value()};
}

}  // namespace smidgen::storage::testing
