// Adding sounds to a trained model without it forgetting those it knows (rehearsal, Robins 1995; where sounds
// are gone, of what the model itself kept of them).
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "engine/jobs/remembered_sounds.h"
#include "engine/jobs/training.h"
#include "engine/library/library.h"
#include "models/mel_vae.h"

namespace smidgen {

/// Log-mel of sounds, each with the hash of the file it is of (empty: not known).
struct HashedMels {
    std::vector<std::vector<float>> mels;
    std::vector<std::string> hashes;
    void add(std::vector<float> mel, std::string hash);
};

/// A model as it is before sounds are added to it.
struct ModelGrowth {
    std::shared_ptr<const models::MelVae> model;
    std::filesystem::path file;
    ModelId id;
    std::string name;
    RememberedSounds known;

    /// What the model kept of the sounds that are gone, as it makes them: ≤ about four minutes. Of a model
    /// that does not remember its sounds, everything it kept.
    [[nodiscard]] Result<HashedMels> keptSounds() const;
    /// Plain words when sounds are gone; else empty.
    [[nodiscard]] std::string remark() const;
};

/// Looks for the sounds the model remembers. Errors: cancelled.
[[nodiscard]] Result<ModelGrowth> growthOf(const Library& library, const ModelRecord& record,
                                           std::shared_ptr<const models::MelVae> model,
                                           const CancelToken& cancel = {},
                                           const std::function<void(const ScanProgress&)>& progress = {});

/// Marks as duplicates those of `sounds` that the model knows already. Errors: unusableInput when it knows
/// all that could be used.
[[nodiscard]] Status leaveOutKnown(const ModelGrowth& growth, std::vector<SoundEntry>& sounds);

/// No worse than before, neither on new sounds nor on known ones, and together better than `best`.
[[nodiscard]] bool isProgress(const GrowthFigures& now, const GrowthFigures& best,
                              const GrowthFigures& before);

/// How it went, for the person. `name` of the model.
[[nodiscard]] std::string growthSentence(const GrowthReport& report, const std::string& name);

}  // namespace smidgen
