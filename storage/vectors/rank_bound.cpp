#include "storage/vectors/rank_bound.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "storage/geometry/gap.h"

namespace smidgen::storage {
namespace {

/// Half a unit in the last place of a float, relative.
constexpr double kRounding = 0x1.0p-24;

}  // namespace

RankBound::RankBound(const Space& space, PackedView query) : m_space(&space) {
    std::size_t at = 0;
    for (const Factor& factor : space.factors()) {
        const std::size_t size = packedSize(factor);
        double square = 0.0;
        for (std::size_t i = at; i < at + size; ++i)
            square += static_cast<double>(query.coarse[i]) * static_cast<double>(query.coarse[i]);
        m_sizes.push_back(factor.kind == FactorKind::hyperbolic
                              ? static_cast<double>(query.coarse[at + size - 1])
                              : std::sqrt(square));
        at += size;
    }
    m_arithmetic = (static_cast<double>(space.packedSize()) + 12.0) * 2.0 * kRounding;
    if (space.isProduct()) m_arithmetic += 1e-5;
}

// Rounding moves u and v by at most 2^-24/√c each. With |u − v| = √(z/(2c·α_u·α_v)) and
// α_v ≤ α_u·e^a, a = √c·d, √z grows by at most √2·α_u·e^{a/2}·2^-23.
double RankBound::factorShift(std::size_t factor, double distance) const {
    const Factor& each = m_space->factors()[factor];
    const double root = std::sqrt(each.curvature);
    switch (each.kind) {
        case FactorKind::hyperbolic:
            return 4.0 * kRounding * m_sizes[factor] * std::exp(0.5 * root * distance) / root;
        case FactorKind::spherical:
            // The arc grows faster than the chord; without bound at the opposite pole.
            return (root * distance < 2.5 ? 16.0 * kRounding : 2e-3) / root;
        case FactorKind::euclidean:
            break;
    }
    return kRounding * (2.0 * m_sizes[factor] + distance);
}

double RankBound::widened(double rank) const {
    if (m_space->isProduct()) {
        const double distance = std::sqrt(rank);
        double square = 0.0;
        for (std::size_t f = 0; f < m_sizes.size(); ++f) {
            const double shift = factorShift(f, distance);
            square += shift * shift;
        }
        const double far = distance + std::sqrt(square);
        return far * far;
    }
    const Factor& factor = m_space->factors().front();
    double root = std::sqrt(rank);
    switch (factor.kind) {
        case FactorKind::hyperbolic: {
            const double growth = std::sqrt(1.0 + rank + std::sqrt(rank * (rank + 2.0)));
            root += std::sqrt(2.0) * m_sizes.front() * growth * 2.0 * kRounding;
            break;
        }
        case FactorKind::spherical:
            root += 2.0 * kRounding;
            break;
        case FactorKind::euclidean:
            root += factorShift(0, root);
            break;
    }
    return root * root;
}

float RankBound::coarse(double rank) const {
    const double bound = widened(rank) * (1.0 + m_arithmetic);
    if (!(bound < static_cast<double>(std::numeric_limits<float>::max())))
        return std::numeric_limits<float>::infinity();
    return std::nextafter(static_cast<float>(bound), std::numeric_limits<float>::infinity());
}

}  // namespace smidgen::storage
