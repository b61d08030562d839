// Residual vector quantisation of z (Zeghidour et al. 2021) with factorised, normalised codes (Yu et al.
// 2022). Internal: includes LibTorch.
//
// Shapes: B sounds, L latent frames, D latentDims, C codeDims, K codebookSize.
#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "models/mel_vae_weights.h"

namespace smidgen::models {

struct Quantised {
    at::Tensor z;                    ///< B × L × D, the sum of the levels' vectors
    at::Tensor codes;                ///< B × L × levels, 64-bit
    std::vector<at::Tensor> inputs;  ///< per level B·L × C unit vectors, without graph
    at::Tensor commitment;           ///< scalar: mean squared distance of unit vectors and their codes
};

/// Every level replaces what the levels before left. Straight through: the gradient passes the choice of
/// codes as if it were not there. `levelsUsed`: B numbers on the host; only the first so many levels of a
/// sound go into its z (quantiser dropout); undefined: all.
[[nodiscard]] Quantised quantise(const MelVaeShape& shape, const std::vector<LevelWeights>& levels,
                                 const at::Tensor& codebooks, const at::Tensor& z,
                                 const at::Tensor& levelsUsed);

/// codes: B × L × levels. → B × L × D, of the first `used` levels.
[[nodiscard]] at::Tensor sumOfCodes(const std::vector<LevelWeights>& levels, const at::Tensor& codebooks,
                                    const at::Tensor& codes, std::int64_t used);

}  // namespace smidgen::models
