// A point as it is kept: single-precision numbers for searching, and beside each the 16 bits that rounding to
// single precision cut off, for the last word on distances.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace smidgen::storage {

/// Two arrays of equal size: Space::packedSize().
struct PackedView {
    std::span<const float> coarse;
    std::span<const std::int16_t> fine;
};

struct PackedPoint {
    std::vector<float> coarse;
    std::vector<std::int16_t> fine;

    operator PackedView() const { return {coarse, fine}; }
    bool operator==(const PackedPoint&) const = default;
};

/// Half the distance between floats of the size of `x`, in units of the finest step.
[[nodiscard]] inline double fineStep(float x) {
    constexpr std::uint32_t kExponent = 0x7F800000U;
    const std::uint32_t exponent = std::bit_cast<std::uint32_t>(x) & kExponent;
    return static_cast<double>(std::bit_cast<float>(exponent)) * (0x1.0p-24 / 32767.0);
}

/// The number that `coarse` and `fine` stand for: 2^-40 relative to its binade.
[[nodiscard]] inline double unpackNumber(float coarse, std::int16_t fine) {
    return static_cast<double>(coarse) + static_cast<double>(fine) * fineStep(coarse);
}

/// What `value` loses when it becomes `coarse`, the float nearest to it; 0 for values next to nothing.
[[nodiscard]] inline std::int16_t finePart(double value, float coarse) {
    const double step = fineStep(coarse);
    if (step == 0.0) return 0;
    return static_cast<std::int16_t>(std::lround((value - static_cast<double>(coarse)) / step));
}

}  // namespace smidgen::storage
