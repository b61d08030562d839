// Whether two series rise together, whatever their scales.
#pragma once

#include <vector>

namespace smidgen {

/// Spearman (1904), equal values sharing the mean of their ranks, −1 … 1; 0 when either does not change, and
/// for series of different lengths or fewer than two values.
[[nodiscard]] double rankCorrelation(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace smidgen
