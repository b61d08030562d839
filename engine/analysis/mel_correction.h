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

 private:
    const MelBank* m_bank;
    Stft m_stft;
    std::vector<float> m_binShares;  ///< 1 over what all triangles weigh there; 0 where none does
    std::vector<std::complex<float>> m_spectrum;
};

/// Frames on each side.
inline constexpr int kCorrectionReach = 4;

/// A correction frame by frame spreads what it adds over a whole window, and so before attacks too. This
/// scales `after` down where `before`, over 256 samples, lies more than 17 dB below what is within ± 1024
/// samples, and `after` has risen there by 3 dB more than around. All else is left as it is. Equal lengths; a
/// sample depends on the kEnvelopeReachFrames mel frames around it alone, and positions count from the
/// beginning of the spans.
inline constexpr int kEnvelopeReachFrames = 3;
void limitToEnvelope(std::span<const float> before, std::span<float> after);

}  // namespace smidgen
