// What sliders do to a take: the draw of what it is made of, and the tools on its sound.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/audio/audio_buffer.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/generation/latent_path.h"
#include "engine/generation/mel_decoder.h"
#include "engine/generation/prior_path.h"
#include "engine/generation/recipe.h"
#include "engine/steering/steering_card.h"
#include "engine/steering/tool_amounts.h"
#include "models/code_prior.h"
#include "models/mel_vae.h"

namespace smidgen {

/// What the sliders came to. `model` less `free` is what the model did, `reached` less `model` the tools.
struct SteeringReport {
    Attributes wanted;
    Attributes free;     ///< of the same take without sliders
    Attributes model;    ///< of what the model made of them
    Attributes reached;  ///< of the take
    ToolAmounts tools;
    DescriptorRanges ranges;
    std::optional<Attributes> spread;  ///< SteeringCard's
};

/// The same on the sliders' scale, all eight.
[[nodiscard]] std::vector<SliderOutcome> outcomesOf(const SteeringReport& report,
                                                    const SliderPositions& positions);

/// A card for `model`: its anchors as it rebuilds them, through `decoder`; ranges over `sounds`, or over the
/// anchors when there are none; the spread of twelve takes of 4 s. Takes a second for each 80 s of anchors,
/// and four for the takes. Errors: cancelled, outOfMemory.
[[nodiscard]] Result<SteeringCard> measureSteeringCard(const models::MelVae& model, MelDecoder& decoder,
                                                       std::span<const Attributes> sounds,
                                                       const CancelToken& cancel = {});
/// The one in the model's file, or one measured now, which is kept while the program runs. Thread-safe.
/// Errors: as measureSteeringCard.
[[nodiscard]] Result<std::shared_ptr<const SteeringCard>> steeringCardOf(const models::MelVae& model,
                                                                         const CancelToken& cancel = {});

/// How anchors and training sounds are drawn.
struct SteeredDraw {
    std::vector<double> anchors;  ///< as LatentPathSettings::shares
    WalkRhythm rhythm;
    PriorSteering prior;
};
/// Moves what is drawn, on average, by as much as `wanted` lies from `free` where sliders are set, and by
/// nothing elsewhere. Without attributes of every training sound, a prior draws as usual.
[[nodiscard]] SteeredDraw steerDraw(const SteeringCard& card, const models::CodePrior* prior,
                                    const SliderPositions& positions, const Attributes& wanted,
                                    const Attributes& free);

/// `sound` (48 kHz) through the tools until it is as wanted where sliders are set, and as `free` elsewhere.
/// Fills in report.model, reached and tools. Errors: cancelled.
[[nodiscard]] Result<AudioBuffer> steerSound(AudioBuffer sound, const SliderPositions& positions,
                                             SteeringReport& report, const CancelToken& cancel = {});

}  // namespace smidgen
