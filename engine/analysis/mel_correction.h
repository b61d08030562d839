// A signal whose mel is nearly right, put right.
#pragma once

#include <complex>
#include <span>
#include <vector>

#include "engine/analysis/mel.h"

namespace smidgen {

/// Each round takes the signal's own STFT, scales its magnitudes towards the mel wanted by `updates`
/// multiplicative non-negative updates (Lee & Seung 2001; at most 12 dB each), keeps the phase and goes back.
/// What a sample becomes depends on the kCorrectionReach × rounds frames around it alone. One object per
/// thread.
class MelCorrection {
 public:
    explicit MelCorrection(const MelBank& bank);
    /// mel: frames × bands (linear); frames of the signal beyond the last keep their magnitudes. In place.
    void apply(std::span<const float> mel, int rounds, int updates, std::vector<float>& signal);
    /// The same, each round with an EnvelopeLimit to the signal as it came: what decoders do. A sample then
    /// depends on the correctionReach(rounds) frames around it alone.
    void applyLimited(std::span<const float> mel, int rounds, int updates, std::vector<float>& signal);

 private:
    const MelBank* m_bank;
    Stft m_stft;
    std::vector<float> m_binShares;  ///< 1 over what all triangles weigh there; 0 where none does
    std::vector<float> m_binRest;    ///< 1 where no triangle weighs, else 0
    std::vector<float> m_changed;
};

/// Frames on each side.
inline constexpr int kCorrectionReach = 4;

/// A correction frame by frame spreads what it adds over a whole window, and so before attacks too. This
/// scales a signal down where it was, before the correction and over 256 samples, more than 15 dB below what
/// is within ± 1024 samples, and has risen there by 1 dB more than around. All else is left as it is. A
/// sample depends on the kEnvelopeReachFrames mel frames around it alone, and positions count from the
/// beginning.
inline constexpr int kEnvelopeReachFrames = 3;
class EnvelopeLimit {
 public:
    /// `before`: the signal as it was.
    explicit EnvelopeLimit(std::span<const float> before);
    /// In place; as long as `before`.
    void apply(std::span<float> after) const;

 private:
    std::vector<double> m_own;  ///< sums of squares per hop
};

[[nodiscard]] constexpr int correctionReach(int rounds) {
    return rounds * (kCorrectionReach + kEnvelopeReachFrames);
}

}  // namespace smidgen
