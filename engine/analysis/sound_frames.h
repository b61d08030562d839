// What the descriptors share: a sound once through the 2048/512 STFT.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/analysis/harmonic_percussive.h"
#include "engine/analysis/stft.h"

namespace smidgen {

/// Bands one ERB wide (Glasberg & Moore 1990: 21.4·log10(1 + 0.00437 f)) between 40 Hz and 16 kHz.
inline constexpr std::size_t kErbBands = 38;
inline constexpr double kErbLowHz = 40, kErbHighHz = 16000;
inline constexpr double kFrameSeconds = 512.0 / kSampleRate;

/// A sound for analysis: scaled by a power of two so that its peak lies in [1, 2), with `kMargin` zeros
/// before and after; samples that are not finite are zero. Silence before and after is cut off (below 1e-4 of
/// the peak).
struct ScaledSound {
    static constexpr std::size_t kMargin = 16384;
    std::vector<float> padded;
    std::size_t length = 0;  ///< samples between the margins; 0 for silence
};
[[nodiscard]] ScaledSound scaleSound(std::span<const float> mono);

/// Frame t is centred on sample 512·t of the sound; before and after it is silence, so that a sound begins
/// with an onset. Bins below 35 Hz are left out everywhere: a constant offset is no sound.
struct SoundFrames {
    std::size_t count = 0;
    std::vector<float> bandPower;   ///< count × kErbBands
    std::vector<double> magnitude;  ///< 1025: mean over frames
    double flatness = 0;            ///< geometric over arithmetic mean of a frame's powers, mean by power
    double percussive = 0;          ///< share, 0 … 1 (harmonic_percussive.h)
    double loudest = 0;             ///< the highest power of a frame, the sum over its bins
    [[nodiscard]] std::span<const float> bands(std::size_t t) const {
        return std::span(bandPower).subspan(t * kErbBands, kErbBands);
    }
};

/// Centre of band `b`, in Hz.
[[nodiscard]] double erbCentre(std::size_t b);

/// One per thread.
class FrameAnalyzer {
 public:
    FrameAnalyzer();
    [[nodiscard]] SoundFrames analyze(const ScaledSound& sound);

 private:
    struct BandEdge {
        std::size_t bin;  ///< the edge lies in this bin's cell, which reaches half a bin to both sides
        float below;      ///< share of the cell below the edge
    };
    void sumBands(std::span<const float> power, std::span<float> out) const;

    Stft m_stft;
    HarmonicPercussive m_split;
    std::vector<BandEdge> m_edges;  ///< kErbBands + 1
};

}  // namespace smidgen
