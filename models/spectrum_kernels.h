// The loop behind the wave decoder's head, on plain 32-bit arrays. Torch-free; no allocation; one thread.
#pragma once

#include <cstdint>

namespace smidgen::models {

/// For each of `rows` × `bins`: the direction (two values) ← unit direction · e^(magnitude + skeleton), the
/// exponent held between `least` and `most`; every other bin of a row turned around, so that time begins with
/// the frame.
void placeSpectra(std::int64_t rows, std::int64_t bins, float least, float most, const float* magnitude,
                  const float* skeleton, float* directions);

}  // namespace smidgen::models
