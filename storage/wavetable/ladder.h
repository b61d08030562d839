// The steps every quantising codec chooses from, coarse to fine, the same for every node and every limit. A
// codec takes the first whose error keeps to the limit. A tighter limit therefore either finds the same step
// good, or one whose error is below what the old step had: more quality never means more error.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <optional>

namespace smidgen::storage {

/// Rung r has the step 2^(−r/4).
inline constexpr int kCoarsestRung = -120;
inline constexpr int kFinestRung = 160;

[[nodiscard]] inline bool isRung(int rung) {
    return rung >= kCoarsestRung && rung <= kFinestRung;
}

[[nodiscard]] inline float stepOfRung(int rung) {
    constexpr std::array<float, 4> kQuarter{1.0F, 0.840896415F, 0.707106781F, 0.594603558F};
    const int octave = rung >= 0 ? rung / 4 : -((3 - rung) / 4);
    return std::ldexp(kQuarter[static_cast<std::size_t>(rung - 4 * octave)], -octave);
}

/// Beyond this a quantised value does not fit what is stored.
inline constexpr float kMostSteps = 1073741824.0F;

/// The first rung of which `keepsTo(step)` says that it keeps to the limit, for values of magnitude `largest`
/// at most; nothing when none does or can be stored.
template <typename KeepsTo>
[[nodiscard]] std::optional<int> coarsestRung(float largest, const KeepsTo& keepsTo) {
    if (keepsTo(stepOfRung(kCoarsestRung))) return kCoarsestRung;
    for (int rung = kCoarsestRung + 1; isRung(rung); ++rung) {
        const float step = stepOfRung(rung);
        // All of them make zeros of everything.
        if (step >= 2 * largest) continue;
        if (!(largest / step < kMostSteps)) return std::nullopt;
        if (keepsTo(step)) return rung;
    }
    return std::nullopt;
}

}  // namespace smidgen::storage
