// Recipe → sound.
#pragma once

#include <functional>
#include <optional>

#include "engine/audio/audio_buffer.h"
#include "engine/audio/loudness.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/generation/mel_decoder.h"
#include "engine/generation/recipe.h"
#include "engine/generation/take_steering.h"
#include "models/code_prior.h"
#include "models/mel_vae.h"

namespace smidgen {

/// Metadata key of a model file: how far side lies below mid in its training sounds, dB as text.
inline constexpr const char* kSideLevelMetadata = "side_level_db";

struct RenderedTake {
    AudioBuffer audio;                       ///< 48 kHz, 1 or 2 channels
    Loudness loudness;                       ///< measured on `audio`
    models::MelCodes codes;                  ///< of a take from a prior: what it is made of, and
    models::Latents latents;                 ///< the path they give; empty otherwise
    std::optional<SteeringReport> steering;  ///< of a take whose recipe sets sliders
};

/// What a take measures when no slider is set.
struct FreeTake {
    Attributes attributes;
    double lufs = -16;  ///< after its gain, which the true-peak ceiling may have held down
};

/// Latent frames of the path a take of so many seconds is decoded from.
[[nodiscard]] Frames pathFrames(const models::MelVae& model, double seconds);

/// Latent path → decode → sliders → loudness. `progress` 0…1. Deterministic. Errors: invalidArgument
/// (recipe), cancelled, outOfMemory, unusableInput (a model without anchors, a recipe for a prior where there
/// is none). `prior`: the model's, for recipes that ask for it; may be null. `free`: what the take measures
/// without sliders, when that is known already; see freeAttributes().
[[nodiscard]] Result<RenderedTake> renderTake(const models::MelVae& model, const Recipe& recipe,
                                              const CancelToken& cancel = {},
                                              const std::function<void(double)>& progress = {},
                                              const models::CodePrior* prior = nullptr,
                                              const std::optional<FreeTake>& free = {});

/// The mid of a recipe's take when no slider is set. Errors: as renderTake.
[[nodiscard]] Result<FreeTake> freeTake(const models::MelVae& model, const Recipe& recipe,
                                        const models::CodePrior* prior = nullptr,
                                        const CancelToken& cancel = {});

/// Sound → latents → sound, each channel as mid/side. Errors: as above; the result has the input's length and
/// channels.
[[nodiscard]] Result<AudioBuffer> reconstruct(const models::MelVae& model, MelDecoder& decoder,
                                              const AudioBuffer& input, const CancelToken& cancel = {});

/// Sound → log-mel → sound, each channel as mid/side: the decoder alone. As above.
[[nodiscard]] Result<AudioBuffer> vocode(MelDecoder& decoder, const AudioBuffer& input,
                                         const CancelToken& cancel = {});

}  // namespace smidgen
