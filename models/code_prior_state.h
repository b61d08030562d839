// How a prior's training starts and what it accepts. Internal: includes LibTorch.
#pragma once

#include <ATen/ATen.h>

#include <span>
#include <string>
#include <vector>

#include "models/code_prior_weights.h"
#include "models/mel_vae_state.h"

namespace smidgen::models {

/// A flat buffer on the host: small random networks; embeddings from the codebooks, seen through one random
/// projection, so that near codes start near each other.
[[nodiscard]] at::Tensor startingWeights(const CodePriorShape& shape, std::uint64_t seed,
                                         std::span<const std::vector<float>> codebooks);

/// Errors: invalidArgument (none, a sound without a frame, a code outside its codebook, other levels or
/// dimensions than `shape` has).
[[nodiscard]] Status checkSounds(const CodePriorShape& shape, std::span<const CodedSound> sounds);
[[nodiscard]] Status checkCodebooks(const CodePriorShape& shape,
                                    std::span<const std::vector<float>> codebooks);

/// Changes with every code and condition.
[[nodiscard]] std::string fingerprintOf(std::span<const CodedSound> sounds);

}  // namespace smidgen::models
