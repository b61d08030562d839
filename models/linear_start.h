// What a collection says before any training: normalisation and principal components. Internal: includes
// LibTorch.
#pragma once

#include <span>

#include "models/mel_vae_weights.h"

namespace smidgen::models {

/// sample: n × bands log-mel, frames in order of time. Mean per band and one common standard deviation.
[[nodiscard]] MelNormalisation normalisationOf(const MelVaeShape& shape, std::span<const float> sample);

/// Sets the linear roads to whitened principal components (Pearson 1901): g's to those of the sounds'
/// averages over time, z's to those of `fold` frames at a time less that average. Each number then has unit
/// variance over the sample, and rebuilding keeps the most energy so many straight lines can. A sound is
/// `soundFrames` frames of the sample. Deterministic: signs are fixed. The result is on the CPU's arithmetic
/// whatever the device.
void startFromPrincipalComponents(const MelVaeShape& shape, const MelNormalisation& normalisation,
                                  std::span<const float> sample, std::int64_t soundFrames,
                                  FlatWeights& weights);

}  // namespace smidgen::models
