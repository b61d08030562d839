// The gap z = cosh(√c·d) − 1 stands for the hyperbolic distance d: it grows with it, and it keeps its digits
// where cosh itself would lose them against 1.
#pragma once

#include <cmath>

namespace smidgen::storage {

/// d = log1p(z + √(z(z + 2)))/√c. `gap` ≥ 0 gives exactly 0 at 0; `curvature` c > 0 is the magnitude of the
/// negative sectional curvature.
[[nodiscard]] inline double distanceFromGap(double gap, double curvature) {
    if (!(gap > 0.0)) return 0.0;
    return std::log1p(gap + std::sqrt(gap * (gap + 2.0))) / std::sqrt(curvature);
}

/// z = 2·sinh²(√c·d/2).
[[nodiscard]] inline double gapFromDistance(double distance, double curvature) {
    const double half = std::sinh(0.5 * std::sqrt(curvature) * distance);
    return 2.0 * half * half;
}

/// sinh(a)/a, 1 at 0.
[[nodiscard]] inline double sinhOverArgument(double a) {
    if (std::abs(a) < 1e-4) return 1.0 + a * a / 6.0;
    return std::sinh(a) / a;
}

/// a/sinh(a), where a = arcosh(1 + z), from the gap z; 1 at 0.
[[nodiscard]] inline double argumentOverSinh(double gap) {
    if (gap < 1e-8) return 1.0 - gap / 3.0;
    return distanceFromGap(gap, 1.0) / std::sqrt(gap * (gap + 2.0));
}

/// sin(a)/a, 1 at 0.
[[nodiscard]] inline double sineOverArgument(double a) {
    if (std::abs(a) < 1e-4) return 1.0 - a * a / 6.0;
    return std::sin(a) / a;
}

}  // namespace smidgen::storage
