// Principal components of a few hundred points.
#pragma once

#include <span>
#include <vector>

namespace smidgen {

struct PrincipalAxes {
    std::vector<double> mean;               ///< of the points
    std::vector<std::vector<double>> axes;  ///< unit vectors, the one of most variance first
    std::vector<double> variances;          ///< along each
    double whole = 0;                       ///< variance over all dimensions
};

/// points: any number × dims, row-major. At most `most` axes, fewer where the points span fewer (power
/// iteration with deflation, Hotelling 1933). Each axis points to where its largest component is positive.
/// Deterministic.
[[nodiscard]] PrincipalAxes principalAxes(std::span<const float> points, int dims, int most);

/// → number × axes: coordinates along the principal axes, about the mean. Axes beyond what the points span
/// give 0.
[[nodiscard]] std::vector<double> projectOnPrincipalAxes(std::span<const float> points, int dims, int axes);

}  // namespace smidgen
