#include "engine/map/disc_view.h"

#include <algorithm>
#include <cmath>

namespace smidgen {
namespace {

constexpr double kMargin = 0.96;  ///< of the half of the shorter side
constexpr double kInside = 0.995;
/// cosh² of half the distance that the map's middle may be moved away: 16, past everything that lies on it.
constexpr double kFurthest = 2.2e6;

DiscPoint inside(DiscPoint point) {
    const double radius = std::abs(point);
    return radius > kInside ? point * (kInside / radius) : point;
}

}  // namespace

void DiscView::setViewport(double width, double height) {
    const double x = m_width > 1 ? (m_x - 0.5 * m_width) / m_fitted : 0;
    const double y = m_height > 1 ? (m_y - 0.5 * m_height) / m_fitted : 0;
    m_width = std::max(2.0, width);
    m_height = std::max(2.0, height);
    m_fitted = kMargin * 0.5 * std::min(m_width, m_height);
    m_x = 0.5 * m_width + x * m_fitted;
    m_y = 0.5 * m_height + y * m_fitted;
    keepInView();
}

void DiscView::fit() {
    m_a = 1.0;
    m_b = 0.0;
    m_zoom = 1;
    keepInView();
}

void DiscView::carry(DiscPoint a, DiscPoint b) {
    const DiscPoint before[] = {m_a, m_b};
    const DiscPoint product = a * m_a + b * std::conj(m_b);
    m_b = a * m_b + b * std::conj(m_a);
    // Roundings of thousands of drags must not add up.
    const double scale = 1.0 / std::sqrt(std::max(1e-300, std::norm(product) - std::norm(m_b)));
    m_a = product * scale;
    m_b *= scale;
    if (!(std::norm(m_a) < kFurthest)) {
        m_a = before[0];
        m_b = before[1];
    }
}

void DiscView::centreOn(DiscPoint mapPoint) {
    const DiscPoint place = shown(inside(mapPoint));
    const double scale = 1.0 / std::sqrt(1.0 - std::norm(place));
    carry(scale, -place * scale);
    m_x = 0.5 * m_width;
    m_y = 0.5 * m_height;
}

DiscPoint DiscView::centre() const {
    return hidden(0.0);
}

void DiscView::drag(double fromX, double fromY, double toX, double toY) {
    const DiscPoint from = discAt(fromX, fromY);
    const DiscPoint to = discAt(toX, toY);
    if (from == to) return;
    // Two half turns, about `from` and about the middle of the way: storage::DiscPan as a matrix.
    const storage::DiscPoint middle = storage::discGeodesic(from, to, 0.5);
    DiscPoint a = 1.0, b = 0.0;
    for (const DiscPoint about : {from, middle}) {
        const double scale = 1.0 / (1.0 - std::norm(about));
        const DiscPoint i{0.0, 1.0};
        const DiscPoint turnA = i * (1.0 + std::norm(about)) * scale;
        const DiscPoint turnB = -2.0 * i * about * scale;
        const DiscPoint next = turnA * a + turnB * std::conj(b);
        b = turnA * b + turnB * std::conj(a);
        a = next;
    }
    carry(a, b);
}

void DiscView::zoom(double factor, double x, double y) {
    const double zoomed = std::clamp(m_zoom * factor, 1.0, kMostZoom);
    const double by = zoomed / m_zoom;
    m_x = x + (m_x - x) * by;
    m_y = y + (m_y - y) * by;
    m_zoom = zoomed;
    keepInView();
}

void DiscView::keepInView() {
    if (m_zoom <= 1.0) {
        m_x = 0.5 * m_width;
        m_y = 0.5 * m_height;
    }
}

DiscPoint DiscView::shown(DiscPoint mapPoint) const {
    return (m_a * mapPoint + m_b) / (std::conj(m_b) * mapPoint + std::conj(m_a));
}

DiscPoint DiscView::hidden(DiscPoint discPoint) const {
    return (std::conj(m_a) * discPoint - m_b) / (m_a - std::conj(m_b) * discPoint);
}

void DiscView::spotsOf(std::span<const DiscPoint> mapPoints, std::vector<DiscSpot>& spots) const {
    spots.resize(mapPoints.size());
    // By hand, with 1 − |shown|² = (1 − |p|²)/|b̄·p + ā|²: complex division would look for infinities.
    const double ar = m_a.real(), ai = m_a.imag(), br = m_b.real(), bi = m_b.imag();
    const double scale = radius();
    for (std::size_t i = 0; i < mapPoints.size(); ++i) {
        const double x = mapPoints[i].real(), y = mapPoints[i].imag();
        const double upR = ar * x - ai * y + br, upI = ar * y + ai * x + bi;
        const double downR = br * x + bi * y + ar, downI = br * y - bi * x - ai;
        const double by = 1.0 / (downR * downR + downI * downI);
        spots[i].x = static_cast<float>(m_x + (upR * downR + upI * downI) * by * scale);
        spots[i].y = static_cast<float>(m_y - (upI * downR - upR * downI) * by * scale);
        spots[i].size = static_cast<float>((1.0 - x * x - y * y) * by);
    }
}

DiscPoint DiscView::discAt(double x, double y) const {
    return inside(DiscPoint((x - m_x) / radius(), (m_y - y) / radius()));
}

}  // namespace smidgen
