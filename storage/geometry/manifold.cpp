#include "storage/geometry/manifold.h"

#include <cmath>

#include "storage/geometry/hyperboloid.h"
#include "storage/geometry/sphere.h"

namespace smidgen::storage::manifold {
namespace {

/// `action(factor, first coordinate, number of coordinates)` for each factor.
template <typename Action>
void forEachFactor(const Space& space, Action action) {
    std::size_t at = 0;
    for (const Factor& factor : space.factors()) {
        const std::size_t size = chartSize(factor, Chart::hyperboloid);
        action(factor, at, size);
        at += size;
    }
}

void scaleBy(OutVector values, double factor) {
    for (double& each : values) each *= factor;
}

double euclideanNorm(Vector v) {
    double sum = 0.0;
    for (const double each : v) sum += each * each;
    return std::sqrt(sum);
}

double factorDistance(const Factor& factor, Vector x, Vector y) {
    switch (factor.kind) {
        case FactorKind::hyperbolic:
            return hyperboloid::distance(x, y, factor.curvature);
        case FactorKind::spherical:
            return sphere::angle(x, y) / std::sqrt(factor.curvature);
        case FactorKind::euclidean:
            break;
    }
    return std::sqrt(sphere::chordSquare(x, y));
}

/// The weighted sum of the points brought back into the space; false where it has no direction.
bool ambientCentroid(const Space& space, Vector points, Vector weights, OutVector mean) {
    double total = 0.0;
    for (double& each : mean) each = 0.0;
    for (std::size_t p = 0; p < weights.size(); ++p) {
        total += weights[p];
        for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += weights[p] * points[p * mean.size() + i];
    }
    scaleBy(mean, 1.0 / total);
    bool found = true;
    forEachFactor(space, [&](const Factor& factor, std::size_t at, std::size_t size) {
        const OutVector part = mean.subspan(at, size);
        if (factor.kind == FactorKind::hyperbolic) {
            const double spatial = euclideanNorm(part.subspan(1));
            const double square = (part[0] - spatial) * (part[0] + spatial);
            scaleBy(part, 1.0 / std::sqrt(factor.curvature * square));
            hyperboloid::lift(part, factor.curvature);
        } else if (factor.kind == FactorKind::spherical) {
            found = found && euclideanNorm(part) > 1e-9 && sphere::normalise(part);
        }
    });
    return found;
}

/// a·coth(a), the largest second derivative of d²/2 at √c·d = a.
double steepness(const Factor& factor, double distance) {
    if (factor.kind != FactorKind::hyperbolic) return 1.0;
    const double a = std::sqrt(factor.curvature) * distance;
    return a < 1e-3 ? 1.0 + a * a / 3.0 : a / std::tanh(a);
}

/// Moves `mean` by one step within one factor; returns the length of the step.
double improve(const Factor& factor, std::size_t at, std::size_t stride, Vector points, Vector weights,
               OutVector mean, OutVector step, OutVector towards) {
    double bound = 0.0;
    for (double& each : step) each = 0.0;
    for (std::size_t p = 0; p < weights.size(); ++p) {
        const Vector point = points.subspan(p * stride + at, mean.size());
        if (factor.kind == FactorKind::hyperbolic) {
            hyperboloid::log(mean, point, factor.curvature, towards);
        } else {
            sphere::log(mean, point, towards);
        }
        bound += weights[p] * steepness(factor, factorDistance(factor, mean, point));
        for (std::size_t i = 0; i < step.size(); ++i) step[i] += weights[p] * towards[i];
    }
    scaleBy(step, 1.0 / bound);
    if (factor.kind == FactorKind::hyperbolic) {
        hyperboloid::projectToTangent(mean, step, factor.curvature, step);
        const double length = hyperboloid::tangentNorm(mean, step, factor.curvature);
        hyperboloid::exp(mean, step, factor.curvature, step);
        for (std::size_t i = 0; i < mean.size(); ++i) mean[i] = step[i];
        return length;
    }
    sphere::projectToTangent(mean, step, step);
    const double length = euclideanNorm(step);
    sphere::exp(mean, step, step);
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] = step[i];
    return sphere::normalise(mean) ? length : 0.0;
}

}  // namespace

double distance(const Space& space, Vector x, Vector y) {
    double square = 0.0;
    forEachFactor(space, [&](const Factor& factor, std::size_t at, std::size_t size) {
        const double part = factorDistance(factor, x.subspan(at, size), y.subspan(at, size));
        square += part * part;
    });
    return std::sqrt(square);
}

void projectToTangent(const Space& space, Vector point, Vector ambient, OutVector tangent) {
    forEachFactor(space, [&](const Factor& factor, std::size_t at, std::size_t size) {
        const Vector p = point.subspan(at, size);
        const Vector v = ambient.subspan(at, size);
        const OutVector out = tangent.subspan(at, size);
        if (factor.kind == FactorKind::hyperbolic) {
            hyperboloid::projectToTangent(p, v, factor.curvature, out);
        } else if (factor.kind == FactorKind::spherical) {
            sphere::projectToTangent(p, v, out);
        } else {
            for (std::size_t i = 0; i < size; ++i) out[i] = v[i];
        }
    });
}

double norm(const Space& space, Vector point, Vector tangent) {
    double square = 0.0;
    forEachFactor(space, [&](const Factor& factor, std::size_t at, std::size_t size) {
        const Vector v = tangent.subspan(at, size);
        const double part = factor.kind == FactorKind::hyperbolic
                                ? hyperboloid::tangentNorm(point.subspan(at, size), v, factor.curvature)
                                : euclideanNorm(v);
        square += part * part;
    });
    return std::sqrt(square);
}

void exp(const Space& space, Vector point, Vector tangent, OutVector out) {
    forEachFactor(space, [&](const Factor& factor, std::size_t at, std::size_t size) {
        const Vector p = point.subspan(at, size);
        const Vector v = tangent.subspan(at, size);
        const OutVector to = out.subspan(at, size);
        if (factor.kind == FactorKind::hyperbolic) {
            hyperboloid::exp(p, v, factor.curvature, to);
        } else if (factor.kind == FactorKind::spherical) {
            for (std::size_t i = 0; i < size; ++i) to[i] = std::sqrt(factor.curvature) * v[i];
            sphere::exp(p, to, to);
        } else {
            for (std::size_t i = 0; i < size; ++i) to[i] = p[i] + v[i];
        }
    });
}

void log(const Space& space, Vector x, Vector y, OutVector tangent) {
    forEachFactor(space, [&](const Factor& factor, std::size_t at, std::size_t size) {
        const Vector from = x.subspan(at, size);
        const Vector to = y.subspan(at, size);
        const OutVector out = tangent.subspan(at, size);
        if (factor.kind == FactorKind::hyperbolic) {
            hyperboloid::log(from, to, factor.curvature, out);
        } else if (factor.kind == FactorKind::spherical) {
            sphere::log(from, to, out);
            scaleBy(out, 1.0 / std::sqrt(factor.curvature));
        } else {
            for (std::size_t i = 0; i < size; ++i) out[i] = to[i] - from[i];
        }
    });
}

void transport(const Space& space, Vector x, Vector y, Vector tangent, OutVector out) {
    forEachFactor(space, [&](const Factor& factor, std::size_t at, std::size_t size) {
        const Vector from = x.subspan(at, size);
        const Vector to = y.subspan(at, size);
        const Vector v = tangent.subspan(at, size);
        const OutVector carried = out.subspan(at, size);
        if (factor.kind == FactorKind::hyperbolic) {
            hyperboloid::transport(from, to, v, factor.curvature, carried);
        } else if (factor.kind == FactorKind::spherical) {
            sphere::transport(from, to, v, carried);
        } else {
            for (std::size_t i = 0; i < size; ++i) carried[i] = v[i];
        }
    });
}

void geodesic(const Space& space, Vector x, Vector y, double t, OutVector out) {
    forEachFactor(space, [&](const Factor& factor, std::size_t at, std::size_t size) {
        const Vector from = x.subspan(at, size);
        const Vector to = y.subspan(at, size);
        const OutVector point = out.subspan(at, size);
        if (factor.kind == FactorKind::hyperbolic) {
            hyperboloid::geodesic(from, to, t, factor.curvature, point);
        } else if (factor.kind == FactorKind::spherical) {
            sphere::geodesic(from, to, t, point);
        } else {
            for (std::size_t i = 0; i < size; ++i) point[i] = (1.0 - t) * from[i] + t * to[i];
        }
    });
}

Result<std::vector<double>> frechetMean(const Space& space, Vector points, Vector weights) {
    constexpr int kMostSteps = 2000;
    constexpr double kSmallStep = 1e-13;
    const std::size_t stride = space.chartSize(Chart::hyperboloid);
    double total = 0.0;
    for (const double weight : weights) {
        if (!(weight >= 0.0) || !std::isfinite(weight))
            return failure(ErrorCode::invalidArgument, "The weights of a mean must not be negative.");
        total += weight;
    }
    if (!(total > 0.0) || points.size() != weights.size() * stride)
        return failure(ErrorCode::invalidArgument,
                       "A mean needs as many weights as points, and one that is not 0.");
    std::vector<double> mean(stride);
    if (!ambientCentroid(space, points, weights, mean))
        return failure(ErrorCode::unusableInput,
                       "These directions balance each other out, so they have no mean.");
    std::vector<double> scratch(2 * stride);
    forEachFactor(space, [&](const Factor& factor, std::size_t at, std::size_t size) {
        if (factor.kind == FactorKind::euclidean) return;
        const std::span<double> all(scratch);
        for (int i = 0; i < kMostSteps; ++i) {
            const double moved =
                improve(factor, at, stride, points, weights, std::span(mean).subspan(at, size),
                        all.first(size), all.subspan(stride, size));
            if (moved <= kSmallStep) break;
        }
    });
    return mean;
}

}  // namespace smidgen::storage::manifold
