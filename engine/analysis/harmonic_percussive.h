// Harmonic and percussive parts of a spectrogram by median filtering, as it streams by.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace smidgen {

/// FitzGerald 2010: a steady partial is a ridge along time, which the median over 17 frames (181 ms at hop
/// 512) keeps; a stroke is a ridge along frequency, which the median over 17 bins (400 Hz) keeps. With both,
/// the soft mask P²/(P² + H²) is the percussive share of a bin. The share of a frame is the mean over bins
/// weighted by magnitude^¼ over frequency: by compressed level on a logarithmic axis, so that no filter moves
/// it far. One per thread.
class HarmonicPercussive {
 public:
    static constexpr std::size_t kReach = 8, kLength = 2 * kReach + 1;
    static constexpr std::size_t kBins = 1024;
    HarmonicPercussive();
    /// Before the first frame: silence.
    void start();
    /// magnitudes: at least kBins, not negative, finite. Appends the percussive share (0 … 1) of the frame
    /// kReach frames ago, once there is one.
    void push(std::span<const float> magnitudes, std::vector<float>& shares);
    /// Appends what is missing; after the last frame: silence.
    void finish(std::vector<float>& shares);

 private:
    [[nodiscard]] float* row(std::size_t frame);
    [[nodiscard]] float shareOf(std::size_t frame);

    std::vector<float> m_rows;      ///< kLength rows with kReach zeros before and after
    std::vector<float> m_evenness;  ///< 1 / bin⁴
    std::size_t m_pushed = 0;
};

}  // namespace smidgen
