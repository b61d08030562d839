// Hyperbolic points made in long double with distances known by construction: the independent side of the
// accuracy tests. Curvature −1; other curvatures are this one scaled.
#pragma once

#include <cmath>
#include <cstdlib>
#include <vector>

#include "engine/foundation/random.h"

namespace smidgen::storage::testing {

using LongVector = std::vector<long double>;

/// How many random cases a property is tried on: SMIDGEN_GEOMETRY_CASES, or a number that takes a moment.
inline int randomCases() {
    const char* asked = std::getenv("SMIDGEN_GEOMETRY_CASES");
    return asked != nullptr ? std::atoi(asked) : 20000;
}

inline LongVector direction(Random& random, int dimension) {
    LongVector v(static_cast<std::size_t>(dimension));
    long double square = 0.0L;
    for (auto& each : v) {
        each = random.normal();
        square += each * each;
    }
    for (auto& each : v) each /= std::sqrt(square);
    return v;
}

/// d + 1 coordinates of the point at `radius` in a random direction.
inline LongVector pointAt(Random& random, int dimension, long double radius) {
    const LongVector n = direction(random, dimension);
    LongVector x{std::cosh(radius)};
    for (const long double each : n) x.push_back(std::sinh(radius) * each);
    return x;
}

/// The point `distance` away from x along the direction w of the tangent space at the origin, carried to x.
inline LongVector pointFrom(const LongVector& x, const LongVector& w, long double distance) {
    long double product = 0.0L;
    for (std::size_t i = 0; i < w.size(); ++i) product += x[i + 1] * w[i];
    const long double carried = product / (1.0L + x[0]);
    LongVector y(x.size());
    for (std::size_t i = 0; i < w.size(); ++i)
        y[i + 1] = std::cosh(distance) * x[i + 1] + std::sinh(distance) * (w[i] + carried * x[i + 1]);
    long double square = 1.0L;
    for (std::size_t i = 1; i < y.size(); ++i) square += y[i] * y[i];
    y[0] = std::sqrt(square);
    return y;
}

inline long double radiusOf(const LongVector& x) {
    return std::acosh(x[0]);
}

/// As doubles, divided by √c: the same point in curvature −c.
inline std::vector<double> inCurvature(const LongVector& x, double curvature) {
    std::vector<double> scaled;
    for (const long double each : x)
        scaled.push_back(static_cast<double>(each / std::sqrt(static_cast<long double>(curvature))));
    return scaled;
}

}  // namespace smidgen::storage::testing
