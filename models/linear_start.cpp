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

/// What is believed of spectra before any is seen, as a covariance that is added to the measured one with
/// kPriorShare of its energy: neighbouring bands and frames differ little. Keeps the components of a small
/// collection from fitting its accidents. Found by cross-validation over the files of five random splits of
/// 40 sounds: held-out error 0.101 instead of 0.107 log10 (fold 4, 64 dimensions).
constexpr double kPriorShare = 0.05;
constexpr double kPriorBands = 1.5;
constexpr double kPriorFrameCorrelation = 0.8;

at::Tensor priorCovariance(const MelVaeShape& shape) {
    const at::Tensor bands = at::arange(shape.melBands, at::kDouble);
    const at::Tensor frames = at::arange(shape.fold, at::kDouble);
    const at::Tensor overBands = (-(bands.unsqueeze(0) - bands.unsqueeze(1)).abs() / kPriorBands).exp();
    const at::Tensor overFrames =
        (std::log(kPriorFrameCorrelation) * (frames.unsqueeze(0) - frames.unsqueeze(1)).abs()).exp();
    return at::kron(overFrames, overBands);
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
                                  std::span<const float> sample, FlatWeights& weights) {
    const at::NoGradGuard noGradients;
    const std::int64_t bands = shape.melBands;
    const std::int64_t columns = shape.fold * bands;
    const std::int64_t frames = static_cast<std::int64_t>(sample.size()) / bands;
    const at::Tensor all = (viewOf(sample, frames, bands) - normalisation.mean.to(at::kCPU)) /
                           static_cast<double>(normalisation.scale);
    // Every stretch of `fold` frames counts, wherever it starts.
    const at::Tensor stretches = all.contiguous().as_strided({frames - shape.fold + 1, columns}, {bands, 1});
    at::Tensor covariance = at::zeros({columns, columns}, at::kDouble);
    for (std::int64_t row = 0; row < stretches.size(0); row += kRowsAtOnce) {
        const std::int64_t count = std::min(kRowsAtOnce, stretches.size(0) - row);
        const at::Tensor x = stretches.narrow(0, row, count).to(at::kDouble);
        covariance.addmm_(x.t(), x);
    }
    covariance.div_(static_cast<double>(stretches.size(0)));
    covariance.add_(priorCovariance(shape),
                    kPriorShare * covariance.trace().item<double>() / static_cast<double>(columns));
    const auto [values, vectors] = at::linalg_eigh(covariance);
    const std::int64_t z = shape.latentDims;
    // Ascending order: the largest components are the last columns.
    const at::Tensor spread = values.narrow(0, columns - z, z).flip(0).clamp_min(0).sqrt();
    at::Tensor components = vectors.narrow(1, columns - z, z).flip(1);
    const at::Tensor largest = components.gather(0, components.abs().argmax(0, true));
    components = components * largest.sign();
    const at::Tensor floored = spread.clamp_min(std::max(1e-6, spread[0].item<double>() * kLeastSpread));
    weights.views.linearEncode.copy_((components / floored).to(at::kFloat));
    weights.views.linearDecode.copy_((components * floored).t().to(at::kFloat));
}

}  // namespace smidgen::models
