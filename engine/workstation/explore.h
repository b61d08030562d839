// A model's own directions, for people.
#pragma once

#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/generation/latent_directions.h"
#include "engine/workstation/snapshots.h"

namespace smidgen {

class Workstation;

/// What moves along the directions of a model do (Recipe::explore), the widest first. Blocking; a second or
/// two. Errors: notFound, unusableInput (model), cancelled.
[[nodiscard]] Result<std::vector<DirectionMeaning>> directionsOf(Workstation& workstation,
                                                                 const ModelId& model,
                                                                 const CancelToken& cancel = {});

}  // namespace smidgen
