// What one pass over a sound tells about its levels and its outline.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/analysis/peaks.h"
#include "engine/foundation/units.h"

namespace smidgen {

inline constexpr std::size_t kThumbnailColumns = 128;

/// Fed interleaved blocks in order; memory does not depend on the length.
class SignalStatistics {
 public:
    /// `fullScale`: magnitudes from here on count as full scale.
    SignalStatistics(int rate, int channels, Samples expected, float fullScale = 0.9999F);
    void append(std::span<const float> interleaved);

    [[nodiscard]] Samples length() const { return Samples(m_frames); }
    [[nodiscard]] std::int64_t invalidSamples() const { return m_invalid; }  ///< not finite
    [[nodiscard]] double peakDb() const;                                     ///< dBFS, −inf for zeros
    /// Share of samples in runs of ≥ 3 in one channel at full scale.
    [[nodiscard]] double clippedShare() const;
    /// Share of 50 ms windows whose RMS over all channels is below −60 dBFS; a last part counts when it is at
    /// least half a window, or all there is.
    [[nodiscard]] double silenceShare() const;
    /// Extremes of the mean of the channels per 128th of the expected length.
    [[nodiscard]] const std::vector<PeakPair>& thumbnail() const { return m_columns; }
    /// The mean of the channels of the last block appended.
    [[nodiscard]] std::span<const float> mono() const { return m_mono; }

 private:
    void countClipping(std::span<const float> interleaved);
    void measureWindows(std::span<const float> interleaved);
    void drawColumns();

    int m_rate;
    std::size_t m_channels;
    std::int64_t m_expected;
    float m_fullScale;
    std::int64_t m_frames = 0;
    std::int64_t m_invalid = 0;
    float m_peak = 0;
    std::int64_t m_clipped = 0;
    std::vector<std::int64_t> m_runs;  ///< per channel: samples at full scale without a break
    std::int64_t m_windowFrames;
    std::int64_t m_inWindow = 0;
    double m_windowEnergy = 0;
    std::int64_t m_windows = 0;
    std::int64_t m_silentWindows = 0;
    std::vector<float> m_mono;
    std::vector<PeakPair> m_columns;
    std::size_t m_openColumn = 0;
    bool m_columnStarted = false;
};

}  // namespace smidgen
