#include "models/linear_start.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace smidgen::models {
namespace {

/// Rows per step of the covariance: bounds memory for long samples.
constexpr std::int64_t kRowsAtOnce = 4096;
/// A component with less than this share of the largest one's spread is not blown up further by whitening.
constexpr double kLeastSpread = 1e-3;

/// A frame counts in a sound's average in proportion to this power of its bands' geometric mean: so that
/// silence before and after a sound hardly changes what it is.
constexpr double kLoudnessPower = 0.3;
/// Above silence, in normalised units: rounding of what was silent.
constexpr double kHardlyAudible = 1e-4;

/// What is believed of spectra before any is seen, as a covariance that is added to the measured one with
/// kPriorShare of its energy: neighbouring bands and frames differ little. Keeps the components of a small
/// collection from fitting its accidents. Found by cross-validation over the files of five random splits of
/// 40 sounds: held-out error 0.101 instead of 0.107 log10 (fold 4, 64 dimensions).
constexpr double kPriorShare = 0.05;
constexpr double kPriorBands = 1.5;
constexpr double kPriorFrameCorrelation = 0.8;

at::Tensor priorCovariance(std::int64_t melBands, std::int64_t fold) {
    const at::Tensor bands = at::arange(melBands, at::kDouble);
    const at::Tensor frames = at::arange(fold, at::kDouble);
    const at::Tensor overBands = (-(bands.unsqueeze(0) - bands.unsqueeze(1)).abs() / kPriorBands).exp();
    const at::Tensor overFrames =
        (std::log(kPriorFrameCorrelation) * (frames.unsqueeze(0) - frames.unsqueeze(1)).abs()).exp();
    return at::kron(overFrames, overBands);
}

at::Tensor covarianceOf(const at::Tensor& rows) {
    const std::int64_t columns = rows.size(1);
    at::Tensor covariance = at::zeros({columns, columns}, at::kDouble);
    for (std::int64_t row = 0; row < rows.size(0); row += kRowsAtOnce) {
        const at::Tensor x = rows.narrow(0, row, std::min(kRowsAtOnce, rows.size(0) - row)).to(at::kDouble);
        covariance.addmm_(x.t(), x);
    }
    return covariance.div_(static_cast<double>(rows.size(0)));
}

/// There and back: numbers of unit spread (n columns), and what they stand for (n rows).
struct Components {
    at::Tensor encode, decode;
};

Components principalComponents(at::Tensor covariance, const at::Tensor& prior, std::int64_t count) {
    const std::int64_t columns = covariance.size(0);
    covariance.add_(prior, kPriorShare * covariance.trace().item<double>() / static_cast<double>(columns));
    const auto [values, vectors] = at::linalg_eigh(covariance);
    // Ascending order: the largest components are the last columns.
    const at::Tensor spread = values.narrow(0, columns - count, count).flip(0).clamp_min(0).sqrt();
    at::Tensor axes = vectors.narrow(1, columns - count, count).flip(1);
    const at::Tensor largest = axes.gather(0, axes.abs().argmax(0, true));
    axes = axes * largest.sign();
    const at::Tensor floored = spread.clamp_min(std::max(1e-6, spread[0].item<double>() * kLeastSpread));
    return {(axes / floored).to(at::kFloat), (axes * floored).t().to(at::kFloat)};
}

at::Tensor viewOf(std::span<const float> values, std::int64_t rows, std::int64_t columns) {
    return at::from_blob(const_cast<float*>(values.data()), {rows, columns}, at::kFloat);
}

}  // namespace

MelNormalisation normalisationOf(const MelVaeShape& shape, std::span<const float> sample) {
    const std::int64_t bands = shape.melBands;
    const std::int64_t rows = static_cast<std::int64_t>(sample.size()) / bands;
    std::vector<double> mean(static_cast<std::size_t>(bands));
    for (std::int64_t row = 0; row < rows; ++row)
        for (std::int64_t band = 0; band < bands; ++band)
            mean[static_cast<std::size_t>(band)] += sample[static_cast<std::size_t>(row * bands + band)];
    for (double& value : mean) value /= static_cast<double>(rows);
    double square = 0;
    for (std::int64_t row = 0; row < rows; ++row) {
        for (std::int64_t band = 0; band < bands; ++band) {
            const double difference =
                sample[static_cast<std::size_t>(row * bands + band)] - mean[static_cast<std::size_t>(band)];
            square += difference * difference;
        }
    }
    MelNormalisation normalisation;
    normalisation.mean = at::tensor(mean, at::kDouble).to(at::kFloat);
    normalisation.scale =
        static_cast<float>(std::max(0.1, std::sqrt(square / static_cast<double>(rows * bands))));
    return normalisation;
}

void startFromPrincipalComponents(const MelVaeShape& shape, const MelNormalisation& normalisation,
                                  std::span<const float> sample, std::int64_t soundFrames,
                                  FlatWeights& weights) {
    const at::NoGradGuard noGradients;
    const std::int64_t bands = shape.melBands;
    const std::int64_t frames = static_cast<std::int64_t>(sample.size()) / bands;
    const std::int64_t length = std::clamp<std::int64_t>(soundFrames, shape.fold, frames);
    const std::int64_t sounds = frames / length;
    const at::Tensor all = ((viewOf(sample, frames, bands) - normalisation.mean.to(at::kCPU)) /
                            static_cast<double>(normalisation.scale))
                               .narrow(0, 0, sounds * length)
                               .view({sounds, length, bands});
    MelVaeWeights& views = weights.views;
    views.poolEncode.fill_(kLoudnessPower * normalisation.scale / static_cast<double>(bands));
    const at::Tensor attention = at::softmax(at::matmul(all, views.poolEncode.to(at::kCPU)), 1);
    const at::Tensor averages = (all * attention).sum(1);
    const Components ofAverages = principalComponents(covarianceOf(averages), priorCovariance(bands, 1),
                                                      std::min<std::int64_t>(shape.globalDims, bands));
    const at::Tensor rest =
        (all - at::mm(at::mm(averages, ofAverages.encode), ofAverages.decode).unsqueeze(1)).contiguous();
    // Every stretch of `fold` frames counts, wherever it starts, that is not silent.
    const std::int64_t starts = length - shape.fold + 1;
    const at::Tensor silence = (kLogMelOfSilence - normalisation.mean.to(at::kCPU)) / normalisation.scale;
    const at::Tensor heard = (all > silence + kHardlyAudible).any(2).narrow(1, 0, starts).reshape({-1});
    at::Tensor stretches = rest.as_strided({sounds, starts, shape.fold * bands}, {length * bands, bands, 1})
                               .reshape({-1, shape.fold * bands});
    const at::Tensor sounding = heard.nonzero().squeeze(1);
    if (sounding.size(0) > shape.latentDims) stretches = stretches.index_select(0, sounding);
    const Components ofStretches =
        principalComponents(covarianceOf(stretches), priorCovariance(bands, shape.fold), shape.latentDims);
    views.linearEncode.copy_(ofStretches.encode);
    views.linearDecode.copy_(ofStretches.decode);
    const std::int64_t kept = ofAverages.decode.size(0);
    views.globalEncode.narrow(1, 0, kept).copy_(ofAverages.encode);
    views.globalDecode.narrow(0, 0, kept).copy_(ofAverages.decode);
    views.latentFromGlobal.narrow(0, 0, kept)
        .copy_(-at::mm(ofAverages.decode.repeat({1, shape.fold}), ofStretches.encode));
}

}  // namespace smidgen::models
