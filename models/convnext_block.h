// One 1-D ConvNeXt block. Internal: includes LibTorch.
#pragma once

#include <ATen/ATen.h>

#include "models/parameters.h"

namespace smidgen::models {

/// x + scale · down(gelu(up(film(norm(depthwise(x)))))), x: B × T × W. film: B × 1 × 2W or B × T × 2W (gain
/// − 1, then shift), or undefined. GELU in its tanh form (Hendrycks & Gimpel 2016). On the CPU the parts
/// between the matrix products run as fused loops, forward and backward; elsewhere as LibTorch operations.
[[nodiscard]] at::Tensor convNextBlock(const at::Tensor& x, const BlockWeights& block,
                                       const at::Tensor& film);

/// The same from LibTorch operations alone, on any device.
[[nodiscard]] at::Tensor composedConvNextBlock(const at::Tensor& x, const BlockWeights& block,
                                               const at::Tensor& film);

}  // namespace smidgen::models
