// From logits to a code. Torch-free.
#pragma once

#include <span>
#include <vector>

#include "engine/foundation/random.h"
#include "models/code_prior.h"

namespace smidgen::models {

/// log-softmax in double precision.
[[nodiscard]] std::vector<double> logProbabilities(std::span<const float> logits);

/// Draws a code with probabilities softmax(logits / temperature), cut to the topK likeliest and then to the
/// fewest that together hold topP (nucleus sampling, Holtzman et al. 2020); of equals the smaller code counts
/// as likelier. `random` gives one number, always.
[[nodiscard]] int drawCode(std::span<const float> logits, const SamplingSettings& settings, Random& random);

}  // namespace smidgen::models
