// Codebooks before any step: from what the network makes of a sample of the collection. Internal: includes
// LibTorch.
#pragma once

#include <span>
#include <vector>

#include "models/codebook_average.h"
#include "models/mel_vae_state.h"
#include "models/mel_vae_trainer.h"

namespace smidgen::models {

/// Finds codes for `sample` (n × bands log-mel; sounds of cropFrames frames) among what the network makes of
/// its frames that are not silent, level after level, and returns them; every code begins with a running sum
/// of centroid × count. Where `state` holds codebooks of a base, of any size, its levels stay as they are and
/// the codes begin from the most useful of the base's. Otherwise the levels' weights are set, too: z's
/// dimensions are weighed by how much the decoder moves when they do, the codeDims − 1 directions in which
/// most is left are lifted to the unit sphere, and the way back is the least-squares one. Deterministic.
[[nodiscard]] std::vector<CodebookAverage> startQuantiser(const MelVaeTraining& training, MelVaeState& state,
                                                          std::span<const float> sample);

}  // namespace smidgen::models
