// The prior as functions of its weights, for training and as the reference of the cached inference.
// Internal: includes LibTorch. Differentiable; safe to call from several threads.
//
// Shapes: B sequences of T frames, N = T + L − 1 steps, L levels of K codes, W width.
#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "models/code_crops.h"
#include "models/code_prior_weights.h"

namespace smidgen::models {

/// Sequences [first, first + count) of a batch, arranged in delay pattern.
struct PriorInputs {
    at::Tensor heard;       ///< B × N × L rows of the embedding: what the step before held
    at::Tensor memory;      ///< B × T × L rows of the embedding, or undefined
    at::Tensor conditions;  ///< B × T × (kDescriptors + globalDims)
    at::Tensor positions;   ///< B × T × kPositionFeatures
    at::Tensor present;     ///< B × T × kConditionParts
    at::Tensor targets;     ///< B × N × L, −1: not judged
};
[[nodiscard]] PriorInputs arrange(const CodePriorShape& shape, const CodeBatch& batch, int first, int count,
                                  const at::Device& device);

/// Multiplies rows × W activations by a fresh mask of zeros and 1 / (1 − share). Undefined: none.
struct Dropout {
    double share = 0;
    std::uint64_t seed = 0;
    std::uint64_t calls = 0;
    [[nodiscard]] at::Tensor operator()(const at::Tensor& x);
};

/// → logits, B × N × L × K.
[[nodiscard]] at::Tensor priorLogits(const CodePriorShape& shape, const PriorWeights<at::Tensor>& weights,
                                     const PriorInputs& inputs, Dropout& dropout);

/// Sum over the judged cells of −ln p(code), and how many there are.
struct PriorSurprise {
    at::Tensor sum;
    double cells = 0;
};
[[nodiscard]] PriorSurprise surpriseOf(const at::Tensor& logits, const at::Tensor& targets);

/// Points `views` into `flat`, in slot order.
void viewFlat(const CodePriorShape& shape, const at::Tensor& flat, PriorWeights<at::Tensor>& views);

}  // namespace smidgen::models
