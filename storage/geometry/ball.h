// The Poincaré ball |u| < 1/√c in double, Klein's ball as a view of it, and the ways to and from the
// hyperboloid. The ball is conformal: a tangent vector needs no more digits near the edge than at the origin.
// Pure functions without allocation; outputs may be the inputs. Formulae: Ungar, "A Gyrovector Space Approach
// to Hyperbolic Geometry", 2009; Ganea et al. 2018 (curvature).
#pragma once

#include <span>

namespace smidgen::storage::ball {

using Vector = std::span<const double>;
using OutVector = std::span<double>;

/// u = x/(1 + √c·x0): `hyperboloid` has d + 1 coordinates, x0 first.
void fromHyperboloid(Vector hyperboloid, double curvature, OutVector ball);
/// x = 2αu, x0 recomputed.
void toHyperboloid(Vector ball, double curvature, OutVector hyperboloid);
/// Klein's k = 2u/(1 + c|u|²), where geodesics are straight chords.
void toKlein(Vector ball, double curvature, OutVector klein);
/// u = k/(1 + √(1 − c|k|²)).
void fromKlein(Vector klein, double curvature, OutVector ball);

/// α = 1/(1 − c|u|²) = (1 + √c·x0)/2 = cosh²(√c·r/2).
[[nodiscard]] double alpha(Vector ball, double curvature);
/// cosh(√c·d) − 1 = 2c·|u − v|²·α_u·α_v; exactly 0 for identical points.
[[nodiscard]] double gap(Vector u, Vector v, double curvature);
[[nodiscard]] double distance(Vector u, Vector v, double curvature);

/// Möbius addition u ⊕ v: the translation that takes the origin to u, applied to v.
void add(Vector u, Vector v, double curvature, OutVector out);
/// t ⊗ u: the point t times as far from the origin in the direction of u.
void scale(double t, Vector u, double curvature, OutVector out);
/// The point a fraction t of the way from u to v, u ⊕ t ⊗ (−u ⊕ v). `out` must not be u.
void geodesic(Vector u, Vector v, double t, double curvature, OutVector out);

}  // namespace smidgen::storage::ball
