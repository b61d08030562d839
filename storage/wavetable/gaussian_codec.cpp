// Payload: one byte, the number of hills; one float a channel, the floors; then for each hill its row,
// column, a, b, c and one amplitude a channel, as floats.
#include <algorithm>
#include <array>
#include <cmath>

#include "storage/wavetable/payload.h"

namespace smidgen::storage {
namespace {

constexpr std::size_t kSearchSide = 32;
constexpr std::size_t kPolishSide = 256;
constexpr int kPolishIterations = 12;

/// Smaller nodes are not fitted: eight hills are 49 numbers and more, and would fit noise.
constexpr std::size_t kFewestValues = 128;

/// The node's noise, from the median of its eighth differences along the rows (down the columns where the
/// rows are too short), where smooth hills leave next to nothing: no mixture comes closer. Of 64 lines at
/// most.
double roughness(const Node& node) {
    constexpr std::array<double, 9> kDifference{1, -8, 28, -56, 70, -56, 28, -8, 1};
    constexpr double kGain = 113.4460;  // root of the sum of squares
    constexpr double kMedianOfNormal = 0.6745;
    constexpr std::size_t kMostLines = 64;
    const NodeShape& shape = node.shape;
    const bool along = shape.columns >= kDifference.size();
    const std::size_t length = along ? shape.columns : shape.rows;
    const std::size_t lines = (along ? shape.rows : shape.columns) * shape.channels;
    const std::size_t stride = along ? shape.channels : shape.rowCount();
    if (length < kDifference.size()) return 0;
    std::vector<double> differences;
    for (std::size_t line = 0; line < lines; line += (lines + kMostLines - 1) / kMostLines) {
        const std::size_t first =
            along ? line / shape.channels * shape.rowCount() + line % shape.channels : line;
        const float* values = node.values.get() + first;
        for (std::size_t i = kDifference.size() - 1; i < length; ++i) {
            double sum = 0;
            for (std::size_t k = 0; k < kDifference.size(); ++k)
                sum += kDifference[k] * static_cast<double>(values[(i - k) * stride]);
            differences.push_back(std::abs(sum));
        }
    }
    const auto middle = differences.begin() + static_cast<std::ptrdiff_t>(differences.size() / 2);
    std::nth_element(differences.begin(), middle, differences.end());
    return *middle / (kMedianOfNormal * kGain);
}

Bytes written(const GaussianMixture& mixture, std::size_t channels) {
    Bytes payload;
    NodeWriter writer(payload);
    writer.integer(static_cast<std::uint8_t>(mixture.hills.size()));
    for (const double floor : mixture.floors) writer.real(static_cast<float>(floor));
    for (std::size_t k = 0; k < mixture.hills.size(); ++k) {
        const Hill& hill = mixture.hills[k];
        for (const double value : {hill.row, hill.column, hill.a, hill.b, hill.c})
            writer.real(static_cast<float>(value));
        for (std::size_t h = 0; h < channels; ++h)
            writer.real(static_cast<float>(mixture.amplitudes[k * channels + h]));
    }
    return payload;
}

bool readReal(NodeReader& reader, double& value) {
    float read = 0;
    if (!reader.real(read) || !std::isfinite(read)) return false;
    value = static_cast<double>(read);
    return true;
}

bool readMixture(std::span<const std::byte> payload, std::size_t channels, GaussianMixture& mixture) {
    NodeReader reader(payload);
    std::uint8_t hills = 0;
    if (!reader.integer(hills) || hills > kMostHills) return false;
    mixture.floors.resize(channels);
    mixture.hills.resize(hills);
    mixture.amplitudes.resize(hills * channels);
    bool whole = true;
    for (double& floor : mixture.floors) whole = whole && readReal(reader, floor);
    for (std::size_t k = 0; k < hills; ++k) {
        Hill& hill = mixture.hills[k];
        for (double* value : {&hill.row, &hill.column, &hill.a, &hill.b, &hill.c})
            whole = whole && readReal(reader, *value);
        for (std::size_t h = 0; h < channels; ++h)
            whole = whole && readReal(reader, mixture.amplitudes[k * channels + h]);
    }
    return whole && reader.atEnd();
}

/// The payload, when what it decodes to keeps to the limit.
std::optional<Bytes> accepted(const Node& node, const FitGrid& fine, const FitGrid& coarse,
                              GaussianMixture mixture, const ErrorLimit& limit) {
    if (fine.values.size() > coarse.values.size()) refineMixture(fine, mixture, kPolishIterations);
    Bytes payload = written(mixture, node.shape.channels);
    std::vector<float> decoded(node.shape.count());
    if (!decodeGaussian(payload, node.shape, decoded.data())) return std::nullopt;
    if (!measureError(node.floats(), decoded).within(limit)) return std::nullopt;
    return payload;
}

}  // namespace

std::optional<Bytes> encodeGaussian(const Node& node, const ErrorLimit& limit, SearchEffort effort) {
    const double tightest = std::min(limit.largest, limit.rms);
    if (node.shape.count() < kFewestValues || roughness(node) > tightest) return std::nullopt;
    const FitGrid coarse = FitGrid::of(node, kSearchSide);
    const FitGrid fine = FitGrid::of(node, kPolishSide);
    // Only a residual on the coarse grid that finishing touches can bring within the limit is worth them.
    constexpr double kInReach = 8;
    const double worthwhile =
        kInReach * tightest * kInReach * tightest * static_cast<double>(coarse.values.size());
    std::optional<Bytes> payload;
    searchMixture(coarse, effort, [&](const GaussianMixture& mixture, double error) {
        if (error <= worthwhile) payload = accepted(node, fine, coarse, mixture, limit);
        return payload.has_value();
    });
    return payload;
}

bool decodeGaussian(std::span<const std::byte> payload, const NodeShape& shape, float* out) {
    GaussianMixture mixture;
    if (!readMixture(payload, shape.channels, mixture)) return false;
    renderMixture(mixture, shape, out);
    return true;
}

}  // namespace smidgen::storage
