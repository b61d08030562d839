// From what a person asks for to the settings of the trainer.
#pragma once

#include <filesystem>

#include "engine/collections/training_data.h"
#include "engine/foundation/result.h"
#include "engine/jobs/model_growth.h"
#include "engine/jobs/training.h"
#include "models/mel_vae_trainer.h"

namespace smidgen {

struct TrainingPlan {
    models::MelVaeTraining training;
    std::filesystem::path base;  ///< to begin from; empty: from zero
    models::BaseCodebooks baseCodebooks = models::BaseCodebooks::findAnew;
};

/// `trainingSeconds`: of sound to learn from; decides the codebook size where the request does not. The base
/// is the request's, else the one that comes with the program, unless the request says from zero. Studio mode
/// from zero makes a larger network; bases have a size of their own. `growth`: of a request that adds to a
/// model, whose sizes are kept, and whose codes keep their meaning. Errors: invalidArgument naming the
/// option.
[[nodiscard]] Result<TrainingPlan> planTraining(const TrainingRequest& request, double trainingSeconds,
                                                const std::optional<ModelGrowth>& growth = {});

/// Gain, mixup and colour that are cheap to draw anew for every crop; the cached variants carry the rest. A
/// base is to know louder, quieter and stranger sounds than those it is made from.
[[nodiscard]] CropSettings cropSettingsFor(const TrainingRequest& request, int cropFrames);

/// "vae", "rvq".
[[nodiscard]] const char* nameOf(ModelKind kind);

}  // namespace smidgen
