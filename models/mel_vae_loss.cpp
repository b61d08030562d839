#include "models/mel_vae_loss.h"

namespace smidgen::models {
namespace {

/// Drawn on the host, so that every device sees the same numbers.
at::Tensor normals(const at::Tensor& like, Random& random) {
    at::Tensor values = at::empty(like.sizes(), at::kFloat);
    float* out = values.data_ptr<float>();
    for (std::int64_t i = 0; i < values.numel(); ++i) out[i] = static_cast<float>(random.normal());
    return values.to(like.device());
}

at::Tensor sampled(const at::Tensor& mean, const at::Tensor& logVariance, Random& random) {
    return mean + (0.5 * logVariance).exp() * normals(mean, random);
}

/// Mean over sounds and frames, per dimension.
at::Tensor divergencePerDimension(const at::Tensor& mean, const at::Tensor& logVariance) {
    return (0.5 * (mean.square() + logVariance.exp() - 1 - logVariance)).mean(at::IntArrayRef({0, 1}));
}

at::Tensor meanSlope(const at::Tensor& error, std::int64_t dimension) {
    const std::int64_t length = error.size(dimension) - 1;
    return (error.narrow(dimension, 1, length) - error.narrow(dimension, 0, length)).abs().mean();
}

}  // namespace

Loss lossOf(const MelVaeShape& shape, const MelVaeWeights& weights, const at::Tensor& x,
            const LossSettings& settings, Random& random) {
    const FrameCodes codes = encodeFrames(shape, weights, x);
    const GlobalCode global = poolGlobals(shape, codes.poolScores, codes.globals);
    const at::Tensor z = sampled(codes.zMean, codes.zLogVariance, random);
    const at::Tensor g = sampled(global.mean, global.logVariance, random);
    const at::Tensor error = decodeFrames(shape, weights, z, g) - x;

    const at::Tensor zDivergence = divergencePerDimension(codes.zMean, codes.zLogVariance);
    const at::Tensor gDivergence = divergencePerDimension(global.mean, global.logVariance);
    const double perFrame = 1.0 / static_cast<double>(z.size(1));
    Loss loss;
    loss.reconstruction = error.abs().mean();
    loss.divergence = zDivergence.sum() + perFrame * gDivergence.sum();
    loss.total =
        loss.reconstruction + settings.beta * (zDivergence.clamp_min(settings.freeBits).sum() +
                                               perFrame * gDivergence.clamp_min(settings.freeBits).sum());
    if (settings.bandDifferenceWeight > 0)
        loss.total =
            loss.total + settings.bandDifferenceWeight * 0.5 * (meanSlope(error, 1) + meanSlope(error, 2));
    return loss;
}

}  // namespace smidgen::models
