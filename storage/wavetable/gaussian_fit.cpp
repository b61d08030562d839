#include "storage/wavetable/gaussian_fit.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "storage/wavetable/gaussian_loops.h"
#include "storage/wavetable/symmetric_solve.h"

namespace smidgen::storage {
namespace {

constexpr std::size_t kStrip = 64;  ///< grid points whose functions are made at once

std::size_t functionCount(const GaussianMixture& mixture) {
    return mixture.hills.size() * (kHillParameters + 1) + 1;
}

/// At one place: for each hill its derivatives by row, column, a, b, c at height 1; then each hill's height;
/// then 1.
void functionsAt(const GaussianMixture& mixture, double row, double column, double* f) {
    const std::size_t hills = mixture.hills.size();
    for (std::size_t k = 0; k < hills; ++k) {
        const Hill& hill = mixture.hills[k];
        const double dr = row - hill.row;
        const double dc = column - hill.column;
        const double u = hill.a * dr + hill.b * dc;
        const double v = hill.c * dc;
        const double height = std::exp(-0.5 * (u * u + v * v));
        double* d = f + k * kHillParameters;
        d[0] = height * u * hill.a;
        d[1] = height * (u * hill.b + v * hill.c);
        d[2] = -height * u * dr;
        d[3] = -height * u * dc;
        d[4] = -height * v * dc;
        f[hills * kHillParameters + k] = height;
    }
    f[hills * (kHillParameters + 1)] = 1;
}

/// Inner products of the functions with each other and with each channel's values, over the grid.
struct Products {
    std::size_t size = 0;
    std::size_t stride = 0;
    std::vector<double> moments;      ///< [i · stride + j]
    std::vector<double> projections;  ///< [channel · stride + i]
    std::vector<double> squares;      ///< of each channel's values

    [[nodiscard]] double moment(std::size_t i, std::size_t j) const { return moments[i * stride + j]; }
};

Products productsOf(const FitGrid& grid, const GaussianMixture& mixture) {
    Products p;
    p.size = functionCount(mixture);
    p.stride = (p.size + 7) / 8 * 8;
    p.moments.assign(p.stride * p.stride, 0);
    p.projections.assign(grid.channels * p.stride, 0);
    p.squares.assign(grid.channels, 0);
    std::vector<double> functions(kStrip * p.stride, 0);
    std::vector<double> values(kStrip);
    const std::size_t points = grid.rows * grid.columns;
    for (std::size_t at = 0; at < points; at += kStrip) {
        const std::size_t count = std::min(kStrip, points - at);
        for (std::size_t n = 0; n < count; ++n) {
            const double row = static_cast<double>((at + n) / grid.columns) * grid.rowStride;
            const double column = static_cast<double>((at + n) % grid.columns) * grid.columnStride;
            functionsAt(mixture, row, column, functions.data() + n * p.stride);
        }
        addMoments(functions.data(), count, p.size, p.stride, p.moments.data());
        for (std::size_t h = 0; h < grid.channels; ++h) {
            for (std::size_t n = 0; n < count; ++n) {
                values[n] = grid.values[(at + n) * grid.channels + h];
                p.squares[h] += values[n] * values[n];
            }
            addScaled(functions.data(), values.data(), count, p.size, p.stride,
                      p.projections.data() + h * p.stride);
        }
    }
    for (std::size_t i = 0; i < p.size; ++i) {
        for (std::size_t j = 0; j < i; ++j) p.moments[i * p.stride + j] = p.moments[j * p.stride + i];
    }
    return p;
}

/// The amplitudes and floors that fit best where the hills are.
void solveLinear(const Products& p, std::size_t channels, GaussianMixture& mixture) {
    constexpr double kRidge = 1e-12;
    const std::size_t hills = mixture.hills.size();
    const std::size_t first = hills * kHillParameters;
    const std::size_t n = hills + 1;
    for (std::size_t h = 0; h < channels; ++h) {
        std::vector<double> a(n * n);
        std::vector<double> b(n);
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t j = 0; j < n; ++j) a[i * n + j] = p.moment(first + i, first + j);
            a[i * n + i] *= 1 + kRidge;
            a[i * n + i] += std::numeric_limits<double>::min();
            b[i] = p.projections[h * p.stride + first + i];
        }
        if (!solveSymmetric(a, b)) continue;
        for (std::size_t k = 0; k < hills; ++k) mixture.amplitudes[k * channels + h] = b[k];
        mixture.floors[h] = b[hills];
    }
}

/// Channel `h` of the mixture as weights of the functions (the derivatives weigh nothing).
std::vector<double> weightsOf(const GaussianMixture& mixture, std::size_t channels, std::size_t h) {
    const std::size_t hills = mixture.hills.size();
    std::vector<double> weights(functionCount(mixture), 0);
    for (std::size_t k = 0; k < hills; ++k)
        weights[hills * kHillParameters + k] = mixture.amplitudes[k * channels + h];
    weights.back() = mixture.floors[h];
    return weights;
}

double residualAt(const FitGrid& grid, const GaussianMixture& mixture, std::size_t point,
                  std::size_t channel) {
    const double row = static_cast<double>(point / grid.columns) * grid.rowStride;
    const double column = static_cast<double>(point % grid.columns) * grid.columnStride;
    double value = mixture.floors[channel];
    for (std::size_t k = 0; k < mixture.hills.size(); ++k) {
        const Hill& hill = mixture.hills[k];
        const double u = hill.a * (row - hill.row) + hill.b * (column - hill.column);
        const double v = hill.c * (column - hill.column);
        value += mixture.amplitudes[k * grid.channels + channel] * std::exp(-0.5 * (u * u + v * v));
    }
    return grid.values[point * grid.channels + channel] - value;
}

double squaredError(const FitGrid& grid, const GaussianMixture& mixture) {
    double sum = 0;
    for (std::size_t i = 0; i < grid.values.size(); ++i) {
        const double residual = residualAt(grid, mixture, i / grid.channels, i % grid.channels);
        sum += residual * residual;
    }
    return sum;
}

/// The normal equations of the whole problem, put together from the products: hills' parameters first, then
/// each channel's amplitudes and floor.
struct NormalEquations {
    std::size_t size = 0;
    std::vector<double> matrix;
    std::vector<double> gradient;
};

NormalEquations normalEquations(const Products& p, const GaussianMixture& mixture, std::size_t channels) {
    const std::size_t hills = mixture.hills.size();
    const std::size_t shapes = hills * kHillParameters;
    NormalEquations normal;
    normal.size = shapes + channels * (hills + 1);
    normal.matrix.assign(normal.size * normal.size, 0);
    normal.gradient.assign(normal.size, 0);
    for (std::size_t h = 0; h < channels; ++h) {
        const std::vector<double> weights = weightsOf(mixture, channels, h);
        std::vector<double> residual(p.size);
        for (std::size_t i = 0; i < p.size; ++i) {
            residual[i] = p.projections[h * p.stride + i];
            for (std::size_t j = shapes; j < p.size; ++j) residual[i] -= p.moment(i, j) * weights[j];
        }
        const std::size_t own = shapes + h * (hills + 1);
        const auto place = [&](std::size_t i) { return i < shapes ? i : own + (i - shapes); };
        const auto scale = [&](std::size_t i) {
            return i < shapes ? mixture.amplitudes[i / kHillParameters * channels + h] : 1.0;
        };
        for (std::size_t i = 0; i < p.size; ++i) {
            normal.gradient[place(i)] += scale(i) * residual[i];
            for (std::size_t j = 0; j < p.size; ++j)
                normal.matrix[place(i) * normal.size + place(j)] += scale(i) * scale(j) * p.moment(i, j);
        }
    }
    return normal;
}

GaussianMixture stepped(const GaussianMixture& mixture, const std::vector<double>& step,
                        std::size_t channels) {
    GaussianMixture next = mixture;
    const std::size_t hills = mixture.hills.size();
    for (std::size_t k = 0; k < hills; ++k) {
        const double* s = step.data() + k * kHillParameters;
        Hill& hill = next.hills[k];
        hill.row += s[0];
        hill.column += s[1];
        hill.a += s[2];
        hill.b += s[3];
        hill.c += s[4];
    }
    for (std::size_t h = 0; h < channels; ++h) {
        const double* s = step.data() + hills * kHillParameters + h * (hills + 1);
        for (std::size_t k = 0; k < hills; ++k) next.amplitudes[k * channels + h] += s[k];
        next.floors[h] += s[hills];
    }
    return next;
}

/// How far the residual around `point` stays above half its peak, in grid steps along `stride`.
double halfWidth(const std::vector<double>& residual, std::size_t point, std::size_t stride,
                 std::size_t before, std::size_t after) {
    const double half = residual[point] / 2;
    const auto reach = [&](std::size_t room, bool forwards) {
        for (std::size_t i = 1; i <= room; ++i) {
            const std::size_t at = forwards ? point + i * stride : point - i * stride;
            if ((half > 0 && residual[at] < half) || (half < 0 && residual[at] > half))
                return static_cast<double>(i);
        }
        return std::numeric_limits<double>::infinity();
    };
    const double shorter = std::min(reach(before, false), reach(after, true));
    return std::isinf(shorter) ? static_cast<double>(before + after + 1) / 2 : shorter;
}

}  // namespace

FitGrid FitGrid::of(const Node& node, std::size_t longestSide) {
    FitGrid grid;
    grid.channels = node.shape.channels;
    grid.rows = std::min<std::size_t>(node.shape.rows, longestSide);
    grid.columns = std::min<std::size_t>(node.shape.columns, longestSide);
    const std::size_t down = (node.shape.rows + grid.rows - 1) / grid.rows;
    const std::size_t across = (node.shape.columns + grid.columns - 1) / grid.columns;
    grid.rows = (node.shape.rows + down - 1) / down;
    grid.columns = (node.shape.columns + across - 1) / across;
    grid.rowStride = static_cast<double>(down);
    grid.columnStride = static_cast<double>(across);
    grid.values.reserve(grid.rows * grid.columns * grid.channels);
    for (std::size_t r = 0; r < grid.rows; ++r) {
        for (std::size_t c = 0; c < grid.columns; ++c) {
            const float* from =
                node.values.get() + r * down * node.shape.rowCount() + c * across * grid.channels;
            grid.values.insert(grid.values.end(), from, from + grid.channels);
        }
    }
    return grid;
}

double FitGrid::energy() const {
    double energy = 0;
    const auto points = static_cast<double>(rows * columns);
    for (std::size_t h = 0; h < channels; ++h) {
        double sum = 0;
        double squares = 0;
        for (std::size_t i = h; i < values.size(); i += channels) {
            sum += values[i];
            squares += values[i] * values[i];
        }
        energy += std::max(0.0, squares - sum * sum / points);
    }
    return energy;
}

double refineMixture(const FitGrid& grid, GaussianMixture& mixture, int iterations) {
    constexpr double kLeastGain = 1e-12;
    constexpr double kMostDamping = 1e8;
    Products products = productsOf(grid, mixture);
    solveLinear(products, grid.channels, mixture);
    double error = squaredError(grid, mixture);
    double damping = 1e-3;
    for (int iteration = 0; iteration < iterations && error > 0; ++iteration) {
        const NormalEquations normal = normalEquations(products, mixture, grid.channels);
        double gain = 0;
        while (gain <= 0 && damping < kMostDamping) {
            std::vector<double> matrix = normal.matrix;
            std::vector<double> step = normal.gradient;
            for (std::size_t i = 0; i < normal.size; ++i) {
                double& diagonal = matrix[i * normal.size + i];
                diagonal += damping * diagonal + std::numeric_limits<double>::min();
            }
            if (solveSymmetric(matrix, step)) {
                GaussianMixture next = stepped(mixture, step, grid.channels);
                const double reached = squaredError(grid, next);
                gain = std::isfinite(reached) ? error - reached : 0;
                if (gain > 0) {
                    mixture = std::move(next);
                    products = productsOf(grid, mixture);
                    solveLinear(products, grid.channels, mixture);
                    damping = std::max(1e-12, damping / 8);
                    break;
                }
            }
            damping *= 4;
        }
        if (gain <= 0) break;
        const double reached = squaredError(grid, mixture);
        const bool settled = error - reached <= kLeastGain * error;
        error = std::min(error, reached);
        if (settled) break;
    }
    return error;
}

void addHill(const FitGrid& grid, GaussianMixture& mixture) {
    const std::size_t points = grid.rows * grid.columns;
    std::size_t best = 0;
    std::size_t channel = 0;
    double largest = -1;
    for (std::size_t i = 0; i < grid.values.size(); ++i) {
        const double magnitude = std::abs(residualAt(grid, mixture, i / grid.channels, i % grid.channels));
        if (magnitude <= largest) continue;
        largest = magnitude;
        best = i / grid.channels;
        channel = i % grid.channels;
    }
    std::vector<double> residual(points);
    for (std::size_t i = 0; i < points; ++i) residual[i] = residualAt(grid, mixture, i, channel);
    const std::size_t r = best / grid.columns;
    const std::size_t c = best % grid.columns;
    constexpr double kHalfToSigma = 1.1774;
    const double tall = halfWidth(residual, best, grid.columns, r, grid.rows - 1 - r) * grid.rowStride;
    const double wide = halfWidth(residual, best, 1, c, grid.columns - 1 - c) * grid.columnStride;
    std::vector<double> heights(grid.channels);
    for (std::size_t h = 0; h < grid.channels; ++h) heights[h] = residualAt(grid, mixture, best, h);
    mixture.hills.push_back({static_cast<double>(r) * grid.rowStride,
                             static_cast<double>(c) * grid.columnStride, kHalfToSigma / tall, 0,
                             kHalfToSigma / wide});
    mixture.amplitudes.insert(mixture.amplitudes.end(), heights.begin(), heights.end());
}

GaussianMixture withoutHill(const GaussianMixture& mixture, std::size_t k) {
    const std::size_t channels = mixture.floors.size();
    GaussianMixture rest = mixture;
    rest.hills.erase(rest.hills.begin() + static_cast<std::ptrdiff_t>(k));
    const auto first = rest.amplitudes.begin() + static_cast<std::ptrdiff_t>(k * channels);
    rest.amplitudes.erase(first, first + static_cast<std::ptrdiff_t>(channels));
    return rest;
}

}  // namespace smidgen::storage
