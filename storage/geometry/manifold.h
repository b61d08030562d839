// The operations of differential geometry in a space of several factors, factor by factor, in double.
//
// Points and tangent vectors are in ambient coordinates, factor after factor: hyperbolic d + 1 (hyperboloid),
// Euclidean d, spherical d + 1 (unit sphere; its tangents in units of distance, not of angle). This is
// Chart::hyperboloid. Pure functions; none but frechetMean allocates. The output may be the last input
// vector.
#pragma once

#include <span>
#include <vector>

#include "storage/geometry/space.h"

namespace smidgen::storage::manifold {

using Vector = std::span<const double>;
using OutVector = std::span<double>;

[[nodiscard]] double distance(const Space& space, Vector x, Vector y);
void projectToTangent(const Space& space, Vector point, Vector ambient, OutVector tangent);
/// Length of a tangent vector.
[[nodiscard]] double norm(const Space& space, Vector point, Vector tangent);
void exp(const Space& space, Vector point, Vector tangent, OutVector out);
void log(const Space& space, Vector x, Vector y, OutVector tangent);
void transport(const Space& space, Vector x, Vector y, Vector tangent, OutVector out);
void geodesic(const Space& space, Vector x, Vector y, double t, OutVector out);

/// The point with the least Σ w·d² (Fréchet 1948, Karcher 1977): from the centroid of the ambient space, by
/// steps of Σ w·log/L with L a bound of the second derivative, which never overshoot in hyperbolic space.
/// `points` one after the other; `weights` ≥ 0, not all 0. On spheres the points have to lie within a
/// hemisphere for the mean to be unique. Errors: invalidArgument (counts, weights), unusableInput (spherical
/// points that balance out and so have no mean).
[[nodiscard]] Result<std::vector<double>> frechetMean(const Space& space, Vector points, Vector weights);

}  // namespace smidgen::storage::manifold
