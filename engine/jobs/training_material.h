// What a training works on: features, their split, and the crops to judge it by.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "engine/collections/training_data.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/jobs/training.h"
#include "models/mel_vae.h"
#include "models/mel_vae_trainer.h"

namespace smidgen {

[[nodiscard]] FeatureSettings featureSettingsFor(const TrainingRequest& request,
                                                 std::span<const SoundEntry> usable);

struct TrainingMaterial {
    FeatureCache::Batch batch;
    Split split;
    std::vector<float> sample;  ///< training crops for the model's start; n × cropFrames × bands
    // Log-mel of whole sounds, or of their beginnings where there are many long ones.
    std::vector<std::vector<float>> heldOutSounds;   ///< empty when nothing is held out
    std::vector<std::vector<float>> trainingSounds;  ///< to see overfitting
    std::optional<double> sideLevelDb;               ///< side below mid where sounds are stereo

    [[nodiscard]] static Result<TrainingMaterial> prepare(const std::filesystem::path& cacheFolder,
                                                          std::span<const SoundEntry> usable,
                                                          const TrainingRequest& request, int cropFrames,
                                                          int threads, const CancelToken& cancel,
                                                          const std::function<void(int, int)>& progress);

    /// Log-mel of the training sounds' sounding parts; ≤ about four minutes in all, every sound with its
    /// share.
    [[nodiscard]] Result<std::vector<std::vector<float>>> soundingParts() const;
    /// Seconds of sound to learn from.
    [[nodiscard]] double trainingSeconds() const;
};

}  // namespace smidgen
