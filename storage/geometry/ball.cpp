#include "storage/geometry/ball.h"

#include <cmath>

#include "storage/geometry/gap.h"

namespace smidgen::storage::ball {
namespace {

double product(Vector a, Vector b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

/// ±u ⊕ v.
void addSigned(Vector u, double sign, Vector v, double curvature, OutVector out) {
    const double uu = curvature * product(u, u);
    const double vv = curvature * product(v, v);
    const double uv = sign * curvature * product(u, v);
    const double inverse = 1.0 / (1.0 + 2.0 * uv + uu * vv);
    const double ofU = sign * (1.0 + 2.0 * uv + vv) * inverse;
    const double ofV = (1.0 - uu) * inverse;
    for (std::size_t i = 0; i < u.size(); ++i) out[i] = ofU * u[i] + ofV * v[i];
}

}  // namespace

void fromHyperboloid(Vector hyperboloid, double curvature, OutVector ball) {
    const double factor = 1.0 / (1.0 + std::sqrt(curvature) * hyperboloid[0]);
    for (std::size_t i = 0; i < ball.size(); ++i) ball[i] = factor * hyperboloid[i + 1];
}

void toHyperboloid(Vector ball, double curvature, OutVector hyperboloid) {
    const double twice = 2.0 * alpha(ball, curvature);
    double square = 0.0;
    for (std::size_t i = ball.size(); i-- > 0;) {
        const double x = twice * ball[i];
        hyperboloid[i + 1] = x;
        square += x * x;
    }
    hyperboloid[0] = std::sqrt(1.0 / curvature + square);
}

void toKlein(Vector ball, double curvature, OutVector klein) {
    const double factor = 2.0 / (1.0 + curvature * product(ball, ball));
    for (std::size_t i = 0; i < ball.size(); ++i) klein[i] = factor * ball[i];
}

void fromKlein(Vector klein, double curvature, OutVector ball) {
    const double factor = 1.0 / (1.0 + std::sqrt(1.0 - curvature * product(klein, klein)));
    for (std::size_t i = 0; i < klein.size(); ++i) ball[i] = factor * klein[i];
}

double alpha(Vector ball, double curvature) {
    return 1.0 / (1.0 - curvature * product(ball, ball));
}

double gap(Vector u, Vector v, double curvature) {
    double square = 0.0;
    for (std::size_t i = 0; i < u.size(); ++i) square += (u[i] - v[i]) * (u[i] - v[i]);
    return 2.0 * curvature * square * alpha(u, curvature) * alpha(v, curvature);
}

double distance(Vector u, Vector v, double curvature) {
    return distanceFromGap(gap(u, v, curvature), curvature);
}

void add(Vector u, Vector v, double curvature, OutVector out) {
    addSigned(u, 1.0, v, curvature, out);
}

void scale(double t, Vector u, double curvature, OutVector out) {
    const double norm = std::sqrt(curvature * product(u, u));
    const double factor = norm < 1e-12 ? t : std::tanh(t * std::atanh(norm)) / norm;
    for (std::size_t i = 0; i < u.size(); ++i) out[i] = factor * u[i];
}

void geodesic(Vector u, Vector v, double t, double curvature, OutVector out) {
    addSigned(u, -1.0, v, curvature, out);
    scale(t, out, curvature, out);
    addSigned(u, 1.0, out, curvature, out);
}

}  // namespace smidgen::storage::ball
