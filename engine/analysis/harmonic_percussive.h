// Harmonic and percussive parts of a spectrogram by median filtering, as it streams by.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace smidgen {

/// How far a part of the spectrum counts that lies `decibels` (not above 0) below the strongest: 1 down to
/// −60 dB, then less, from −80 dB on 0. Low enough that what a filter lowers still counts; what nobody hears,
/// the noise of rounding, does not.
[[nodiscard]] double countsAtLevel(double decibels);

/// FitzGerald 2010: a steady partial is a ridge along time, which the median over 17 frames (181 ms at hop
/// 512) keeps; a stroke is a ridge along frequency, which the median over 17 bins (400 Hz) keeps. With both,
/// the soft mask P²/(P² + H²) is the percussive share of a bin. Each bin has its own share of the whole
/// sound, the mean over frames weighted by √magnitude, a compressed level: what a filter does to a bin
/// cancels out. The sound's share is the mean over bins on a logarithmic axis, each as far as
/// countsAtLevel() says. One per thread.
class HarmonicPercussive {
 public:
    static constexpr std::size_t kReach = 8, kLength = 2 * kReach + 1;
    static constexpr std::size_t kBins = 1024;
    HarmonicPercussive();
    /// Before the first frame: silence.
    void start();
    /// magnitudes: at least kBins, not negative, finite.
    void push(std::span<const float> magnitudes);
    /// The percussive share of all frames since start(), 0 … 1; of silence 0. After the last frame: silence.
    [[nodiscard]] double finish();

 private:
    [[nodiscard]] float* row(std::size_t frame);
    void add(std::size_t frame);

    std::vector<float> m_rows;               ///< kLength rows with kReach zeros before and after
    std::vector<float> m_all, m_percussive;  ///< kBins: sums over frames
    std::size_t m_pushed = 0;
};

}  // namespace smidgen
