// What loops written to be vectorised share. Torch-free.
#pragma once

#include <cstdint>

#include "engine/foundation/vectorised.h"

namespace smidgen::models {

/// e^x to 2e-7 relative, x held to ±kFar: 2^n times a polynomial for the fraction (Cephes' coefficients).
/// kFar is where a sigmoid has long settled, and keeps every product far from slow denormal numbers.
constexpr float kFar = 40.0F;
[[gnu::always_inline]] inline float exponential(float x) {
    x = x < kFar ? x : kFar;
    x = x > -kFar ? x : -kFar;
    // Adding and taking away 1.5 · 2^23 rounds to the nearest whole number.
    constexpr float kRounder = 12582912.0F;
    const float n = (x * 1.44269504F + kRounder) - kRounder;
    const float r = (x - n * 0.693359375F) + n * 2.12194440e-4F;
    float p = 1.9875691500e-4F;
    p = p * r + 1.3981999507e-3F;
    p = p * r + 8.3334519073e-3F;
    p = p * r + 4.1665795894e-2F;
    p = p * r + 1.6666665459e-1F;
    p = p * r + 5.0000001201e-1F;
    p = p * r * r + r + 1.0F;
    const auto exponent = static_cast<std::int32_t>(n);
    return p * __builtin_bit_cast(float, (exponent + 127) << 23);
}

}  // namespace smidgen::models
