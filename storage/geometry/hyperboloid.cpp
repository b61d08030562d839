#include "storage/geometry/hyperboloid.h"

#include <cmath>

#include "storage/geometry/gap.h"

namespace smidgen::storage::hyperboloid {
namespace {

double spatialProduct(Vector x, Vector y) {
    double sum = 0.0;
    for (std::size_t i = 1; i < x.size(); ++i) sum += x[i] * y[i];
    return sum;
}

/// The time coordinate that makes `tangent` tangent at `point`.
void completeTangent(Vector point, OutVector tangent) {
    tangent[0] = spatialProduct(point, tangent) / point[0];
}

}  // namespace

void lift(OutVector point, double curvature) {
    point[0] = std::sqrt(1.0 / curvature + spatialProduct(point, point));
}

double scaledRadius(Vector point, double curvature) {
    return std::asinh(std::sqrt(curvature * spatialProduct(point, point)));
}

double gap(Vector x, Vector y, double curvature) {
    const double root = std::sqrt(curvature);
    const double scaleX = 1.0 / (1.0 + root * x[0]);
    const double scaleY = 1.0 / (1.0 + root * y[0]);
    double square = 0.0;
    for (std::size_t i = 1; i < x.size(); ++i) {
        const double difference = x[i] * scaleX - y[i] * scaleY;
        square += difference * difference;
    }
    return 0.5 * curvature * square / (scaleX * scaleY);
}

double distance(Vector x, Vector y, double curvature) {
    return distanceFromGap(gap(x, y, curvature), curvature);
}

void projectToTangent(Vector point, Vector ambient, double curvature, OutVector tangent) {
    const double product = curvature * (spatialProduct(point, ambient) - point[0] * ambient[0]);
    for (std::size_t i = 0; i < point.size(); ++i) tangent[i] = ambient[i] + product * point[i];
    completeTangent(point, tangent);
}

double tangentProduct(Vector point, Vector v, Vector w, double curvature) {
    const double square = spatialProduct(point, point);
    if (square == 0.0) return spatialProduct(v, w);
    const double alongV = spatialProduct(point, v) / square;
    const double alongW = spatialProduct(point, w) / square;
    double across = 0.0;
    for (std::size_t i = 1; i < point.size(); ++i)
        across += (v[i] - alongV * point[i]) * (w[i] - alongW * point[i]);
    return across + alongV * alongW * square / (curvature * point[0] * point[0]);
}

double tangentNorm(Vector point, Vector v, double curvature) {
    return std::sqrt(tangentProduct(point, v, v, curvature));
}

void expAtOrigin(Vector tangent, double curvature, OutVector point) {
    double square = 0.0;
    for (const double t : tangent) square += t * t;
    const double factor = sinhOverArgument(std::sqrt(curvature * square));
    for (std::size_t i = tangent.size(); i-- > 0;) point[i + 1] = factor * tangent[i];
    lift(point, curvature);
}

void logAtOrigin(Vector point, double curvature, OutVector tangent) {
    const double sinh = std::sqrt(curvature * spatialProduct(point, point));
    const double factor = sinh < 1e-4 ? 1.0 - sinh * sinh / 6.0 : std::asinh(sinh) / sinh;
    for (std::size_t i = 0; i < tangent.size(); ++i) tangent[i] = factor * point[i + 1];
}

void exp(Vector point, Vector tangent, double curvature, OutVector out) {
    const double root = std::sqrt(curvature);
    const double radial = std::sqrt(spatialProduct(point, point));
    if (radial == 0.0) {
        expAtOrigin(tangent.subspan(1), curvature, out);
        return;
    }
    // In units of 1/√c: radius R, way a, and its angle to the outward radius.
    const double outward = spatialProduct(point, tangent) / radial;
    double acrossSquare = 0.0;
    for (std::size_t i = 1; i < point.size(); ++i) {
        const double across = tangent[i] - outward * point[i] / radial;
        acrossSquare += across * across;
    }
    const double along = outward / (root * point[0]);
    const double length = std::sqrt(acrossSquare + along * along);
    const double a = root * length;
    const double radius = std::asinh(root * radial);
    double plus = 1.0;   // 1 + cos of the angle
    double minus = 1.0;  // 1 − cos of the angle
    if (length > 0.0) {
        const double cosine = along / length;
        const double sineSquare = acrossSquare / (length * length);
        plus = cosine > 0.0 ? 1.0 + cosine : sineSquare / (1.0 - cosine);
        minus = cosine > 0.0 ? sineSquare / (1.0 + cosine) : 1.0 - cosine;
    }
    const double forward = 0.5 * (std::sinh(radius + a) * plus + std::sinh(radius - a) * minus) / root;
    const double sideways = sinhOverArgument(a);
    for (std::size_t i = 1; i < point.size(); ++i) {
        const double direction = point[i] / radial;
        out[i] = forward * direction + sideways * (tangent[i] - outward * direction);
    }
    lift(out, curvature);
}

void log(Vector x, Vector y, double curvature, OutVector tangent) {
    const double z = gap(x, y, curvature);
    const double factor = argumentOverSinh(z);
    double time = 0.0;
    for (std::size_t i = 1; i < x.size(); ++i) {
        const double origin = x[i];
        tangent[i] = factor * ((y[i] - origin) - z * origin);
        time += origin * tangent[i];
    }
    tangent[0] = time / x[0];
}

void transport(Vector x, Vector y, Vector tangent, double curvature, OutVector out) {
    const double z = gap(x, y, curvature);
    double product = -(y[0] - x[0]) * tangent[0];
    for (std::size_t i = 1; i < x.size(); ++i) product += (y[i] - x[i]) * tangent[i];
    const double factor = curvature * product / (2.0 + z);
    for (std::size_t i = 1; i < x.size(); ++i) out[i] = tangent[i] + factor * (x[i] + y[i]);
    completeTangent(y, out);
}

void geodesic(Vector x, Vector y, double t, double curvature, OutVector out) {
    const double a = distanceFromGap(gap(x, y, curvature), 1.0);
    const double whole = sinhOverArgument(a);
    const double fromX = (1.0 - t) * sinhOverArgument((1.0 - t) * a) / whole;
    const double fromY = t * sinhOverArgument(t * a) / whole;
    for (std::size_t i = 1; i < x.size(); ++i) out[i] = fromX * x[i] + fromY * y[i];
    lift(out, curvature);
}

}  // namespace smidgen::storage::hyperboloid
