// What the models of a recipe make of it, before tools, loudness and space.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "engine/audio/audio_buffer.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/generation/blend.h"
#include "engine/generation/mel_decoder.h"
#include "engine/generation/recipe.h"
#include "engine/generation/take_steering.h"
#include "models/code_prior.h"
#include "models/mel_vae.h"

namespace smidgen {

/// Metadata key of a model file: how far side lies below mid in its training sounds, dB as text.
inline constexpr const char* kSideLevelMetadata = "side_level_db";

/// Borrowed. `blend` holds recipe.blend's models in its order.
struct TakeVoices {
    const models::MelVae& model;
    const models::CodePrior* prior = nullptr;  ///< for recipes that ask for it
    std::span<const BlendVoice> blend{};
};

struct RawTake {
    AudioBuffer audio;        ///< 48 kHz, mono, or stereo where the recipe says so
    models::MelCodes codes;   ///< of a take from a prior: what the first model's part is made of, and
    models::Latents latents;  ///< the path they give; empty otherwise
};

/// Latent frames of the path a take of so many seconds is decoded from.
[[nodiscard]] Frames pathFrames(const models::MelVae& model, double seconds);

/// `latents` as sound; `logGain` (natural) is added to every value of the mel.
[[nodiscard]] Result<std::vector<float>> decodeLatents(const models::MelVae& model, MelDecoder& decoder,
                                                       const models::Latents& latents, float logGain,
                                                       Samples length, std::uint64_t seed,
                                                       const CancelToken& cancel);

/// Latent path, blended where the recipe says so, decoded. Sounds are mixed by their ratios after each was
/// brought to the same loudness. `report` 0 … 0.7. Errors: unusableInput (no anchors, no prior where one is
/// asked for), invalidArgument (blend), cancelled.
[[nodiscard]] Result<RawTake> rawTake(const TakeVoices& voices, const Recipe& recipe, const SteeredDraw& draw,
                                      MelDecoder& decoder, const CancelToken& cancel,
                                      const std::function<void(double)>& report);

/// What sliders listen to, of longer takes their middle.
inline constexpr double kHeardSeconds = 12;

/// rawTake() in mono without sliders, of a long take so much of its middle as sliders listen to: what follows
/// from `recipe.seconds`, no more, is decoded. (Where sounds are mixed, the whole.)
[[nodiscard]] Result<AudioBuffer> heardFree(const TakeVoices& voices, const Recipe& recipe,
                                            MelDecoder& decoder, const CancelToken& cancel);

/// What latents sound like. Errors: the model's, the decoder's.
[[nodiscard]] Result<Attributes> attributesOf(const models::MelVae& model, MelDecoder& decoder,
                                              SoundDescriber& describer, const models::Latents& latents,
                                              const CancelToken& cancel);

}  // namespace smidgen
