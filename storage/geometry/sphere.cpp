#include "storage/geometry/sphere.h"

#include <algorithm>
#include <cmath>

#include "storage/geometry/gap.h"

namespace smidgen::storage::sphere {
namespace {

double product(Vector a, Vector b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

}  // namespace

bool normalise(OutVector point) {
    const double norm = std::sqrt(product(point, point));
    if (!(norm > 0.0) || !std::isfinite(norm)) return false;
    for (double& x : point) x /= norm;
    return true;
}

double chordSquare(Vector x, Vector y) {
    double square = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) square += (x[i] - y[i]) * (x[i] - y[i]);
    return square;
}

double angleFromChordSquare(double chordSquare) {
    return 2.0 * std::atan2(std::sqrt(chordSquare), std::sqrt(std::max(0.0, 4.0 - chordSquare)));
}

double angle(Vector x, Vector y) {
    return angleFromChordSquare(chordSquare(x, y));
}

void projectToTangent(Vector point, Vector ambient, OutVector tangent) {
    const double along = product(point, ambient);
    for (std::size_t i = 0; i < point.size(); ++i) tangent[i] = ambient[i] - along * point[i];
}

void expAtPole(Vector tangent, OutVector point) {
    const double length = std::sqrt(product(tangent, tangent));
    const double factor = sineOverArgument(length);
    for (std::size_t i = tangent.size(); i-- > 0;) point[i + 1] = factor * tangent[i];
    point[0] = std::cos(length);
}

void logAtPole(Vector point, OutVector tangent) {
    const Vector across = point.subspan(1);
    const double sine = std::sqrt(product(across, across));
    const double factor = sine > 0.0 ? std::atan2(sine, point[0]) / sine : 0.0;
    for (std::size_t i = 0; i < tangent.size(); ++i) tangent[i] = factor * across[i];
}

void exp(Vector point, Vector tangent, OutVector out) {
    const double length = std::sqrt(product(tangent, tangent));
    const double ofPoint = std::cos(length);
    const double ofTangent = sineOverArgument(length);
    for (std::size_t i = 0; i < point.size(); ++i) out[i] = ofPoint * point[i] + ofTangent * tangent[i];
}

void log(Vector x, Vector y, OutVector tangent) {
    const double square = chordSquare(x, y);
    // y − ⟨x, y⟩x = (y − x) + (s²/2)x; its length is the sine.
    const double sine = std::sqrt(square * std::max(0.0, 1.0 - 0.25 * square));
    const double factor = sine > 0.0 ? angleFromChordSquare(square) / sine : 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) tangent[i] = factor * ((y[i] - x[i]) + 0.5 * square * x[i]);
}

void transport(Vector x, Vector y, Vector tangent, OutVector out) {
    const double factor = product(y, tangent) / std::max(2.0 - 0.5 * chordSquare(x, y), 1e-300);
    for (std::size_t i = 0; i < x.size(); ++i) out[i] = tangent[i] - factor * (x[i] + y[i]);
}

void geodesic(Vector x, Vector y, double t, OutVector out) {
    const double whole = angle(x, y);
    const double sine = sineOverArgument(whole);
    const double fromX = (1.0 - t) * sineOverArgument((1.0 - t) * whole) / sine;
    const double fromY = t * sineOverArgument(t * whole) / sine;
    for (std::size_t i = 0; i < x.size(); ++i) out[i] = fromX * x[i] + fromY * y[i];
}

}  // namespace smidgen::storage::sphere
