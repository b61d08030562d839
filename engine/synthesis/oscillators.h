// Sines and band-limited waveforms from phases in turns.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

#include "engine/synthesis/note.h"

namespace smidgen::synthesis {

/// sin(2π turns) within 1e-7, for |turns| < 2^31: Taylor's series on a quarter turn, the same everywhere.
[[nodiscard]] inline double sineOfTurns(double turns) {
    const double part = turns - static_cast<double>(static_cast<std::int32_t>(turns));
    const double opposite = part - std::copysign(0.5, part);
    const double folded = 0.25 - std::abs(std::abs(opposite) - 0.25);
    const double x = 2.0 * std::numbers::pi * std::copysign(folded, -opposite);
    const double y = x * x;
    return x * (1 + y * (-1.0 / 6 +
                         y * (1.0 / 120 + y * (-1.0 / 5040 + y * (1.0 / 362880 + y * (-1.0 / 39916800))))));
}

/// How the pitch of one note moves.
struct PitchMotion {
    double vibratoHz = 0;
    double vibratoCents = 0;     ///< to each side
    double vibratoDelay = 0.2;   ///< seconds until it is fully there
    double glideSemitones = 0;   ///< where the note starts from
    double glideSeconds = 0.05;  ///< time constant of the way to the note
    double driftCents = 0;       ///< standard deviation of a slow random walk
    /// Factor that the frequency never exceeds.
    [[nodiscard]] double highestFactor() const;
};

/// Phases in turns, one a sample, starting at 0.
[[nodiscard]] std::vector<double> phasesOf(double frequency, const PitchMotion& motion, std::size_t samples,
                                           std::uint64_t seed);

/// One period of a sawtooth with so many harmonics that none passes kHighestTone, read at any phase. The
/// error of reading between its points stays below −65 dB.
class Sawtooth {
 public:
    /// For fundamentals up to `highest` Hz. The tables are made once per process (thread-safe).
    explicit Sawtooth(double highest);
    /// −1…1, rising through 0 at half a turn; turns ≥ 0.
    [[nodiscard]] float at(double turns) const {
        const double part = turns - static_cast<double>(static_cast<std::int32_t>(turns));
        const double place = part * kPoints;
        const auto index = static_cast<std::int32_t>(place);
        const auto t = static_cast<float>(place - index);
        const float* p = m_points + index;
        const float slope = 0.5F * (p[2] - p[0]);
        const float nextSlope = 0.5F * (p[3] - p[1]);
        const float rise = p[2] - p[1];
        return p[1] +
               t * (slope + t * (3 * rise - 2 * slope - nextSlope + t * (slope + nextSlope - 2 * rise)));
    }
    static constexpr int kPoints = 4096;

 private:
    const float* m_points;  ///< kPoints + 3, of the process's tables; the first is the one before phase 0
};

}  // namespace smidgen::synthesis
