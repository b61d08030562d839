// The unit sphere S^d in R^{d+1}, in double; the curvature scales distances only: d = angle/√c. A tangent
// vector at x has d + 1 coordinates with ⟨x, v⟩ = 0, its length in units of the angle.
// Pure functions without allocation; the output may be the last input vector.
#pragma once

#include <span>

namespace smidgen::storage::sphere {

using Vector = std::span<const double>;
using OutVector = std::span<double>;

/// Divides by the length. False, and nothing done, for a vector without direction.
[[nodiscard]] bool normalise(OutVector point);
/// |x − y|²: grows with the angle, exactly 0 for identical points.
[[nodiscard]] double chordSquare(Vector x, Vector y);
/// Angle 2·atan2(s, √(4 − s²)) of a chord s: exact to rounding at both ends.
[[nodiscard]] double angleFromChordSquare(double chordSquare);
[[nodiscard]] double angle(Vector x, Vector y);
void projectToTangent(Vector point, Vector ambient, OutVector tangent);
/// The tangent at the pole (1, 0, …) has d coordinates.
void expAtPole(Vector tangent, OutVector point);
/// Inverse of expAtPole; zero, for want of a direction, at the opposite pole.
void logAtPole(Vector point, OutVector tangent);
void exp(Vector point, Vector tangent, OutVector out);
/// Zero, for want of a direction, when y is opposite to x.
void log(Vector x, Vector y, OutVector tangent);
/// Along the shorter arc from x to y.
void transport(Vector x, Vector y, Vector tangent, OutVector out);
/// The point a fraction t of the way along the shorter arc.
void geodesic(Vector x, Vector y, double t, OutVector out);

}  // namespace smidgen::storage::sphere
