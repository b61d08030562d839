// What a training writes into its model's file about it.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/jobs/training_material.h"
#include "engine/jobs/training_run.h"
#include "engine/jobs/training_state.h"
#include "engine/library/sound_references.h"
#include "models/mel_vae_trainer.h"

namespace smidgen {

struct ModelCard {
    double heldOut = 0;  ///< log10 mel L1; 0: nothing was held out
    bool overfitted = false;
    std::vector<models::LevelHealth> levels;
    std::vector<SoundReference> sounds;
};

/// Values of the keys of model_metadata.
[[nodiscard]] std::map<std::string, std::string> metadataOf(const ModelCard& card, const TrainingSetup& setup,
                                                            const TrainingMaterial& material,
                                                            const TrainingState& state,
                                                            const models::MelVaeTrainer& trainer);

}  // namespace smidgen
