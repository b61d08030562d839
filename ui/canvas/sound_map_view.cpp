#include "ui/canvas/sound_map_view.h"

#include <algorithm>
#include <cmath>

namespace smidgen {
namespace {

constexpr double kReach = 10;         ///< of a pointer, pixels
constexpr double kWellInside = 0.72;  ///< of the disc: where the focus is brought

}  // namespace

SoundMapView::SoundMapView(const Theme& theme, QWidget* parent) : Canvas(theme, parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Map of the library"));
}

void SoundMapView::setMap(std::vector<Point> points, std::vector<Caption> captions) {
    m_points = std::move(points);
    m_captions = std::move(captions);
    m_places.clear();
    for (const Point& point : m_points) m_places.push_back(point.place);
    m_found.clear();
    m_chosen.clear();
    m_isChosen.assign(m_points.size(), false);
    m_hovered = m_focused = m_playing = -1;
    m_drag = Drag::none;
    viewMoved();
    announce();
}

void SoundMapView::setFound(std::vector<bool> found) {
    m_found = std::move(found);
    viewMoved();
    announce();
}

bool SoundMapView::isFound(int point) const {
    const auto i = static_cast<std::size_t>(point);
    return i >= m_found.size() || m_found[i];
}

void SoundMapView::setTool(Tool tool) {
    m_tool = tool;
    setCursor(tool == Tool::move ? Qt::ArrowCursor : Qt::CrossCursor);
}

void SoundMapView::setChosen(std::vector<int> points) {
    if (points == m_chosen) return;
    m_chosen = std::move(points);
    m_isChosen.assign(m_points.size(), false);
    for (const int point : m_chosen) m_isChosen[static_cast<std::size_t>(point)] = true;
    viewMoved();
    announce();
    Q_EMIT chosenChanged();
}

void SoundMapView::toggleChosen(int point) {
    std::vector<int> next = m_chosen;
    if (const auto at = std::find(next.begin(), next.end(), point); at != next.end())
        next.erase(at);
    else
        next.push_back(point);
    setChosen(std::move(next));
}

void SoundMapView::setPlaying(int point) {
    if (m_playing == point) return;
    m_playing = point;
    update();
}

void SoundMapView::setFocused(int point) {
    if (point >= 0) {
        const DiscPoint place = m_points[static_cast<std::size_t>(point)].place;
        const DiscPoint shown = m_view.shown(place);
        const QPointF at = positionOf(point);
        if (std::abs(shown) > kWellInside + 0.15 ||
            !rect().adjusted(20, 20, -20, -20).contains(at.toPoint())) {
            const DiscPoint to =
                shown * (std::min(kWellInside, std::abs(shown)) / std::max(1e-9, std::abs(shown)));
            if (m_view.zoomFactor() > 1.0) {
                m_view.centreOn(place);
            } else {
                m_view.drag(at.x(), at.y(), m_view.screenX(to), m_view.screenY(to));
            }
            viewMoved();
        }
    }
    if (m_focused == point) return;
    m_focused = point;
    update();
    announce();
    Q_EMIT focusedChanged(point);
}

void SoundMapView::fit() {
    m_view.fit();
    viewMoved();
}

void SoundMapView::centre() {
    m_view.centreOn(0.0);
    viewMoved();
}

void SoundMapView::zoomBy(double factor) {
    const QPointF middle = m_focused >= 0 ? positionOf(m_focused) : QPointF(rect().center());
    m_view.zoom(factor, middle.x(), middle.y());
    viewMoved();
}

void SoundMapView::viewMoved() {
    m_stale = true;
    update();
}

QPointF SoundMapView::positionOf(int point) const {
    const DiscPoint shown = m_view.shown(m_points[static_cast<std::size_t>(point)].place);
    return {m_view.screenX(shown), m_view.screenY(shown)};
}

std::size_t SoundMapView::cellOf(double x, double y) const {
    return static_cast<std::size_t>(static_cast<int>(y) / m_cell) * static_cast<std::size_t>(m_columns) +
           static_cast<std::size_t>(static_cast<int>(x) / m_cell);
}

int SoundMapView::pointAt(const QPointF& position) const {
    int nearest = -1;
    double least = kReach * kReach;
    const int reach = static_cast<int>(kReach) / m_cell + 1;
    const int column = static_cast<int>(position.x()) / m_cell;
    const int row = static_cast<int>(position.y()) / m_cell;
    for (int r = std::max(0, row - reach); r <= std::min(m_rows - 1, row + reach); ++r)
        for (int c = std::max(0, column - reach); c <= std::min(m_columns - 1, column + reach); ++c) {
            const int point = m_cells[static_cast<std::size_t>(r * m_columns + c)];
            if (point < 0) continue;
            const QPointF by = positionOf(point) - position;
            const double gap = QPointF::dotProduct(by, by);
            if (gap < least) {
                least = gap;
                nearest = point;
            }
        }
    return nearest;
}

void SoundMapView::resizeEvent(QResizeEvent* event) {
    m_view.setViewport(width(), height());
    viewMoved();
    Canvas::resizeEvent(event);
}

void SoundMapView::dropCaches() {
    m_sprites.clear();
    m_stale = true;
}

QString SoundMapView::spokenValue() const {
    if (m_points.empty()) return tr("Nothing is on the map.");
    QString text;
    if (m_focused >= 0) {
        const Point& point = m_points[static_cast<std::size_t>(m_focused)];
        text = point.name + QStringLiteral(", ") + point.facts;
        if (m_isChosen[static_cast<std::size_t>(m_focused)]) text += tr(", chosen");
        if (m_focused == m_playing) text += tr(", playing");
        text += QStringLiteral(". ");
    }
    text += tr("%1 on the map").arg(m_points.size());
    if (!m_found.empty()) text += tr(", %1 found").arg(std::count(m_found.begin(), m_found.end(), true));
    if (!m_chosen.empty()) text += tr(", %1 chosen").arg(m_chosen.size());
    return text + QLatin1Char('.');
}

}  // namespace smidgen
