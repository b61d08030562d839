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
#include "engine/generation/take_sound.h"
#include "engine/generation/take_steering.h"
#include "models/code_prior.h"
#include "models/mel_vae.h"

namespace smidgen {

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

/// Models → sliders → loudness → space. `progress` 0…1. Deterministic. Errors: invalidArgument (recipe),
/// cancelled, outOfMemory, unusableInput (a model without anchors, a recipe for a prior where there is none).
/// `free`: what the take measures without sliders, when that is known already; see freeTake().
[[nodiscard]] Result<RenderedTake> renderTake(const TakeVoices& voices, const Recipe& recipe,
                                              const CancelToken& cancel = {},
                                              const std::function<void(double)>& progress = {},
                                              const std::optional<FreeTake>& free = {});

/// The mid of a recipe's take when no slider is set. Errors: as renderTake.
[[nodiscard]] Result<FreeTake> freeTake(const TakeVoices& voices, const Recipe& recipe,
                                        const CancelToken& cancel = {});

/// Sound → latents → sound, each channel as mid/side. Errors: as above; the result has the input's length and
/// channels.
[[nodiscard]] Result<AudioBuffer> reconstruct(const models::MelVae& model, MelDecoder& decoder,
                                              const AudioBuffer& input, const CancelToken& cancel = {});

/// Sound → log-mel → sound, each channel as mid/side: the decoder alone. As above.
[[nodiscard]] Result<AudioBuffer> vocode(MelDecoder& decoder, const AudioBuffer& input,
                                         const CancelToken& cancel = {});

}  // namespace smidgen
