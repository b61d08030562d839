#include "models/mel_vae_loss.h"

namespace smidgen::models {
namespace {

/// Above silence, in normalised units: rounding of what was silent.
constexpr double kHardlyAudible = 1e-4;

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

/// How many levels each sound keeps, and which sounds bypass the quantiser (B × 1 × 1, 0 or 1).
struct LevelDraw {
    at::Tensor used, bypass;
};

LevelDraw drawLevels(const MelVaeShape& shape, std::int64_t sounds, const LossSettings& settings,
                     Random& random) {
    const at::Tensor used = at::empty({sounds}, at::kLong);
    const at::Tensor bypass = at::empty({sounds, 1, 1}, at::kFloat);
    for (std::int64_t sound = 0; sound < sounds; ++sound) {
        // Every sound takes three numbers, so that the settings do not change who draws what.
        const bool passes = random.uniform() < settings.bypassShare;
        const bool drops = random.uniform() < settings.dropoutShare;
        const auto kept =
            1 + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(shape.levels)));
        used.data_ptr<std::int64_t>()[sound] = drops ? kept : shape.levels;
        bypass.data_ptr<float>()[sound] = passes ? 1.0F : 0.0F;
    }
    return {used, bypass};
}

}  // namespace

at::Tensor heardError(const at::Tensor& rebuilt, const at::Tensor& x, const at::Tensor& silence) {
    const at::Tensor error = rebuilt - x;
    if (!silence.defined()) return error;
    return error.masked_fill((x <= silence + kHardlyAudible).logical_and_(error < 0), 0);
}

at::Tensor soundingFrames(const at::Tensor& x, std::int64_t fold, const at::Tensor& silence) {
    const std::int64_t rows = x.size(0) * x.size(1) / fold;
    if (!silence.defined()) return at::arange(rows, x.options().dtype(at::kLong));
    return (x > silence + kHardlyAudible).view({rows, -1}).any(1).nonzero().squeeze(1);
}

Loss lossOf(const MelVaeShape& shape, const MelVaeWeights& weights, const at::Tensor& codebooks,
            const at::Tensor& x, const LossSettings& settings, Random& random) {
    const FrameCodes codes = encodeFrames(shape, weights, x);
    const GlobalCode global = poolGlobals(shape, codes.poolScores, codes.globals);
    const at::Tensor g = sampled(global.mean, global.logVariance, random);
    const at::Tensor zMean = relativeTo(weights, g, codes.zMean);
    Loss loss;
    at::Tensor z;
    if (shape.quantised()) {
        const LevelDraw draw = drawLevels(shape, x.size(0), settings, random);
        loss.quantised = quantise(shape, weights.levels, codebooks, zMean, draw.used.to(x.device()));
        loss.sounding = soundingFrames(x, shape.fold, settings.silence);
        const at::Tensor bypass = draw.bypass.to(x.device());
        z = loss.quantised.z * (1 - bypass) + zMean * bypass;
    } else {
        z = sampled(zMean, codes.zLogVariance, random);
    }
    const at::Tensor error = heardError(decodeFrames(shape, weights, z, g), x, settings.silence);

    const double perFrame = 1.0 / static_cast<double>(z.size(1));
    const at::Tensor gDivergence = divergencePerDimension(global.mean, global.logVariance);
    loss.reconstruction = error.abs().mean();
    loss.divergence = perFrame * gDivergence.sum();
    at::Tensor paid = perFrame * gDivergence.clamp_min(settings.freeBits).sum();
    if (!shape.quantised()) {
        const at::Tensor zDivergence = divergencePerDimension(zMean, codes.zLogVariance);
        loss.divergence = zDivergence.sum() + loss.divergence;
        paid = zDivergence.clamp_min(settings.freeBits).sum() + paid;
    }
    loss.total = loss.reconstruction + settings.beta * paid;
    if (shape.quantised() && settings.commitmentWeight > 0)
        loss.total = loss.total + settings.commitmentWeight * loss.quantised.commitment;
    if (settings.bandDifferenceWeight > 0)
        loss.total =
            loss.total + settings.bandDifferenceWeight * 0.5 * (meanSlope(error, 1) + meanSlope(error, 2));
    return loss;
}

}  // namespace smidgen::models
