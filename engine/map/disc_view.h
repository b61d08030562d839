// How a disc is looked at: moved by isometries, drawn larger or smaller. No Qt.
#pragma once

#include <span>
#include <vector>

#include "storage/geometry/poincare_disc.h"

namespace smidgen {

using DiscPoint = storage::DiscPoint;

/// Where something is drawn, and how large: 1 in the disc's middle, towards 0 at its rim.
struct DiscSpot {
    float x = 0, y = 0;
    float size = 0;
};

/// The map is carried by a Möbius transformation, then drawn as a disc of some radius around a middle.
/// Screen: x to the right, y down, any unit. A value.
class DiscView {
 public:
    static constexpr double kMostZoom = 64.0;  ///< times the fitted disc

    /// A viewport of that size; the disc fits into it at zoom 1.
    void setViewport(double width, double height);
    /// As at first: the map's middle in the middle, the whole disc in view.
    void fit();
    /// Brings the map's point to the middle; the zoom stays.
    void centreOn(DiscPoint mapPoint);
    [[nodiscard]] DiscPoint centre() const;  ///< the map's point that stands in the disc's middle

    /// The map's point under `from` comes under `to`. Places beyond the rim count as the nearest inside.
    /// Nothing moves when the whole map would be left behind.
    void drag(double fromX, double fromY, double toX, double toY);
    /// Draws larger (factor above 1) or smaller; what is under (x, y) stays there, unless the disc comes back
    /// to its fitted size.
    void zoom(double factor, double x, double y);
    [[nodiscard]] double zoomFactor() const { return m_zoom; }

    /// Map to disc and back.
    [[nodiscard]] DiscPoint shown(DiscPoint mapPoint) const;
    [[nodiscard]] DiscPoint hidden(DiscPoint discPoint) const;
    /// Many at once, quickly: map to screen, one spot a point in order.
    void spotsOf(std::span<const DiscPoint> mapPoints, std::vector<DiscSpot>& spots) const;
    /// Disc to screen and back; back, beyond the rim counts as the nearest inside.
    [[nodiscard]] double screenX(DiscPoint discPoint) const { return m_x + discPoint.real() * radius(); }
    [[nodiscard]] double screenY(DiscPoint discPoint) const { return m_y - discPoint.imag() * radius(); }
    [[nodiscard]] DiscPoint discAt(double x, double y) const;

    [[nodiscard]] double radius() const { return m_fitted * m_zoom; }  ///< of the drawn disc
    [[nodiscard]] double middleX() const { return m_x; }
    [[nodiscard]] double middleY() const { return m_y; }

 private:
    void carry(DiscPoint a, DiscPoint b);
    void keepInView();

    // shown(p) = (a·p + b)/(b̄·p + ā), |a|² − |b|² = 1
    DiscPoint m_a{1.0, 0.0};
    DiscPoint m_b{0.0, 0.0};
    double m_width = 1, m_height = 1;
    double m_fitted = 1;
    double m_zoom = 1;
    double m_x = 0, m_y = 0;
};

}  // namespace smidgen
