// The numbers of a network: one flat buffer, seen as named tensors. Internal: includes LibTorch.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <string>
#include <vector>

#include "models/convnext_kernels.h"

namespace smidgen::models {

/// A 1-D ConvNeXt block (Liu et al. 2022) of width W on channels-last frames. Linear weights are stored
/// inputs × outputs, depthwise filters kBlockKernel × W.
struct BlockWeights {
    at::Tensor depthwise, depthwiseBias;
    at::Tensor normGain, normBias;
    at::Tensor upWeight, upBias;
    at::Tensor downWeight, downBias;
    at::Tensor scale;
};

/// Name, slot, shape and whether weight decay applies, of one tensor.
struct ParameterSlot {
    std::string name;
    at::Tensor* tensor = nullptr;
    std::vector<std::int64_t> shape;
    bool decays = false;
};
using ParameterSlots = std::vector<ParameterSlot>;

void addBlock(ParameterSlots& slots, const std::string& name, BlockWeights& block, std::int64_t width);

/// Those that decay first: the order of the flat buffer.
void decayingFirst(ParameterSlots& slots);

/// Length of the flat buffer, and of its leading part that weight decay applies to.
[[nodiscard]] std::int64_t flatLength(const ParameterSlots& slots);
[[nodiscard]] std::int64_t decayedLength(const ParameterSlots& slots);

/// Points the slots' tensors into `flat`, in order.
void viewFlat(const ParameterSlots& slots, const at::Tensor& flat);

/// The same as leaves of an autograd graph that share memory with `flat`.
[[nodiscard]] std::vector<at::Tensor> gradientLeaves(const ParameterSlots& slots, const at::Tensor& flat);

/// Matrices uniform within ± 1/√inputs except those named in `zeros`, norm gains 1, block scales 0.1; the
/// rest is left as it is. Each slot draws from a stream of its own.
void initialise(const ParameterSlots& slots, const std::vector<std::string>& zeros, std::uint64_t seed);

}  // namespace smidgen::models
