// Vectors that lie as those of a hierarchy do: a random tree in hyperbolic space with points around its
// nodes.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

namespace smidgen::storage::benchmark {

/// SplitMix64 (Steele et al. 2014), so that other programs can draw the same points.
class SplitMix {
 public:
    explicit SplitMix(std::uint64_t seed) : m_state(seed) {}
    std::uint64_t bits() {
        std::uint64_t z = m_state += 0x9E3779B97F4A7C15ULL;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31U);
    }
    double uniform() { return static_cast<double>(bits() >> 11U) * 0x1.0p-53; }
    double normal() {
        const double u = std::max(uniform(), 1e-300);
        const double v = uniform();
        return std::sqrt(-2.0 * std::log(u)) * std::cos(6.283185307179586 * v);
    }

 private:
    std::uint64_t m_state;
};

/// Points of curvature −1, d + 1 coordinates each (x0 first), one after the other.
struct TreePoints {
    std::size_t dimension = 12;
    std::vector<double> stored;
    std::vector<double> queries;

    [[nodiscard]] std::size_t stride() const { return dimension + 1; }
    [[nodiscard]] std::size_t count() const { return stored.size() / stride(); }
};

/// A tree of count / 50 nodes: the root at the origin, edges of `scale` × (0.9 to 1.5), branches that turn
/// outward; then points with a deviation of 0.15 around nodes drawn at random. `scale` 1 reaches radius 7, 2
/// reaches 14.
inline TreePoints makeTreePoints(std::size_t dimension, std::size_t count, std::size_t queries,
                                 double scale) {
    const std::size_t stride = dimension + 1;
    const auto step = [&](const double* from, const std::vector<double>& way, double* to) {
        double product = 0.0;
        double square = 0.0;
        for (std::size_t i = 0; i < dimension; ++i) {
            product += from[i + 1] * way[i];
            square += way[i] * way[i];
        }
        const double length = std::sqrt(square);
        const double carried = product / (1.0 + from[0]);
        const double sinh = length < 1e-12 ? 1.0 : std::sinh(length) / length;
        double sum = 1.0;
        for (std::size_t i = 0; i < dimension; ++i) {
            to[i + 1] = std::cosh(length) * from[i + 1] + sinh * (way[i] + carried * from[i + 1]);
            sum += to[i + 1] * to[i + 1];
        }
        to[0] = std::sqrt(sum);
    };
    constexpr std::size_t kBranches[] = {24, 10, 6, 5, 4};
    const std::size_t nodes = std::max<std::size_t>(count / 50, 1);
    SplitMix shape(20260601);
    std::vector<double> tree(nodes * stride);
    std::vector<std::size_t> levels{0};
    std::vector<double> way(dimension);
    tree[0] = 1.0;
    for (std::size_t head = 0; levels.size() < nodes; ++head) {
        const std::size_t level = levels[head];
        for (std::size_t c = 0; c < kBranches[std::min<std::size_t>(level, 4)] && levels.size() < nodes;
             ++c) {
            const double* from = &tree[head * stride];
            double square = 0.0;
            double radial = 0.0;
            for (std::size_t i = 0; i < dimension; ++i) {
                way[i] = shape.normal();
                square += way[i] * way[i];
                radial += from[i + 1] * from[i + 1];
            }
            radial = std::sqrt(radial);
            double length = 0.0;
            for (std::size_t i = 0; i < dimension; ++i) {
                way[i] =
                    0.5 * way[i] / std::sqrt(square) + (radial > 1e-9 ? 0.5 * from[i + 1] / radial : 0.0);
                length += way[i] * way[i];
            }
            const double edge = scale * (0.9 + 0.6 * shape.uniform());
            for (double& each : way) each *= edge / std::sqrt(length);
            step(from, way, &tree[levels.size() * stride]);
            levels.push_back(level + 1);
        }
    }
    SplitMix places(20260602);
    const auto scatter = [&](std::size_t points) {
        std::vector<double> all(points * stride);
        for (std::size_t p = 0; p < points; ++p) {
            const std::size_t node = places.bits() % nodes;
            for (double& each : way) each = 0.15 * places.normal();
            step(&tree[node * stride], way, &all[p * stride]);
        }
        return all;
    };
    TreePoints points;
    points.dimension = dimension;
    points.stored = scatter(count);
    points.queries = scatter(queries);
    return points;
}

}  // namespace smidgen::storage::benchmark
