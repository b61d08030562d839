// What a training works on: features, their split, and the crops to judge it by.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "engine/collections/training_data.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/jobs/model_growth.h"
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
    std::vector<std::vector<float>> heldOutSounds;   ///< new ones; empty when nothing is held out
    std::vector<std::vector<float>> trainingSounds;  ///< to see overfitting
    std::optional<double> sideLevelDb;               ///< side below mid where sounds are stereo
    // With a model that sounds are added to:
    int knownSounds = 0;                           ///< the first so many of the batch are known to it
    HashedMels kept;                               ///< instead of known sounds that are gone, to learn from
    std::vector<std::vector<float>> heldOutKnown;  ///< of known sounds, or of what was kept of them

    /// `usable`: the new sounds. Known ones are divided into learned and held back as they were before.
    [[nodiscard]] static Result<TrainingMaterial> prepare(
        const std::filesystem::path& cacheFolder, std::span<const SoundEntry> usable,
        const TrainingRequest& request, const std::optional<ModelGrowth>& growth, int cropFrames, int threads,
        const CancelToken& cancel, const std::function<void(int, int)>& progress);

    /// Log-mel of the sounding parts of what is learned from; ≤ about four minutes in all, every sound with
    /// its share.
    [[nodiscard]] Result<HashedMels> soundingParts() const;
    /// Where the sounds of this training lie, then those of `growth` that are gone. `anchors`: the hashes of
    /// the latents kept in the model, in their order.
    [[nodiscard]] std::vector<SoundReference> references(const std::optional<ModelGrowth>& growth,
                                                         std::span<const std::string> anchors) const;
    /// About how many frames a judgement rebuilds, and how much memory this takes, when there are so many
    /// frames of sound in all.
    [[nodiscard]] static double judgedFrames(double frames);
    [[nodiscard]] static std::int64_t memoryBytes(double frames);
    /// Seconds of sound to learn from.
    [[nodiscard]] double trainingSeconds() const;

 private:
    void divide(const TrainingRequest& request, const std::optional<ModelGrowth>& growth);
    Status readJudgedSounds(const std::optional<ModelGrowth>& growth);
};

}  // namespace smidgen
