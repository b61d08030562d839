#include "models/wave_growth.h"

#include <cmath>
#include <string>

#include "engine/foundation/random.h"
#include "models/parameters.h"
#include "models/wave_network.h"

namespace smidgen::models {
namespace {

/// How unevenly the copies of a unit are read, against the root mean square of the weights.
constexpr double kUnevenness = 0.5;

/// Columns (or the only dimension) repeated: what makes units.
at::Tensor copied(const at::Tensor& weights, std::int64_t times) {
    return weights.dim() == 1 ? weights.repeat({times}) : weights.repeat({1, times});
}

/// inputs × outputs → times · inputs × outputs: rows of copies add up to the row they come from.
at::Tensor sharedOut(const at::Tensor& weights, std::int64_t times, Random& random) {
    at::Tensor parts = at::empty({times, weights.size(0), weights.size(1)}, weights.options());
    float* const values = parts.data_ptr<float>();
    for (std::int64_t i = 0; i < parts.numel(); ++i) values[i] = static_cast<float>(random.normal());
    const double size = weights.square().mean().sqrt().item<double>();
    parts = (parts - parts.mean(0, true)) * (kUnevenness * size / static_cast<double>(times));
    return (parts + weights.unsqueeze(0) / static_cast<double>(times)).reshape({-1, weights.size(1)});
}

}  // namespace

Result<at::Tensor> grown(const WaveDecoderShape& from, const at::Tensor& flat, const WaveDecoderShape& to,
                         std::uint64_t seed) {
    WaveDecoderShape same = to;
    same.width = from.width;
    same.blocks = from.blocks;
    if (!(same == from) || to.width % from.width != 0 || to.blocks < from.blocks)
        return failure(ErrorCode::invalidArgument,
                       "A decoder " + std::to_string(from.width) + " wide with " +
                           std::to_string(from.blocks) + " blocks cannot grow into one " +
                           std::to_string(to.width) + " wide with " + std::to_string(to.blocks) +
                           ": the width must be a whole multiple.");
    const std::int64_t times = to.width / from.width;
    WaveWeights small, large;
    viewFlat(parameterSlots(from, small), flat);
    const ParameterSlots slots = parameterSlots(to, large);
    const at::Tensor result = at::zeros({flatLength(slots)}, at::kFloat);
    viewFlat(slots, result);
    initialise(slots, {}, seed);
    Random random(mixSeed(seed, 0x67726f77ULL));
    large.inputWeight.copy_(copied(small.inputWeight, times));
    large.inputBias.copy_(copied(small.inputBias, times));
    for (std::size_t i = 0; i < large.blocks.size(); ++i) {
        const BlockWeights& block = large.blocks[i];
        if (i >= small.blocks.size()) {
            block.scale.zero_();
            continue;
        }
        const BlockWeights& source = small.blocks[i];
        block.depthwise.copy_(copied(source.depthwise, times));
        block.depthwiseBias.copy_(copied(source.depthwiseBias, times));
        block.normGain.copy_(copied(source.normGain, times));
        block.normBias.copy_(copied(source.normBias, times));
        block.upWeight.copy_(copied(sharedOut(source.upWeight, times, random), times));
        block.upBias.copy_(copied(source.upBias, times));
        block.downWeight.copy_(copied(sharedOut(source.downWeight, times, random), times));
        block.downBias.copy_(copied(source.downBias, times));
        block.scale.copy_(copied(source.scale, times));
    }
    large.outputGain.copy_(copied(small.outputGain, times));
    large.outputShift.copy_(copied(small.outputShift, times));
    large.magnitudeWeight.copy_(sharedOut(small.magnitudeWeight, times, random));
    large.magnitudeBias.copy_(small.magnitudeBias);
    large.phaseWeight.copy_(sharedOut(small.phaseWeight, times, random));
    large.phaseBias.copy_(small.phaseBias);
    return result;
}

}  // namespace smidgen::models
