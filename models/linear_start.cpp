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
    const std::int64_t columns = shape.fold * shape.melBands;
    const std::int64_t rows = static_cast<std::int64_t>(sample.size()) / columns;
    const at::Tensor mean = normalisation.mean.to(at::kCPU).repeat({shape.fold});
    at::Tensor covariance = at::zeros({columns, columns}, at::kDouble);
    for (std::int64_t row = 0; row < rows; row += kRowsAtOnce) {
        const std::int64_t count = std::min(kRowsAtOnce, rows - row);
        const auto part = sample.subspan(static_cast<std::size_t>(row * columns),
                                         static_cast<std::size_t>(count * columns));
        const at::Tensor x = ((viewOf(part, count, columns) - mean) / normalisation.scale).to(at::kDouble);
        covariance.addmm_(x.t(), x);
    }
    covariance.div_(static_cast<double>(std::max<std::int64_t>(rows, 1)));
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
