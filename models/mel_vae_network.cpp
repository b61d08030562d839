#include "models/mel_vae_network.h"

#include <cmath>

#include "models/convnext_block.h"

namespace smidgen::models {
namespace {

constexpr double kLeastLogVariance = -12.0;
constexpr double kMostLogVariance = 4.0;

at::Tensor folded(const at::Tensor& frames, std::int64_t fold) {
    return frames.reshape({frames.size(0), frames.size(1) / fold, fold * frames.size(2)});
}

at::Tensor unfolded(const at::Tensor& frames, std::int64_t fold) {
    return frames.reshape({frames.size(0), frames.size(1) * fold, frames.size(2) / fold});
}

at::Tensor project(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
    const at::Tensor rows = x.reshape({-1, x.size(2)});
    return at::addmm(bias, rows, weight).view({x.size(0), x.size(1), weight.size(1)});
}

at::Tensor project(const at::Tensor& x, const at::Tensor& weight) {
    const at::Tensor rows = x.reshape({-1, x.size(2)});
    return at::mm(rows, weight).view({x.size(0), x.size(1), weight.size(1)});
}

}  // namespace

FrameCodes encodeFrames(const MelVaeShape& shape, const MelVaeWeights& weights, const at::Tensor& x) {
    at::Tensor h = project(x, weights.inputWeight, weights.inputBias);
    for (const BlockWeights& block : weights.encoder) h = convNextBlock(h, block, {});
    h = folded(h, shape.fold);
    const at::Tensor latent = project(h, weights.latentWeight, weights.latentBias);
    FrameCodes codes;
    codes.zMean =
        latent.narrow(2, 0, shape.latentDims) + project(folded(x, shape.fold), weights.linearEncode);
    codes.zLogVariance =
        latent.narrow(2, shape.latentDims, shape.latentDims).clamp(kLeastLogVariance, kMostLogVariance);
    const at::Tensor spectrum = x.view({x.size(0), h.size(1), shape.fold, shape.melBands}).mean(2);
    codes.poolScores =
        project(h, weights.poolWeight, weights.poolBias) + project(spectrum, weights.poolEncode);
    codes.globals = project(h, weights.globalWeight, weights.globalBias);
    const at::Tensor average = project(spectrum, weights.globalEncode);
    codes.globals = at::cat({codes.globals.narrow(2, 0, shape.globalDims) + average,
                             codes.globals.narrow(2, shape.globalDims, shape.globalDims)},
                            2);
    return codes;
}

GlobalCode poolGlobals(const MelVaeShape& shape, const at::Tensor& poolScores, const at::Tensor& globals) {
    const at::Tensor attention = at::softmax(poolScores, 1);
    const at::Tensor pooled = (attention * globals).sum(1, true);
    return {pooled.narrow(2, 0, shape.globalDims),
            pooled.narrow(2, shape.globalDims, shape.globalDims).clamp(kLeastLogVariance, kMostLogVariance)};
}

at::Tensor relativeTo(const MelVaeWeights& weights, const at::Tensor& g, const at::Tensor& zMean) {
    return zMean + project(g, weights.latentFromGlobal);
}

at::Tensor decodeFrames(const MelVaeShape& shape, const MelVaeWeights& weights, const at::Tensor& z,
                        const at::Tensor& g) {
    at::Tensor film = project(g, weights.filmWeight, weights.filmBias);
    at::Tensor average = project(g, weights.globalDecode);
    if (g.size(1) != 1) {
        film = film.repeat_interleave(shape.fold, 1);
        average = average.repeat_interleave(shape.fold, 1);
    }
    at::Tensor h = unfolded(project(z, weights.expandWeight, weights.expandBias), shape.fold);
    std::int64_t offset = 0;
    for (const BlockWeights& block : weights.decoder) {
        h = convNextBlock(h, block, film.narrow(2, offset, 2 * shape.width));
        offset += 2 * shape.width;
    }
    return average + unfolded(project(z, weights.linearDecode), shape.fold) +
           project(h, weights.outputWeight, weights.outputBias);
}

}  // namespace smidgen::models
