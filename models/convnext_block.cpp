#include "models/convnext_block.h"

#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

#include "models/convnext_kernels.h"

namespace smidgen::models {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr double kNormEpsilon = 1e-5;
/// Rows that go through a block's products together, so that what lies between them stays in the cache.
constexpr std::int64_t kRowsAtOnce = 128;

/// Gain and shift of every group of rows, with the film folded in.
struct GainAndShift {
    at::Tensor gain, shift;  ///< groups × W
    std::int64_t rowsPerGroup = 0;
};

GainAndShift gainAndShift(const at::Tensor& x, const at::Tensor& normGain, const at::Tensor& normBias,
                          const at::Tensor& film) {
    const std::int64_t rows = x.size(0) * x.size(1);
    if (!film.defined()) return {normGain.unsqueeze(0), normBias.unsqueeze(0), rows};
    const std::int64_t width = x.size(2);
    const at::Tensor flat = film.reshape({-1, 2 * width});
    const at::Tensor gain = flat.narrow(1, 0, width) + 1;
    return {normGain * gain, at::addcmul(flat.narrow(1, width, width), normBias, gain).contiguous(),
            rows / flat.size(0)};
}

struct Activations {
    at::Tensor normal, inverse, filtered, slope, raised, hidden;
};

BlockSize sizeOf(const at::Tensor& x) {
    return {x.size(0), x.size(1), x.size(2), kBlockKernel};
}

/// x contiguous. Fills `kept` with what the way back needs when `keep`.
at::Tensor fusedForward(const at::Tensor& x, const BlockWeights& block, const GainAndShift& norm, bool keep,
                        Activations& kept) {
    const BlockSize size = sizeOf(x);
    const std::int64_t rows = size.sounds * size.frames;
    const std::int64_t inner = block.upWeight.size(1);
    kept.filtered = at::empty({rows, size.width}, x.options());
    if (keep) {
        kept.normal = at::empty_like(kept.filtered);
        kept.inverse = at::empty({rows}, x.options());
        kept.slope = at::empty({rows, inner}, x.options());
    }
    filterAndNormalise(
        size,
        {x.data_ptr<float>(), block.depthwise.data_ptr<float>(), block.depthwiseBias.data_ptr<float>(),
         norm.gain.data_ptr<float>(), norm.shift.data_ptr<float>(), norm.rowsPerGroup},
        {keep ? kept.normal.data_ptr<float>() : nullptr, keep ? kept.inverse.data_ptr<float>() : nullptr,
         kept.filtered.data_ptr<float>()});
    kept.raised = at::empty({keep ? rows : std::min(rows, kRowsAtOnce), inner}, x.options());
    kept.hidden = at::empty({kept.raised.size(0), size.width}, x.options());
    at::Tensor y = at::empty_like(x);
    for (std::int64_t row = 0; row < rows; row += kRowsAtOnce) {
        const std::int64_t count = std::min(kRowsAtOnce, rows - row);
        const std::int64_t place = keep ? row : 0;
        at::Tensor raised = kept.raised.narrow(0, place, count);
        at::Tensor hidden = kept.hidden.narrow(0, place, count);
        at::mm_out(raised, kept.filtered.narrow(0, row, count), block.upWeight);
        geluWithBias(count, inner, block.upBias.data_ptr<float>(), raised.data_ptr<float>(),
                     keep ? kept.slope.data_ptr<float>() + row * inner : nullptr);
        at::mm_out(hidden, raised, block.downWeight);
        addScaled(count, size.width, x.data_ptr<float>() + row * size.width, block.scale.data_ptr<float>(),
                  block.downBias.data_ptr<float>(), hidden.data_ptr<float>(),
                  y.data_ptr<float>() + row * size.width);
    }
    return y;
}

struct FusedBlock : torch::autograd::Function<FusedBlock> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& depthwise,
                              const at::Tensor& depthwiseBias, const at::Tensor& gain,
                              const at::Tensor& shift, const at::Tensor& upWeight, const at::Tensor& upBias,
                              const at::Tensor& downWeight, const at::Tensor& downBias,
                              const at::Tensor& scale) {
        const BlockWeights block{depthwise, depthwiseBias, {},       {},   upWeight,
                                 upBias,    downWeight,    downBias, scale};
        const GainAndShift norm{gain, shift, x.size(0) * x.size(1) / gain.size(0)};
        Activations kept;
        at::Tensor y = fusedForward(x, block, norm, true, kept);
        context->save_for_backward({x, depthwise, gain, upWeight, downWeight, scale, kept.normal,
                                    kept.inverse, kept.filtered, kept.slope, kept.raised, kept.hidden});
        return y;
    }

    static variable_list backward(AutogradContext* context, const variable_list& outputs) {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor &x = saved[0], &depthwise = saved[1], &gain = saved[2], &upWeight = saved[3],
                         &downWeight = saved[4], &scale = saved[5], &normal = saved[6], &inverse = saved[7],
                         &filtered = saved[8], &slope = saved[9], &raised = saved[10], &hidden = saved[11];
        const at::Tensor dy = outputs[0].contiguous();
        const BlockSize size = sizeOf(x);
        const std::int64_t rows = size.sounds * size.frames;
        const std::int64_t inner = upWeight.size(1);
        const auto options = x.options();

        at::Tensor dScale = at::zeros_like(scale), dDownBias = at::zeros_like(scale);
        at::Tensor dUpBias = at::zeros({inner}, options);
        at::Tensor dUpWeight = at::zeros_like(upWeight), dDownWeight = at::zeros_like(downWeight);
        at::Tensor dFiltered = at::empty({rows, size.width}, options);
        const std::int64_t atOnce = std::min(rows, kRowsAtOnce);
        const at::Tensor dHiddenRows = at::empty({atOnce, size.width}, options);
        const at::Tensor dRaisedRows = at::empty({atOnce, inner}, options);
        for (std::int64_t row = 0; row < rows; row += kRowsAtOnce) {
            const std::int64_t count = std::min(kRowsAtOnce, rows - row);
            at::Tensor dHidden = dHiddenRows.narrow(0, 0, count), dRaised = dRaisedRows.narrow(0, 0, count);
            at::Tensor dFilteredRows = dFiltered.narrow(0, row, count);
            addScaledBackward(count, size.width, dy.data_ptr<float>() + row * size.width,
                              scale.data_ptr<float>(), hidden.data_ptr<float>() + row * size.width,
                              dHidden.data_ptr<float>(), dScale.data_ptr<float>(),
                              dDownBias.data_ptr<float>());
            dDownWeight.addmm_(raised.narrow(0, row, count).t(), dHidden);
            at::mm_out(dRaised, dHidden, downWeight.t());
            geluBackward(count, inner, slope.data_ptr<float>() + row * inner, dRaised.data_ptr<float>(),
                         dUpBias.data_ptr<float>());
            dUpWeight.addmm_(filtered.narrow(0, row, count).t(), dRaised);
            at::mm_out(dFilteredRows, dRaised, upWeight.t());
        }

        at::Tensor dGain = at::zeros_like(gain), dShift = at::zeros_like(gain);
        at::Tensor dDepthwise = at::zeros_like(depthwise), dDepthwiseBias = at::zeros_like(scale);
        at::Tensor dx = dy.clone();
        filterAndNormaliseBackward(
            size,
            {x.data_ptr<float>(), depthwise.data_ptr<float>(), nullptr, gain.data_ptr<float>(), nullptr,
             rows / gain.size(0)},
            normal.data_ptr<float>(), inverse.data_ptr<float>(), dFiltered.data_ptr<float>(),
            {dGain.data_ptr<float>(), dShift.data_ptr<float>(), dDepthwise.data_ptr<float>(),
             dDepthwiseBias.data_ptr<float>(), dx.data_ptr<float>()});
        return {dx,        dDepthwise, dDepthwiseBias, dGain,     dShift,
                dUpWeight, dUpBias,    dDownWeight,    dDownBias, dScale};
    }
};

}  // namespace

at::Tensor convNextBlock(const at::Tensor& x, const BlockWeights& block, const at::Tensor& film) {
    if (!x.device().is_cpu()) return composedConvNextBlock(x, block, film);
    const at::Tensor rows = x.contiguous();
    const GainAndShift norm = gainAndShift(rows, block.normGain, block.normBias, film);
    if (at::GradMode::is_enabled())
        return FusedBlock::apply(rows, block.depthwise, block.depthwiseBias, norm.gain, norm.shift,
                                 block.upWeight, block.upBias, block.downWeight, block.downBias, block.scale);
    Activations kept;
    return fusedForward(rows, block, norm, false, kept);
}

at::Tensor composedConvNextBlock(const at::Tensor& x, const BlockWeights& block, const at::Tensor& film) {
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
