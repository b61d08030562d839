#include "storage/wavetable/linear_prediction.h"

#include <array>
#include <bit>
#include <cmath>
#include <vector>

#include "storage/wavetable/symmetric_solve.h"

namespace smidgen::storage {
namespace {

constexpr std::size_t kFewestValues = 1024;
constexpr std::size_t kRowsApart = 4;
constexpr std::size_t kFeatures = 4;
constexpr std::int32_t kLargestWeight = 4 * kWeightUnit;

/// The normal equations: products of the neighbours with each other, and with the value.
struct Equations {
    std::array<double, kFeatures * kFeatures> products{};
    std::array<double, kFeatures> values{};
};

void addRow(const std::int32_t* row, const std::int32_t* above, std::size_t stride, std::size_t count,
            Equations& equations) {
    std::array<double, kFeatures*(kFeatures + 1) / 2 + kFeatures> sums{};
    for (std::size_t i = stride; i + stride < count; ++i) {
        const auto left = static_cast<double>(row[i - stride]);
        const auto up = static_cast<double>(above[i]);
        const auto upLeft = static_cast<double>(above[i - stride]);
        const auto upRight = static_cast<double>(above[i + stride]);
        const auto value = static_cast<double>(row[i]);
        sums[0] += left * left, sums[1] += up * left, sums[2] += up * up;
        sums[3] += upLeft * left, sums[4] += upLeft * up, sums[5] += upLeft * upLeft;
        sums[6] += upRight * left, sums[7] += upRight * up, sums[8] += upRight * upLeft;
        sums[9] += upRight * upRight;
        sums[10] += value * left, sums[11] += value * up;
        sums[12] += value * upLeft, sums[13] += value * upRight;
    }
    std::size_t at = 0;
    for (std::size_t r = 0; r < kFeatures; ++r)
        for (std::size_t c = 0; c <= r; ++c, ++at) {
            equations.products[r * kFeatures + c] += sums[at];
            if (c != r) equations.products[c * kFeatures + r] += sums[at];
        }
    for (std::size_t f = 0; f < kFeatures; ++f) equations.values[f] += sums[at + f];
}

std::optional<Weights> solve(Equations equations) {
    // Neighbours that are all alike leave the equations without a single answer.
    constexpr double kRidge = 1e-9;
    double trace = 0;
    for (std::size_t f = 0; f < kFeatures; ++f) trace += equations.products[f * kFeatures + f];
    for (std::size_t f = 0; f < kFeatures; ++f) equations.products[f * kFeatures + f] += kRidge * trace;
    if (!solveSymmetric(equations.products, equations.values)) return std::nullopt;
    std::array<std::int32_t, kFeatures> whole{};
    for (std::size_t f = 0; f < kFeatures; ++f) {
        const double weight = std::nearbyint(equations.values[f] * kWeightUnit);
        if (!(std::abs(weight) <= kLargestWeight)) return std::nullopt;
        whole[f] = static_cast<std::int32_t>(weight);
    }
    return Weights{whole[0], whole[1], whole[2], whole[3]};
}

/// About as many bits as the residuals take.
std::uint64_t bitsOf(std::span<const std::uint32_t> residuals) {
    std::uint64_t bits = 0;
    for (const std::uint32_t residual : residuals)
        bits += static_cast<std::uint64_t>(std::bit_width(residual));
    return bits;
}

}  // namespace

std::optional<Weights> fitWeights(std::span<const std::int32_t> steps, const NodeShape& shape) {
    const std::size_t stride = shape.channels;
    const std::size_t length = shape.rowCount();
    if (steps.size() < kFewestValues || shape.rows < 2 || shape.columns < 3) return std::nullopt;
    Equations equations;
    for (std::size_t r = 1; r < shape.rows; r += kRowsApart)
        addRow(&steps[r * length], &steps[(r - 1) * length], stride, length, equations);
    const auto weights = solve(equations);
    if (!weights) return std::nullopt;
    std::vector<std::uint32_t> residuals(length);
    std::uint64_t fitted = 0;
    std::uint64_t plain = 0;
    for (std::size_t r = 1; r < shape.rows; r += kRowsApart) {
        const std::int32_t* row = &steps[r * length];
        predictRow(row, row - length, *weights, residuals.data(), stride, length);
        fitted += bitsOf(residuals);
        lorenzoRow(row, row - length, residuals.data(), stride, length);
        plain += bitsOf(residuals);
    }
    return fitted < plain ? weights : std::nullopt;
}

}  // namespace smidgen::storage
