// AdamW (Loshchilov & Hutter 2019) and the moving average of its weights, on flat buffers. Internal: includes
// LibTorch.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>

namespace smidgen::models {

struct AdamWStep {
    double learningRate = 0;
    double weightDecay = 0;
    double gradientScale = 1;  ///< applied to the gradient first (clipping)
    double averageDecay = 0;   ///< of the moving average
};

/// Moments of every weight, and the count of updates made. Owned by one trainer.
struct AdamW {
    at::Tensor first, second;
    std::int64_t updates = 0;

    /// Updates `weights` (the leading `decayed` ones with weight decay) and then `average`. All are flat
    /// 32-bit buffers of equal length. Asks for no memory beyond a few hundred kilobytes.
    void update(const at::Tensor& weights, const at::Tensor& gradient, const at::Tensor& average,
                std::int64_t decayed, const AdamWStep& step);
};

}  // namespace smidgen::models
