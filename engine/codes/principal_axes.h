// Principal components of a few hundred points.
#pragma once

#include <span>
#include <vector>

namespace smidgen {

/// points: any number × dims, row-major → number × axes: coordinates along the directions in which the points
/// vary most, largest first (power iteration with deflation, Hotelling 1933), about their mean. Each axis
/// points to where its largest component is positive. Axes beyond what the points span give 0. Deterministic.
[[nodiscard]] std::vector<double> projectOnPrincipalAxes(std::span<const float> points, int dims, int axes);

}  // namespace smidgen
