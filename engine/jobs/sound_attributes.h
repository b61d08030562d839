// The attributes of a collection's sounds, and what a model's sliders mean by them.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "engine/analysis/descriptors.h"
#include "engine/collections/preflight.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/library/library.h"

namespace smidgen {

/// Of each sound's first half minute, on `threads` threads; nothing for one that cannot be read. Errors:
/// cancelled.
[[nodiscard]] Result<std::vector<std::optional<Attributes>>> attributesOf(std::span<const SoundEntry> sounds,
                                                                          int threads,
                                                                          const CancelToken& cancel);

/// Writes into a model's file what its sliders mean (engine/steering/steering_card.h), by the sounds it was
/// trained on. Errors: cancelled, io, those of loading the model.
[[nodiscard]] Status addSteeringCard(Library& library, const ModelId& model,
                                     std::span<const SoundEntry> sounds, int threads,
                                     const CancelToken& cancel);

}  // namespace smidgen
