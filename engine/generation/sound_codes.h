// A sound as codes that can be written down, changed and turned back into sound.
#pragma once

#include <string>
#include <vector>

#include "engine/audio/audio_buffer.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/generation/mel_decoder.h"
#include "models/mel_vae.h"

namespace smidgen {

struct SoundCodes {
    std::string modelId;
    int codebookSize = 0;
    Samples length;                       ///< at 48 kHz
    std::vector<models::MelCodes> parts;  ///< mid, and side of stereo sounds
    bool operator==(const SoundCodes&) const = default;
};

/// One code a row of numbers, one row a latent frame: made to be read and edited.
[[nodiscard]] std::string toJson(const SoundCodes& codes);
/// Errors: unusableInput (not JSON, not codes, a newer version, sizes that contradict each other).
[[nodiscard]] Result<SoundCodes> soundCodesFromJson(const std::string& text);

/// Errors: invalidArgument (a model without codes, an empty sound), unusableInput, outOfMemory.
[[nodiscard]] Result<SoundCodes> encodeToCodes(const models::MelVae& model, const std::string& modelId,
                                               const AudioBuffer& sound);
/// At 48 kHz. `levels` > 0: only the first so many. Errors: unusableInput (codes of another model's sizes),
/// cancelled, outOfMemory.
[[nodiscard]] Result<AudioBuffer> decodeFromCodes(const models::MelVae& model, const SoundCodes& codes,
                                                  int levels, MelDecoder& decoder,
                                                  const CancelToken& cancel = {});

}  // namespace smidgen
