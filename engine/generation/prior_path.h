// New codes from a prior, as a path through latent space.
#pragma once

#include <functional>
#include <optional>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/generation/recipe.h"
#include "models/code_prior.h"
#include "models/mel_vae.h"

namespace smidgen {

/// What a take is made of before it sounds.
struct PriorPath {
    models::MelCodes codes;
    models::Latents mid;                  ///< one g per frame
    std::optional<models::Latents> side;  ///< the same first level, finer ones drawn anew
};

/// What sliders ask of a prior.
struct PriorSteering {
    std::vector<double> shares;  ///< one a training sound, sum 1; empty: by the root of its length
    SliderPositions set;         ///< which of `wanted` conditions are told
    Attributes wanted;
};

/// Strings sections together until `frames` latent frames are full. A section is as long as a training sound
/// drawn by the root of its length, and is told that sound's conditions; its g leans toward another one's by
/// a drawn share, up to a quarter at a variation of 1. A section that follows another is the likest to it in
/// g of four drawn (eight at a variation of 0, one at 2), and the last second before it goes over to its g.
/// What recipe.prior->continueFrom names comes first, in
/// codes. Deterministic. Errors: unusableInput (the prior belongs to another model, a sound to continue that
/// cannot be read or fills the whole take), notFound, cancelled, outOfMemory.
/// `steering`: how training sounds are drawn for sections instead, and what their conditions say.
[[nodiscard]] Result<PriorPath> samplePriorPath(const models::MelVae& model, const models::CodePrior& prior,
                                                const Recipe& recipe, Frames frames, bool withSide,
                                                const CancelToken& cancel,
                                                const std::function<void(double)>& progress,
                                                const PriorSteering& steering = {});

/// By which training sounds are drawn without sliders: the roots of their lengths.
[[nodiscard]] std::vector<double> usualShares(const models::CodePrior& prior);

/// The mid channel of a sound file as codes. Errors: as readAudio, unusableInput.
[[nodiscard]] Result<models::MelCodes> codesOfFile(const models::MelVae& model,
                                                   const std::filesystem::path& file);

}  // namespace smidgen
