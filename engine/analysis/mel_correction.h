// A signal whose mel is nearly right, put right.
#pragma once

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
    std::vector<float> m_binSums;
    std::vector<float> m_magnitudes;
    std::vector<float> m_result;
};

/// Frames on each side.
inline constexpr int kCorrectionReach = 4;

}  // namespace smidgen
