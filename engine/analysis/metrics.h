// Reconstruction metrics: each defined once, here.
#pragma once

#include <span>

#include "engine/analysis/mel.h"

namespace smidgen {

/// All compare two mono signals at 48 kHz over their common length (the shorter one's) in memory that does
/// not depend on it. Magnitudes are floored at 1e-5 (kMelFloor) before anything else, so silence is
/// comparable. Nothing in common (an empty signal) is 0; not-a-number in gives not-a-number out. log10 mel
/// L1: mean |log10 a − log10 b| of 128-band mel magnitudes (MelBank's default), floored at 1e-5.
[[nodiscard]] double melL1(std::span<const float> a, std::span<const float> b);
/// 20 × melL1, in dB.
[[nodiscard]] double melErrorDb(std::span<const float> a, std::span<const float> b);
/// Log-spectral distance: mean over n_fft 512/1024/2048 (hop n/4, Hann) of the mean over frames of the RMS
/// over bins of log10 magnitude differences, magnitudes floored at 1e-5.
[[nodiscard]] double logSpectralDistance(std::span<const float> a, std::span<const float> b);
/// The same at n_fft 128/256: smeared attacks show here.
[[nodiscard]] double shortWindowLsd(std::span<const float> a, std::span<const float> b);
/// Sum over seven scales of the mean L1 of log10 mels: bands 5, 10, 20, 40, 80, 160, 320 with windows 32, 64,
/// 128, 256, 512, 1024, 2048, hop window/4, floor 1e-5 (Kumar et al. 2023). Bands as MelBank makes them:
/// those too narrow to hold a bin (the lowest of 320) interpolate, and count like any other.
[[nodiscard]] double melDistance(std::span<const float> a, std::span<const float> b);
/// Mean over n_fft 512/1024/2048 (hop n/4) of spectral convergence ‖A−B‖/‖A‖ + mean |ln A − ln B| (Yamamoto
/// et al. 2020), a = reference.
[[nodiscard]] double multiResolutionStft(std::span<const float> reference, std::span<const float> other);

struct ReconstructionMetrics {
    double melL1 = 0;
    double melErrorDb = 0;
    double melDistance = 0;
    double mrStft = 0;
    double lsd = 0;
    double lsdShort = 0;
    double lufsDifference = 0;  ///< filled by the caller that knows loudness (engine/jobs/evaluation)
};
[[nodiscard]] ReconstructionMetrics compareSignals(std::span<const float> reference,
                                                   std::span<const float> other);

}  // namespace smidgen
