#include "storage/geometry/space.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "storage/geometry/ball.h"
#include "storage/geometry/gap.h"
#include "storage/geometry/sphere.h"

namespace smidgen::storage {
namespace {

using Vector = std::span<const double>;
using OutVector = std::span<double>;

/// Squares of differences of such numbers stay far from the largest float.
constexpr double kLargestNumber = 1e15;

double squareOf(Vector x) {
    double sum = 0.0;
    for (const double each : x) sum += each * each;
    return sum;
}

tl::unexpected<Error> refuse(const std::string& reason) {
    return failure(ErrorCode::invalidArgument, "This vector cannot be stored: " + reason + ".");
}

/// Ball coordinates and α of a point of a hyperbolic factor, in place: `numbers` has d + 1 elements.
Status toBallAndAlpha(const Factor& factor, Chart chart, Vector in, OutVector numbers) {
    const double c = factor.curvature;
    const OutVector u = numbers.first(static_cast<std::size_t>(factor.dimension));
    double& alpha = numbers[u.size()];
    switch (chart) {
        case Chart::hyperboloid: {
            const Vector x = in.subspan(1);
            alpha = 0.5 * (1.0 + std::sqrt(1.0 + c * squareOf(x)));
            for (std::size_t i = 0; i < u.size(); ++i) u[i] = x[i] / (2.0 * alpha);
            return {};
        }
        case Chart::ball: {
            const double square = c * squareOf(in);
            if (square >= 1.0) return refuse("it lies outside the Poincaré ball");
            alpha = 1.0 / (1.0 - square);
            for (std::size_t i = 0; i < u.size(); ++i) u[i] = in[i];
            return {};
        }
        case Chart::klein: {
            const double square = c * squareOf(in);
            if (square >= 1.0) return refuse("it lies outside the Klein ball");
            alpha = 0.5 * (1.0 + 1.0 / std::sqrt(1.0 - square));
            ball::fromKlein(in, c, u);
            return {};
        }
        case Chart::tangent:
            break;
    }
    const double a = std::sqrt(c * squareOf(in));
    const double factorOfTangent = a < 1e-6 ? 0.5 : std::tanh(0.5 * a) / a;
    alpha = std::cosh(0.5 * a) * std::cosh(0.5 * a);
    for (std::size_t i = 0; i < u.size(); ++i) u[i] = factorOfTangent * in[i];
    return {};
}

/// `numbers` of one factor as they are kept, before rounding; `radius` √c times the distance from the origin.
Status toKept(const Factor& factor, Chart chart, Vector in, OutVector numbers, double& radius) {
    if (factor.kind == FactorKind::hyperbolic) {
        if (auto placed = toBallAndAlpha(factor, chart, in, numbers); !placed) return placed;
        radius = 2.0 * std::asinh(std::sqrt(std::max(0.0, numbers.back() - 1.0)));
        if (!(radius <= kFarthestRadius))
            return refuse("it lies more than " + std::to_string(static_cast<int>(kFarthestRadius)) +
                          " curvature units from the origin. Scale the embedding down");
        return {};
    }
    if (factor.kind == FactorKind::spherical && chart == Chart::tangent) {
        sphere::expAtPole(in, numbers);
        return {};
    }
    for (std::size_t i = 0; i < in.size(); ++i) numbers[i] = in[i];
    if (factor.kind == FactorKind::spherical && !sphere::normalise(numbers))
        return refuse("its spherical part has no direction");
    return {};
}

void fromKept(const Factor& factor, Chart chart, Vector numbers, OutVector out) {
    if (factor.kind == FactorKind::spherical && chart == Chart::tangent) {
        sphere::logAtPole(numbers, out);
        return;
    }
    if (factor.kind != FactorKind::hyperbolic) {
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = numbers[i];
        return;
    }
    const double c = factor.curvature;
    const Vector u = numbers.first(static_cast<std::size_t>(factor.dimension));
    const double alpha = numbers.back();
    switch (chart) {
        case Chart::hyperboloid: {
            double square = 0.0;
            for (std::size_t i = 0; i < u.size(); ++i) {
                out[i + 1] = 2.0 * alpha * u[i];
                square += out[i + 1] * out[i + 1];
            }
            out[0] = std::sqrt(1.0 / c + square);
            return;
        }
        case Chart::ball:
            for (std::size_t i = 0; i < u.size(); ++i) out[i] = u[i];
            return;
        case Chart::klein:
            ball::toKlein(u, c, out);
            return;
        case Chart::tangent:
            break;
    }
    const double norm = std::sqrt(c * squareOf(u));
    const double stretch = norm < 1e-9 ? 2.0 : 2.0 * std::asinh(norm * std::sqrt(alpha)) / norm;
    for (std::size_t i = 0; i < u.size(); ++i) out[i] = stretch * u[i];
}

/// Squared difference of the first `count` packed numbers.
double differenceSquare(PackedView a, PackedView b, std::size_t at, std::size_t count) {
    double square = 0.0;
    for (std::size_t i = at; i < at + count; ++i) {
        const double difference = unpackNumber(a.coarse[i], a.fine[i]) - unpackNumber(b.coarse[i], b.fine[i]);
        square += difference * difference;
    }
    return square;
}

double factorRank(const Factor& factor, PackedView a, PackedView b, std::size_t at) {
    const auto dimension = static_cast<std::size_t>(factor.dimension);
    switch (factor.kind) {
        case FactorKind::euclidean:
            return differenceSquare(a, b, at, dimension);
        case FactorKind::spherical:
            return differenceSquare(a, b, at, dimension + 1);
        case FactorKind::hyperbolic:
            break;
    }
    const std::size_t last = at + dimension;
    const double alphas =
        unpackNumber(a.coarse[last], a.fine[last]) * unpackNumber(b.coarse[last], b.fine[last]);
    return 2.0 * factor.curvature * differenceSquare(a, b, at, dimension) * alphas;
}

double factorDistance(const Factor& factor, double rank) {
    switch (factor.kind) {
        case FactorKind::hyperbolic:
            return distanceFromGap(rank, factor.curvature);
        case FactorKind::spherical:
            return sphere::angleFromChordSquare(rank) / std::sqrt(factor.curvature);
        case FactorKind::euclidean:
            break;
    }
    return std::sqrt(rank);
}

}  // namespace

std::size_t packedSize(const Factor& factor) {
    return static_cast<std::size_t>(factor.dimension) + (factor.kind == FactorKind::euclidean ? 0 : 1);
}

std::size_t chartSize(const Factor& factor, Chart chart) {
    const auto dimension = static_cast<std::size_t>(factor.dimension);
    switch (factor.kind) {
        case FactorKind::hyperbolic:
            return dimension + (chart == Chart::hyperboloid ? 1 : 0);
        case FactorKind::spherical:
            return dimension + (chart == Chart::tangent ? 0 : 1);
        case FactorKind::euclidean:
            break;
    }
    return dimension;
}

Space::Space(std::vector<Factor> factors) : m_factors(std::move(factors)) {
    for (const Factor& factor : m_factors) m_packedSize += storage::packedSize(factor);
}

Result<Space> Space::create(std::vector<Factor> factors) {
    if (factors.empty() || factors.size() > kMostFactors)
        return failure(ErrorCode::invalidArgument, "A space has between 1 and " +
                                                       std::to_string(kMostFactors) + " factors, not " +
                                                       std::to_string(factors.size()) + ".");
    for (const Factor& factor : factors) {
        if (factor.dimension < 1 || factor.dimension > kMostDimensions)
            return failure(ErrorCode::invalidArgument, "A space of " + std::to_string(factor.dimension) +
                                                           " dimensions cannot be stored; the most is " +
                                                           std::to_string(kMostDimensions) + ".");
        const bool curved = factor.kind != FactorKind::euclidean;
        if (!(factor.curvature >= 1e-6 && factor.curvature <= 1e6) || (!curved && factor.curvature != 1.0))
            return failure(ErrorCode::invalidArgument,
                           "A curvature lies between 1e-6 and 1e6, and is 1 for a Euclidean factor.");
    }
    return Space(std::move(factors));
}

Space Space::hyperbolic(int dimension, double curvature) {
    return Space({Factor{FactorKind::hyperbolic, dimension, curvature}});
}

std::size_t Space::chartSize(Chart chart) const {
    std::size_t size = 0;
    for (const Factor& factor : m_factors) size += storage::chartSize(factor, chart);
    return size;
}

Result<Packing> Space::pack(Chart chart, std::span<const double> coordinates) const {
    if (coordinates.size() != chartSize(chart))
        return refuse("it has " + std::to_string(coordinates.size()) + " numbers where " +
                      std::to_string(chartSize(chart)) + " are needed");
    for (const double each : coordinates)
        if (!(std::abs(each) <= kLargestNumber)) return refuse("it has a number that is not finite or huge");
    Packing packing;
    packing.point.coarse.resize(m_packedSize);
    packing.point.fine.resize(m_packedSize);
    std::vector<double> numbers(m_packedSize);
    std::size_t from = 0;
    std::size_t to = 0;
    for (const Factor& factor : m_factors) {
        double radius = 0.0;
        const std::size_t kept = storage::packedSize(factor);
        const std::size_t given = storage::chartSize(factor, chart);
        auto placed = toKept(factor, chart, coordinates.subspan(from, given),
                             std::span(numbers).subspan(to, kept), radius);
        if (!placed) return propagate(placed);
        if (radius > kTrustedRadius) {
            std::array<char, 160> text{};
            std::snprintf(text.data(), text.size(),
                          "A vector lies %.1f curvature units from the origin; beyond %.0f distances lose "
                          "accuracy. Scale the embedding down.",
                          radius, kTrustedRadius);
            packing.warning = text.data();
        }
        from += given;
        to += kept;
    }
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        packing.point.coarse[i] = static_cast<float>(numbers[i]);
        packing.point.fine[i] = finePart(numbers[i], packing.point.coarse[i]);
    }
    return packing;
}

void Space::unpack(PackedView point, Chart chart, std::span<double> coordinates) const {
    std::vector<double> numbers(m_packedSize);
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = unpackNumber(point.coarse[i], point.fine[i]);
    std::size_t from = 0;
    std::size_t to = 0;
    for (const Factor& factor : m_factors) {
        const std::size_t kept = storage::packedSize(factor);
        const std::size_t given = storage::chartSize(factor, chart);
        fromKept(factor, chart, std::span(numbers).subspan(from, kept), coordinates.subspan(to, given));
        from += kept;
        to += given;
    }
}

Status Space::check(PackedView point) const {
    const auto unusable = [](const char* reason) {
        return failure(ErrorCode::unusableInput, std::string("A stored vector is damaged: ") + reason + ".");
    };
    if (point.coarse.size() != m_packedSize || point.fine.size() != m_packedSize)
        return unusable("it has another number of dimensions");
    std::size_t at = 0;
    for (const Factor& factor : m_factors) {
        const std::size_t kept = storage::packedSize(factor);
        const bool curved = factor.kind != FactorKind::euclidean;
        double square = 0.0;
        for (std::size_t i = at; i < at + kept; ++i) {
            const double number = unpackNumber(point.coarse[i], point.fine[i]);
            if (!(std::abs(number) <= kLargestNumber)) return unusable("a number is not finite");
            if (i + 1 < at + kept || factor.kind == FactorKind::spherical) square += number * number;
        }
        if (factor.kind == FactorKind::hyperbolic) {
            const double alpha = unpackNumber(point.coarse[at + kept - 1], point.fine[at + kept - 1]);
            const double off = std::abs(alpha * (1.0 - factor.curvature * square) - 1.0);
            if (!(alpha >= 1.0) || !(off <= 1e-5 + 1e-11 * alpha)) return unusable("it is not in the ball");
        } else if (curved && !(std::abs(square - 1.0) <= 1e-6)) {
            return unusable("it is not on the sphere");
        }
        at += kept;
    }
    return {};
}

double Space::rank(PackedView a, PackedView b) const {
    if (!isProduct()) return factorRank(m_factors.front(), a, b, 0);
    double sum = 0.0;
    std::size_t at = 0;
    for (const Factor& factor : m_factors) {
        const double distance = factorDistance(factor, factorRank(factor, a, b, at));
        sum += distance * distance;
        at += storage::packedSize(factor);
    }
    return sum;
}

double Space::distanceOfRank(double rank) const {
    return isProduct() ? std::sqrt(rank) : factorDistance(m_factors.front(), rank);
}

double Space::rankOfDistance(double distance) const {
    if (isProduct() || m_factors.front().kind == FactorKind::euclidean) return distance * distance;
    const double c = m_factors.front().curvature;
    if (m_factors.front().kind == FactorKind::hyperbolic) return gapFromDistance(distance, c);
    const double chord = 2.0 * std::sin(std::min(0.5 * std::sqrt(c) * distance, 0.5 * std::numbers::pi));
    return chord * chord;
}

}  // namespace smidgen::storage
