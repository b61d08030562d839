// The sums of the Gaussian fit.
#pragma once

#include <cstddef>

namespace smidgen::storage {

/// moments (size × stride, row i from its diagonal on) += v vᵀ for each of `count` vectors of `size` values,
/// `stride` ≥ size values apart.
void addMoments(const double* vectors, std::size_t count, std::size_t size, std::size_t stride,
                double* moments);

/// sums[0 … size) += v · factors[n] for each vector n.
void addScaled(const double* vectors, const double* factors, std::size_t count, std::size_t size,
               std::size_t stride, double* sums);

}  // namespace smidgen::storage
