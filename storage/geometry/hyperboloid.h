// The hyperboloid model of hyperbolic space: −x0² + |x|² = −1/c, x0 > 0, in double.
//
// A point is d + 1 numbers, x0 first; a tangent vector at it is d + 1 numbers with ⟨x, v⟩ = 0 in the Lorentz
// product ⟨x, y⟩ = −x0·y0 + Σ xi·yi. `curvature` c > 0 is the magnitude of the negative curvature. Distances
// of points r from the origin keep a relative error near 1e-16·e^{√c·r}; a tangent vector written in these
// coordinates carries e^{√c·r} times its length, so exp loses that much again over long ways: its error, as a
// distance, stays below 1e-15·e^{√c(r + length)}.
// Pure functions without allocation; the output may be the last input vector. Formulae: Ratcliffe,
// "Foundations of Hyperbolic Manifolds", 2006; Nickel & Kiela 2018; Law et al. 2019 (centroid).
#pragma once

#include <span>

namespace smidgen::storage::hyperboloid {

using Vector = std::span<const double>;
using OutVector = std::span<double>;

/// x0 = √(1/c + |x|²) from the other d coordinates: puts a point that drifted back on the sheet.
void lift(OutVector point, double curvature);
/// √c times the distance from the origin.
[[nodiscard]] double scaledRadius(Vector point, double curvature);
/// cosh(√c·d) − 1, through ball coordinates; exactly 0 for identical points.
[[nodiscard]] double gap(Vector x, Vector y, double curvature);
[[nodiscard]] double distance(Vector x, Vector y, double curvature);
/// The part of `ambient` tangent at `point` (Lorentz-orthogonal projection).
void projectToTangent(Vector point, Vector ambient, double curvature, OutVector tangent);
/// ⟨v, w⟩ of two tangent vectors at `point`, by their parts across and along the radius: no cancellation.
[[nodiscard]] double tangentProduct(Vector point, Vector v, Vector w, double curvature);
/// √⟨v, v⟩, the length.
[[nodiscard]] double tangentNorm(Vector point, Vector v, double curvature);
/// `tangent` at the origin has d coordinates, the point d + 1.
void expAtOrigin(Vector tangent, double curvature, OutVector point);
/// Inverse of expAtOrigin: d coordinates.
void logAtOrigin(Vector point, double curvature, OutVector tangent);
/// Where the geodesic that leaves `point` along `tangent` is after the length of `tangent`. Written with sums
/// of positive terms (addition theorem of cosh), so that ways through the origin do not cancel.
void exp(Vector point, Vector tangent, double curvature, OutVector out);
/// The tangent vector at x whose exp is y: (a/sinh a)(y − x − z·x), a = √c·d.
void log(Vector x, Vector y, double curvature, OutVector tangent);
/// `tangent` at x carried along the geodesic to y: v + c⟨y, v⟩/(2 + z)·(x + y).
void transport(Vector x, Vector y, Vector tangent, double curvature, OutVector out);
/// The point a fraction t of the way from x (t = 0) to y (t = 1).
void geodesic(Vector x, Vector y, double t, double curvature, OutVector out);

}  // namespace smidgen::storage::hyperboloid
