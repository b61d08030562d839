#include "engine/steering/tilted_draw.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "engine/steering/attribute_matrix.h"

namespace smidgen {
namespace {

constexpr std::size_t kSize = kAttributeCount;
constexpr double kRidge = 0.02;  ///< of λ, in units of 1 / σ
constexpr int kMostSteps = 60;
constexpr double kLongestStep = 1.0;

using Row = AttributeRow;
using Square = AttributeMatrix;

/// Shares at λ, and the logarithm of what they were divided by.
double sharesAt(const std::vector<Row>& x, std::span<const double> shares, const Row& lambda,
                std::vector<double>& result) {
    double highest = -1e300;
    for (std::size_t i = 0; i < x.size(); ++i) {
        result[i] = std::log(shares[i]) + std::inner_product(lambda.begin(), lambda.end(), x[i].begin(), 0.0);
        highest = std::max(highest, result[i]);
    }
    double sum = 0;
    for (double& value : result) sum += value = std::exp(value - highest);
    for (double& value : result) value /= sum;
    return highest + std::log(sum);
}

}  // namespace

std::vector<double> tiltedShares(std::span<const Attributes> items, std::span<const double> shares,
                                 const DrawTarget& target) {
    std::vector<double> result(shares.begin(), shares.end());
    const double whole = std::accumulate(result.begin(), result.end(), 0.0);
    for (double& share : result) share /= whole;
    if (items.size() < 2) return result;
    // Distances from what is wanted, in σ.
    std::vector<Row> x(items.size());
    for (std::size_t a = 0; a < kSize; ++a) {
        if (!(target.deviation[a] > 0)) continue;
        double mean = 0;
        for (std::size_t i = 0; i < items.size(); ++i) mean += result[i] * items[i].values[a];
        const double wanted = target.wanted[a].value_or(mean);
        for (std::size_t i = 0; i < items.size(); ++i)
            x[i][a] = (items[i].values[a] - wanted) / target.deviation[a];
    }
    const std::vector<double> base(result);
    Row lambda{};
    const auto cost = [&](const Row& at, double logSum) {
        return logSum + 0.5 * kRidge * std::inner_product(at.begin(), at.end(), at.begin(), 0.0);
    };
    double now = cost(lambda, sharesAt(x, base, lambda, result));
    for (int step = 0; step < kMostSteps; ++step) {
        Row gradient{};
        Square hessian{};
        for (std::size_t i = 0; i < x.size(); ++i)
            for (std::size_t a = 0; a < kSize; ++a) gradient[a] += result[i] * x[i][a];
        for (std::size_t i = 0; i < x.size(); ++i)
            for (std::size_t a = 0; a < kSize; ++a)
                for (std::size_t b = 0; b < kSize; ++b)
                    hessian[a][b] += result[i] * (x[i][a] - gradient[a]) * (x[i][b] - gradient[b]);
        for (std::size_t a = 0; a < kSize; ++a) {
            gradient[a] += kRidge * lambda[a];
            hessian[a][a] += kRidge;
        }
        Row direction = solvePositive(hessian, gradient);
        const double length =
            std::sqrt(std::inner_product(direction.begin(), direction.end(), direction.begin(), 0.0));
        if (length < 1e-9) break;
        double scale = std::min(1.0, kLongestStep / length);
        bool better = false;
        for (int halving = 0; halving < 20 && !better; ++halving, scale *= 0.5) {
            Row next = lambda;
            for (std::size_t a = 0; a < kSize; ++a) next[a] -= scale * direction[a];
            const double there = cost(next, sharesAt(x, base, next, result));
            if (there < now) {
                better = true;
                lambda = next;
                now = there;
            }
        }
        if (!better) {
            sharesAt(x, base, lambda, result);
            break;
        }
    }
    return result;
}

}  // namespace smidgen
