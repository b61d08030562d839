// The biorthogonal 9/7 wavelet (Cohen, Daubechies & Feauveau, 1992) by lifting (Daubechies & Sweldens, 1998),
// on a plane of floats, in place; low frequencies come to lie in the upper left corner of each level (Mallat,
// 1989).
#pragma once

#include <cstddef>
#include <span>

namespace smidgen::storage {

/// How often a rows × columns plane is split: until a side would fall below 8, at most 5 times.
[[nodiscard]] std::size_t waveletLevels(std::size_t rows, std::size_t columns);

/// `plane` holds rows × columns values, row by row. The transform is near to orthonormal: sums of squares
/// stay within a factor of about 1.3.
void waveletForward(std::span<float> plane, std::size_t rows, std::size_t columns);
void waveletInverse(std::span<float> plane, std::size_t rows, std::size_t columns);

}  // namespace smidgen::storage
