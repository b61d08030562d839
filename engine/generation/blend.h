// Several models in one take.
#pragma once

#include <span>
#include <string>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "models/code_prior.h"
#include "models/mel_vae.h"

namespace smidgen {

/// Another model in a blend; the first keeps what is left of 1.
struct BlendVoice {
    const models::MelVae* model = nullptr;
    const models::CodePrior* prior = nullptr;  ///< its own; may be null
    double ratio = 0;
};

/// How well one model can say what another says.
struct BlendFit {
    /// Mean difference of log-mels, dB: the other model's anchors as it makes them, against the same through
    /// this model's encoder and decoder.
    double errorDb = 0;
    bool fits = false;   ///< close enough for a blend of latents
    std::string reason;  ///< for people, where it does not fit
};
/// Differences of more decibels are another sound. Models of one base lie at 1 to 3 dB.
inline constexpr double kFarthestExchangeDb = 4.5;

/// What a blend of latents means: latents of `from` become those latents of `into` whose sound is nearest, by
/// way of the log-mel both speak. As many frames as the mel has of `into`'s. Errors: outOfMemory.
[[nodiscard]] Result<models::Latents> exchangeLatents(const models::MelVae& from, const models::MelVae& into,
                                                      const models::Latents& latents);

/// Over `from`'s anchors, two dozen at most, evenly chosen. Takes a second or two. Errors: cancelled,
/// unusableInput (a model without anchors).
[[nodiscard]] Result<BlendFit> measureBlend(const models::MelVae& into, const models::MelVae& from,
                                            const CancelToken& cancel = {});

/// `path` moved toward `other` (any number of frames; its last goes on) by `ratio` of the way between them,
/// value by value: z, and g of `globalDims` numbers, one for all frames or one each. Afterwards path's g has
/// one row a frame.
void blendInto(models::Latents& path, const models::Latents& other, std::size_t globalDims, double ratio);

}  // namespace smidgen
