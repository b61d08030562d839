// How well a model in training rebuilds whole sounds.
#pragma once

#include <span>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "models/mel_vae_trainer.h"

namespace smidgen {

/// Mean over sounds of the mean |log10 mel difference| of each (log-mel, n × bands) and what the trainer's
/// averaged weights make of it; 0 without sounds. Errors: as MelVaeTrainer::reconstruct.
[[nodiscard]] Result<double> rebuildingError(const models::MelVaeTrainer& trainer,
                                             std::span<const std::vector<float>> sounds);

/// The same as it is heard: between the sounds' log-mels, to which defaultDecoder() has decoded what the
/// weights make of them. Of the first sounds, until some 45 seconds are heard. Errors: as
/// MelVaeTrainer::reconstruct and MelDecoder::decode.
[[nodiscard]] Result<double> heardError(const models::MelVaeTrainer& trainer,
                                        std::span<const std::vector<float>> sounds,
                                        const CancelToken& cancel);

}  // namespace smidgen
