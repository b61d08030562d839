// The mel front end every model and metric shares.
#pragma once

#include <span>
#include <vector>

#include "engine/analysis/stft.h"

namespace smidgen {

/// 128 triangles of peak height 1, centres equally spaced on the HTK mel scale 2595·log10(1 + f/700)
/// (O'Shaughnessy 1987) between 0 Hz and 24 kHz, over a 2048/512 Hann STFT at 48 kHz. The same bank serves
/// the models and the metrics, so that a loss on features is the figure that is reported.
struct MelShape {
    StftShape stft;
    int bands = 128;
    double lowHz = 0.0;
    double highHz = 24000.0;
    int rate = kSampleRate;
    auto operator<=>(const MelShape&) const = default;
};

inline constexpr float kMelFloor = 1e-5F;           ///< magnitudes below are floored
inline constexpr float kLogMelFloor = -11.512925F;  ///< ln(1e-5)
inline constexpr int kMelBands = 128;

/// Sparse filter bank. Immutable, shareable between threads. Where a triangle is so narrow (many bands over a
/// short window, a frequencyScale well above 1) that the bins inside carry less than half of its area, the
/// band takes the linear interpolation of the two bins around its centre, times that area (in bins). A band
/// above half the rate is empty and gives 0.
class MelBank {
 public:
    /// `frequencyScale` warps the bank: band edges are divided by it, so that a sound played at pitch factor
    /// p has the features of the original seen through the bank with frequencyScale = p.
    explicit MelBank(const MelShape& shape = {}, double frequencyScale = 1.0);
    [[nodiscard]] const MelShape& shape() const { return m_shape; }
    /// magnitudes: frames × bins → out: frames × bands (linear mel magnitudes).
    void apply(std::span<const float> magnitudes, std::span<float> out) const;
    /// Transposed: frames × bands → frames × bins.
    void applyTransposed(std::span<const float> mel, std::span<float> out) const;
    /// Dense weights, bands × bins, for tests and inspection.
    [[nodiscard]] std::vector<float> dense() const;

    /// Sixteen sums side by side over the same inputs: their weights lie input by input from `start` on.
    struct SumGroup {
        std::size_t firstInput, inputs, start;
    };

 private:
    void groupSums();

    MelShape m_shape;
    std::vector<int> m_firstBin;           ///< of each band
    std::vector<std::size_t> m_start;      ///< of each band's weights, and their end
    std::vector<float> m_weights;          ///< each band's padded with zeros to whole vectors
    std::vector<SumGroup> m_narrowGroups;  ///< of bands, from the lowest: the rest goes triangle by triangle
    std::vector<SumGroup> m_binGroups;     ///< of bins, all of them, for applyTransposed()
    std::vector<float> m_narrowWeights, m_binWeights;
};

/// Natural-log mel magnitudes floored at kMelFloor (not-a-number counts as the floor); frames × bands,
/// row-major.
struct LogMel {
    int bands = kMelBands;
    std::vector<float> values;
    [[nodiscard]] Frames frames() const { return Frames(static_cast<std::int64_t>(values.size()) / bands); }
    [[nodiscard]] std::span<float> frame(std::int64_t t) {
        return std::span(values).subspan(static_cast<std::size_t>(t * bands),
                                         static_cast<std::size_t>(bands));
    }
    [[nodiscard]] std::span<const float> frame(std::int64_t t) const {
        return std::span(values).subspan(static_cast<std::size_t>(t * bands),
                                         static_cast<std::size_t>(bands));
    }
};

/// ln(max(mel, kMelFloor)) in place.
void toLogMel(std::span<float> mel);
/// The inverse; a value at the floor, or not-a-number, becomes 0. Values are capped at e^16, far above full
/// scale.
[[nodiscard]] std::vector<float> fromLogMel(std::span<const float> logMel);

/// Signal at 48 kHz → log-mel. Holds an Stft: one per thread.
class MelAnalyzer {
 public:
    explicit MelAnalyzer(const MelShape& shape = {});
    /// Frame t is centred on sample t × hop; memory beyond the result does not depend on the length.
    [[nodiscard]] LogMel analyze(std::span<const float> signal);
    /// One frame centred on any sample, seen through `bank` (any frequencyScale of the same shape); out:
    /// bands log-mel values. Time-stretched and pitch-shifted features are made of these.
    void analyzeFrame(std::span<const float> signal, std::int64_t centre, const MelBank& bank,
                      std::span<float> out);
    [[nodiscard]] const MelBank& bank() const { return m_bank; }

 private:
    Stft m_stft;
    MelBank m_bank;
    std::vector<float> m_scratch;
};

/// Linear mel magnitudes → STFT magnitudes by multiplicative non-negative updates (Lee & Seung 2001) from a
/// pseudo-inverse start. mel: frames × bands (linear) → frames × bins.
[[nodiscard]] std::vector<float> invertMel(const MelBank& bank, std::span<const float> mel,
                                           int iterations = 60);

}  // namespace smidgen
