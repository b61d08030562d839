// The strongest partials of a sound, in long frames.
#pragma once

#include <vector>

#include "engine/analysis/sound_frames.h"

namespace smidgen {

struct Partial {
    float hz = 0;
    float weight = 0;  ///< √amplitude
};

/// Frames of 16384 samples (341 ms), half a frame apart: partials 8 Hz apart are told from each other.
struct PartialFrame {
    std::vector<Partial> partials;  ///< at most kMostPartials, strongest first
    double weight = 0;              ///< √amplitude of the whole frame
};
inline constexpr std::size_t kMostPartials = 24;

/// Local maxima of the magnitudes between 50 Hz and 5 kHz, no more than 50 dB below the frame's highest, each
/// at the vertex of the parabola through three logarithms (Smith & Serra 1987). Holds FFT plans and scratch:
/// one per thread.
class PartialFinder {
 public:
    PartialFinder();
    [[nodiscard]] std::vector<PartialFrame> find(const ScaledSound& sound);

 private:
    Stft m_stft;
    std::vector<float> m_magnitudes;
    std::vector<std::size_t> m_peaks;
};

}  // namespace smidgen
