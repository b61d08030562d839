// A model's own directions: along which the sounds it has learned from differ most.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/analysis/descriptors.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/generation/mel_decoder.h"
#include "engine/steering/steering_card.h"
#include "models/mel_vae.h"

namespace smidgen {

inline constexpr std::size_t kMostDirections = 6;
inline constexpr double kFarthestAlong = 3.0;  ///< standard deviations of the model's sounds

struct LatentDirection {
    std::vector<float> z;  ///< latentDims: one standard deviation along it; of models with codes: zeros
    std::vector<float> g;  ///< globalDims
    double share = 0;      ///< of what the model's sounds differ by in all, 0 … 1
};

/// The directions in which the colours of the model's sounds differ most: principal components of the average
/// spectra of its anchors as it rebuilds them, each brought back to latents as the mean step that goes with a
/// deviation along it (covariance; of models with codes in g alone: codes stay codes). PCA of the latents
/// themselves was tried: its widest direction was loudness, and most others could not be heard. At most
/// kMostDirections, the widest first; none of a model with less than two anchors. Some tenths of a second,
/// the second time nothing. Deterministic. Thread-safe. Errors: the model's.
[[nodiscard]] Result<std::shared_ptr<const std::vector<LatentDirection>>> latentDirections(
    const models::MelVae& model);

/// Moves a path `amounts[d]` standard deviations along direction d. Amounts beyond the directions do nothing.
void moveAlong(const std::vector<LatentDirection>& directions, std::span<const double> amounts,
               models::Latents& path);

inline constexpr std::size_t kRegions = 5;

/// What a direction does to the sound.
struct DirectionMeaning {
    std::string high;  ///< what its far end sounds like: "bright, dry"; no two directions have the same
    std::string low;   ///< and its near one: "dark, reverberant"
    double share = 0;
    std::array<double, kAttributeCount>
        moves{};  ///< of each attribute per standard deviation, in σ of the sounds
    std::array<double, kRegions>
        regions{};  ///< dB of bass, low mids, mids, presence and air, about their mean
};

/// Hears some of the model's anchors moved to both sides. About a second. Errors: cancelled, the decoder's.
[[nodiscard]] Result<std::vector<DirectionMeaning>> measureDirections(const models::MelVae& model,
                                                                      MelDecoder& decoder,
                                                                      const DescriptorRanges& ranges,
                                                                      const CancelToken& cancel = {});

}  // namespace smidgen
