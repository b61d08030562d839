#include "engine/analysis/principal_axes.h"

#include <algorithm>
#include <cmath>

namespace smidgen {
namespace {

constexpr int kIterations = 500;
constexpr double kSettled = 1e-12;  ///< of any component of an axis
/// Variance along an axis, against the largest, below which there is none.
constexpr double kNothing = 1e-12;

using Row = std::vector<double>;

double lengthOf(const Row& row) {
    double sum = 0;
    for (const double value : row) sum += value * value;
    return std::sqrt(sum);
}

Row product(const std::vector<Row>& matrix, const Row& vector) {
    Row result(vector.size());
    for (std::size_t i = 0; i < matrix.size(); ++i)
        for (std::size_t j = 0; j < vector.size(); ++j) result[i] += matrix[i][j] * vector[j];
    return result;
}

/// The direction of most variance, and the variance along it as its length; zeros when there is none.
Row mainAxis(const std::vector<Row>& covariance, double& variance) {
    Row axis(covariance.size());
    // The row of the largest variance never lies across the axis sought.
    std::size_t widest = 0;
    for (std::size_t i = 0; i < axis.size(); ++i)
        if (covariance[i][i] > covariance[widest][widest]) widest = i;
    axis = covariance[widest];
    variance = lengthOf(axis);
    if (variance == 0) return axis;
    for (double& value : axis) value /= variance;
    for (int iteration = 0; iteration < kIterations; ++iteration) {
        Row next = product(covariance, axis);
        variance = lengthOf(next);
        if (variance == 0) return Row(axis.size());
        double moved = 0;
        for (std::size_t i = 0; i < next.size(); ++i) {
            next[i] /= variance;
            moved = std::max(moved, std::abs(next[i] - axis[i]));
        }
        axis = std::move(next);
        if (moved < kSettled) break;
    }
    const auto largest = std::ranges::max_element(axis, {}, [](double value) { return std::abs(value); });
    if (*largest < 0)
        for (double& value : axis) value = -value;
    return axis;
}

}  // namespace

PrincipalAxes principalAxes(std::span<const float> points, int dims, int most) {
    const auto width = static_cast<std::size_t>(dims);
    const std::size_t count = points.size() / width;
    PrincipalAxes found;
    found.mean.assign(width, 0.0);
    for (std::size_t i = 0; i < count * width; ++i) found.mean[i % width] += static_cast<double>(points[i]);
    for (double& value : found.mean) value /= static_cast<double>(std::max<std::size_t>(count, 1));
    std::vector<Row> covariance(width, Row(width));
    Row centred(width);
    for (std::size_t n = 0; n < count; ++n) {
        for (std::size_t i = 0; i < width; ++i)
            centred[i] = static_cast<double>(points[n * width + i]) - found.mean[i];
        for (std::size_t i = 0; i < width; ++i)
            for (std::size_t j = 0; j < width; ++j) covariance[i][j] += centred[i] * centred[j];
    }
    const double number = static_cast<double>(std::max<std::size_t>(count, 1));
    for (std::size_t i = 0; i < width; ++i) found.whole += covariance[i][i] / number;
    double largest = 0;
    for (int a = 0; a < most; ++a) {
        double variance = 0;
        Row axis = mainAxis(covariance, variance);
        largest = std::max(largest, variance);
        if (variance <= largest * kNothing) break;
        for (std::size_t i = 0; i < width; ++i)
            for (std::size_t j = 0; j < width; ++j) covariance[i][j] -= variance * axis[i] * axis[j];
        found.axes.push_back(std::move(axis));
        found.variances.push_back(variance / number);
    }
    return found;
}

std::vector<double> projectOnPrincipalAxes(std::span<const float> points, int dims, int axes) {
    const PrincipalAxes found = principalAxes(points, dims, axes);
    const auto width = static_cast<std::size_t>(dims);
    const std::size_t count = points.size() / width;
    std::vector<double> result(count * static_cast<std::size_t>(axes));
    for (std::size_t a = 0; a < found.axes.size(); ++a)
        for (std::size_t n = 0; n < count; ++n) {
            double sum = 0;
            for (std::size_t i = 0; i < width; ++i)
                sum += (static_cast<double>(points[n * width + i]) - found.mean[i]) * found.axes[a][i];
            result[n * static_cast<std::size_t>(axes) + a] = sum;
        }
    return result;
}

}  // namespace smidgen
