// Whether a take is new: its codes and its spectrogram against what the prior was trained on.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "engine/generation/novelty.h"
#include "engine/generation/shared_runs.h"
#include "engine/generation/take_novelty.h"
#include "models/code_prior.h"
#include "models/mel_vae.h"

namespace smidgen {

/// Metadata of a prior: NoveltyScale's two figures, as text.
inline constexpr const char* kHeldOutDistanceMetadata = "held_out_distance";
inline constexpr const char* kCopyBelowMetadata = "copy_below";
/// Coarse levels whose codes make a copy.
inline constexpr int kCopyLevels = 2;

/// log-mel of a sound's codes, through the model.
[[nodiscard]] Result<LogMel> melOfSound(const models::MelVae& model, const models::CodedSound& sound);

/// Windows of all sounds, each name once: encodings of one sound from other starts are passed over.
[[nodiscard]] Result<NoveltyIndex> noveltyIndexOf(const models::MelVae& model,
                                                  std::span<const models::CodedSound> sounds);

/// Immutable; thread-safe. Takes and training sounds are compared as the model rebuilds them, so that what
/// the codes lose counts on neither side.
class TakeJudge {
 public:
    [[nodiscard]] static Result<TakeJudge> create(std::shared_ptr<const models::MelVae> model,
                                                  std::shared_ptr<const models::CodePrior> prior);
    [[nodiscard]] const models::CodePrior& prior() const { return *m_prior; }
    [[nodiscard]] Result<TakeNovelty> judge(const models::MelCodes& codes,
                                            const models::Latents& latents) const;
    [[nodiscard]] const NoveltyIndex& training() const { return m_training; }

 private:
    TakeJudge() = default;
    std::shared_ptr<const models::MelVae> m_model;
    std::shared_ptr<const models::CodePrior> m_prior;
    NoveltyIndex m_training;
    NoveltyScale m_scale;
};

}  // namespace smidgen
