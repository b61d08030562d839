// How well a model in training rebuilds whole sounds.
#pragma once

#include <span>
#include <vector>

#include "engine/foundation/result.h"
#include "models/mel_vae_trainer.h"

namespace smidgen {

/// Mean over sounds of the mean |log10 mel difference| of each (log-mel, n × bands) and what the trainer's
/// averaged weights make of it; 0 without sounds. Errors: as MelVaeTrainer::reconstruct.
[[nodiscard]] Result<double> rebuildingError(const models::MelVaeTrainer& trainer,
                                             std::span<const std::vector<float>> sounds);

}  // namespace smidgen
