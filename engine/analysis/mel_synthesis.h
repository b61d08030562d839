// Mel magnitudes → signal, by making the windows of four lengths agree.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/analysis/mel.h"
#include "engine/foundation/cancel_token.h"

namespace smidgen {

struct MelSynthesisSettings {
    int iterations = 48;
    double momentum = 0.99;
    std::uint64_t seed = 0;  ///< of the starting phase
};

/// Fast Griffin-Lim on four STFTs at once. One window (plain Griffin-Lim) may fluctuate freely in the other
/// resolutions; here every iteration replaces the moduli seen through windows of 2048, 1024, 512 and 256
/// samples by their expected values (invertMel, ShortWindowTargets) and averages the four signals, which
/// descends the weighted sum of the four inconsistencies. What a mel leaves open so takes its expected value
/// in every resolution, which is where the mean log-spectral distance to the sounds of that mel is least.
/// Towards the end the long window's moduli are scaled so that the result has the mel asked for.
///
/// mel: frames × bands (linear; negative and not-a-number count as 0) → `samples`. The result begins with
/// `head` (may be empty) and continues its phase; the last kHeadFade samples of it are a cross-fade.
/// Cancelled: returns what the iterations so far give. Deterministic, to the bit, over however many threads
/// (ThreadShare) it goes; memory about 40 KiB per frame.
inline constexpr std::size_t kHeadFade = 1024;
[[nodiscard]] std::vector<float> synthesizeFromMel(const MelBank& bank, std::span<const float> mel,
                                                   Samples samples, const MelSynthesisSettings& settings,
                                                   std::span<const float> head = {},
                                                   const CancelToken& cancel = {});

}  // namespace smidgen
