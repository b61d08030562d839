// Codebooks before any step: from what the network makes of a sample of the collection. Internal: includes
// LibTorch.
#pragma once

#include <span>
#include <vector>

#include "models/codebook_average.h"
#include "models/mel_vae_state.h"
#include "models/mel_vae_trainer.h"

namespace smidgen::models {

/// Sets the levels' weights in `state` and returns their codebooks. `sample`: n × bands log-mel, frames in
/// order of time. z's dimensions are weighed by how much the decoder moves when they do; then level after
/// level the codeDims − 1 directions in which most is left are lifted to the unit sphere and clustered by
/// k-means (Lloyd 1982, seeded as Arthur & Vassilvitskii 2007), and the way back is the least-squares one.
/// Every code begins with a running sum of centroid × count. Deterministic.
[[nodiscard]] std::vector<CodebookAverage> startQuantiser(const MelVaeTraining& training, MelVaeState& state,
                                                          std::span<const float> sample);

struct Clusters {
    at::Tensor centroids;  ///< k × dims unit vectors
    at::Tensor nearest;    ///< n, 64-bit
    at::Tensor counts;     ///< k
};
/// Spherical k-means of n × dims unit vectors; a cluster left empty takes the vector worst served.
[[nodiscard]] Clusters clusterDirections(const at::Tensor& vectors, std::int64_t k, std::uint64_t seed);

}  // namespace smidgen::models
