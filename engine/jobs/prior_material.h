// Sounds as codes for the training of a prior.
#pragma once

#include <functional>
#include <vector>

#include "engine/collections/preflight.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "models/coded_sound.h"
#include "models/mel_vae.h"

namespace smidgen {

struct PriorMaterial {
    /// Every training sound as often as a latent frame has mel frames, each time begun one mel frame later:
    /// the same sound in other codes.
    std::vector<models::CodedSound> training;
    std::vector<models::CodedSound> heldOut;  ///< the ends of sounds, as parts of them
    int sounds = 0;
    double seconds = 0;
};

/// Decodes once (feature cache), holds back the last part of every sound, encodes. Errors:
/// unusableInput, io, cancelled.
[[nodiscard]] Result<PriorMaterial> preparePriorMaterial(const models::MelVae& model,
                                                         const std::filesystem::path& cacheFolder,
                                                         std::span<const SoundEntry> sounds,
                                                         double heldOutShare, std::uint64_t seed, int threads,
                                                         const CancelToken& cancel,
                                                         const std::function<void(int, int)>& progress);

}  // namespace smidgen
