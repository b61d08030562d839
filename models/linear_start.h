// What a collection says before any training: normalisation and principal components. Internal: includes
// LibTorch.
#pragma once

#include <span>

#include "models/mel_vae_weights.h"

namespace smidgen::models {

/// sample: n × bands log-mel, frames in order of time. Mean per band and one common standard deviation.
[[nodiscard]] MelNormalisation normalisationOf(const MelVaeShape& shape, std::span<const float> sample);

/// Sets linearEncode and linearDecode to the whitened principal components (Pearson 1901) of `fold` frames at
/// a time: each latent has unit variance over the sample and rebuilding keeps the most energy 'latentDims'
/// straight lines can. Deterministic: signs are fixed. The result is on the CPU's arithmetic whatever the
/// device.
void startFromPrincipalComponents(const MelVaeShape& shape, const MelNormalisation& normalisation,
                                  std::span<const float> sample, FlatWeights& weights);

}  // namespace smidgen::models
