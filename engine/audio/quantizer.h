// From float to the integers of a file, with dither.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/foundation/random.h"

namespace smidgen {

/// Rounds to `bits` bits, after adding noise of triangular density over ±1 LSB (Lipshitz, Wannamaker &
/// Vanderkooy 1992): the error's mean and variance then no longer depend on the sound. Clips beyond full
/// scale. The noise depends on `seed` and the order of samples only.
class Quantizer {
 public:
    Quantizer(int bits, bool dither, std::uint64_t seed);
    /// Appends one integer per sample, left-justified in 32 bits.
    void quantize(std::span<const float> samples, std::vector<std::int32_t>& output);

 private:
    int m_shift;
    double m_scale;
    bool m_dither;
    Random m_random;
};

}  // namespace smidgen
