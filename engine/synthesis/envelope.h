// Loudness over time.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>

#include "engine/synthesis/note.h"

namespace smidgen::synthesis {

/// Attack, decay, sustain, release; all parts exponential. Values 0…1.
struct Envelope {
    double attack = 0.005;  ///< seconds to the peak
    double decay = 0.3;     ///< seconds from the peak to a tenth of the way to sustain
    double sustain = 0.7;   ///< 0…1
    double release = 0.1;   ///< seconds from the note's end to a tenth
    /// Values at `samples` samples, let go at `gate`.
    [[nodiscard]] Signal render(std::size_t samples, std::size_t gate) const;
};

/// Factor a sample for a decay by 60 dB in `seconds`.
[[nodiscard]] inline double decayFactor(double seconds) {
    return std::exp(-6.907755278982137 / (std::max(seconds, 1e-4) * kRate));
}
void multiply(std::span<float> signal, std::span<const float> by);
void scale(std::span<float> signal, double factor);
/// Linear ramps of `seconds` at the end.
void fadeOut(std::span<float> signal, double seconds);
/// Adds what fits of `sound` × gain from `start` on; what ends before `sum` does fades out over 4 ms.
void addAt(std::span<float> sum, std::span<const float> sound, std::size_t start, double gain);
[[nodiscard]] float peakOf(std::span<const float> signal);
/// Scales to a peak; silence stays silent.
void normalize(std::span<float> signal, double peak = 1);

}  // namespace smidgen::synthesis
