// A walk through latent space that moves as the training sounds move.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/foundation/units.h"
#include "models/mel_vae.h"

namespace smidgen {

/// How gestures follow one another.
struct WalkRhythm {
    double pace = 1;        ///< how many times as fast they follow; each keeps its own speed
    double regularity = 0;  ///< −1: at very uneven times … 0: as they are long … 1: on a grid of half seconds
    bool operator==(const WalkRhythm&) const = default;
};

struct LatentPathSettings {
    Frames frames;  ///< latent frames wanted
    double framesPerSecond = 46.875;
    double variation = 1.0;        ///< 0: anchors as they are, strung together; 2: far from them
    std::uint64_t seed = 0;        ///< places, partners, speeds
    std::uint64_t noiseSeed = 0;   ///< of the fine wandering alone: two channels share `seed` and differ here
    std::vector<double> shares{};  ///< by which anchors are drawn, one each, sum 1; empty: all alike;
                                   ///< the walk without them, but for what must differ (drawNear)
    WalkRhythm rhythm{};
};

/// Strings gestures together. A gesture follows one anchor (a stretch of a training sound in latent space),
/// played at its own speed and bent toward a second anchor by a slowly moving share; Ornstein–Uhlenbeck noise
/// with the training latents' spread wanders on top. Neighbouring gestures cross-fade over `kGestureOverlap`
/// latent frames, so z and g are continuous. g has one row per frame. Deterministic. Needs at least one
/// anchor with a frame; `latentStd` holds latentDims (+ globalDims) values.
[[nodiscard]] models::Latents walkLatents(const std::vector<models::Latents>& anchors,
                                          std::span<const float> latentStd,
                                          const LatentPathSettings& settings);

/// Four latent frames, 85 ms: longer ones would soften the attacks gestures begin with.
inline constexpr int kGestureOverlap = 4;

}  // namespace smidgen
