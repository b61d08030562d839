// What instruments are asked for, and what they give.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "engine/foundation/units.h"

namespace smidgen::synthesis {

/// Mono samples at kSampleRate.
using Signal = std::vector<float>;

inline constexpr double kRate = kSampleRate;
/// Nothing tonal is made above this frequency (Hz).
inline constexpr double kHighestTone = 20000;

struct Note {
    double frequency = 220;   ///< Hz; unpitched instruments ignore it
    double velocity = 1;      ///< 0…1; louder and brighter
    std::size_t samples = 0;  ///< length of what is returned
    std::size_t gate = 0;     ///< samples until the note is let go
    std::uint64_t seed = 0;   ///< of what differs from note to note
};

/// A drawn patch: returns note.samples samples, peaking near the velocity's order of magnitude.
using Instrument = std::function<Signal(const Note&)>;

[[nodiscard]] inline std::size_t samplesOf(double seconds) {
    return seconds <= 0 ? 0 : static_cast<std::size_t>(seconds * kRate + 0.5);
}
[[nodiscard]] inline double secondsOf(std::size_t samples) {
    return static_cast<double>(samples) / kRate;
}

}  // namespace smidgen::synthesis
