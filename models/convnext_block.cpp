#include "models/convnext_block.h"

namespace smidgen::models {
namespace {

constexpr double kNormEpsilon = 1e-5;

}  // namespace

at::Tensor convNextBlock(const at::Tensor& x, const BlockWeights& block, const at::Tensor& film) {
    const std::int64_t width = x.size(2);
    at::Tensor h = at::conv1d(x.transpose(1, 2), block.depthwise.t().unsqueeze(1), block.depthwiseBias, 1,
                              kBlockKernel / 2, 1, width)
                       .transpose(1, 2);
    h = at::layer_norm(h, {width}, block.normGain, block.normBias, kNormEpsilon);
    if (film.defined()) h = h * (1 + film.narrow(2, 0, width)) + film.narrow(2, width, width);
    h = at::gelu(at::matmul(h, block.upWeight) + block.upBias, "tanh");
    return x + block.scale * (at::matmul(h, block.downWeight) + block.downBias);
}

}  // namespace smidgen::models
