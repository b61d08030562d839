// The mel autoencoder as functions of its weights. Internal: includes LibTorch.
//
// Shapes: B sounds, T mel frames (a multiple of fold), L = T / fold latent frames, W width, channels last.
// Differentiable; safe to call from several threads.
#pragma once

#include <ATen/ATen.h>

#include "models/mel_vae_weights.h"

namespace smidgen::models {

/// What the encoder says about each latent frame.
struct FrameCodes {
    at::Tensor zMean, zLogVariance;  ///< B × L × z; zMean before relativeTo()
    at::Tensor poolScores;           ///< B × L × 1
    at::Tensor globals;  ///< B × L × 2g: what each frame votes for as mean and log-variance of g
};

/// x: B × T × bands, normalised.
[[nodiscard]] FrameCodes encodeFrames(const MelVaeShape& shape, const MelVaeWeights& weights,
                                      const at::Tensor& x);

struct GlobalCode {
    at::Tensor mean, logVariance;  ///< B × 1 × g
};
/// Attention pooling (one head) over all latent frames of each sound.
[[nodiscard]] GlobalCode poolGlobals(const MelVaeShape& shape, const at::Tensor& poolScores,
                                     const at::Tensor& globals);

/// z's mean, once it is known what of the sound g already says. g: B × 1 × g.
[[nodiscard]] at::Tensor relativeTo(const MelVaeWeights& weights, const at::Tensor& g,
                                    const at::Tensor& zMean);

/// z: B × L × z; g: B × 1 × g or B × L × g. → B × T × bands, normalised.
[[nodiscard]] at::Tensor decodeFrames(const MelVaeShape& shape, const MelVaeWeights& weights,
                                      const at::Tensor& z, const at::Tensor& g);

}  // namespace smidgen::models
