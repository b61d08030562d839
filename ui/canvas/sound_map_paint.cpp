// What the map looks like: one picture of all points, kept while the view stands still, and marks above it.
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/canvas/sound_map_view.h"
#include "ui/canvas/wave_painter.h"
#include "ui/theme/metrics.h"

namespace smidgen {
namespace {

constexpr int kSizes = 5;
constexpr double kRadii[kSizes] = {1.5, 2.25, 3.25, 4.5, 6.0};
constexpr double kDimmed = 0.22;
constexpr double kDiamond = 1.3;      ///< times the radius of a disc
constexpr double kTriangle = 1.45;    ///< the same; its middle is that of its area
constexpr double kChosenReach = 3.0;  ///< of the ring around what is chosen, with its corners
constexpr std::size_t kFew = 400;     ///< below, points are drawn larger
constexpr std::size_t kMany = 5000;   ///< above, smaller
constexpr double kHoverWidth = 220;
constexpr double kHoverWave = 40;
constexpr int kMostCaptions = 40;
constexpr int kArc = 48;  ///< pieces of a geodesic

void blend(QImage& onto, const QImage& sprite, int left, int top) {
    const int x0 = std::max(0, left), x1 = std::min(onto.width(), left + sprite.width());
    const int y0 = std::max(0, top), y1 = std::min(onto.height(), top + sprite.height());
    for (int y = y0; y < y1; ++y) {
        auto* to = reinterpret_cast<QRgb*>(onto.scanLine(y));
        const auto* from = reinterpret_cast<const QRgb*>(sprite.constScanLine(y - top));
        for (int x = x0; x < x1; ++x) {
            const QRgb over = from[x - left];
            const unsigned alpha = qAlpha(over);
            if (alpha == 0) continue;
            if (alpha == 255) {
                to[x] = over;
                continue;
            }
            const QRgb under = to[x];
            const unsigned rest = 255 - alpha;
            // Two channels at a time: x · rest / 255, rounded.
            unsigned rb = (under & 0xff00ff) * rest;
            rb = ((rb + ((rb >> 8) & 0xff00ff) + 0x800080) >> 8) & 0xff00ff;
            unsigned ag = ((under >> 8) & 0xff00ff) * rest;
            ag = (ag + ((ag >> 8) & 0xff00ff) + 0x800080) & 0xff00ff00;
            to[x] = over + (rb | ag);
        }
    }
}

QPainterPath outline(SoundMapView::Shape shape, const QPointF& middle, double radius) {
    QPainterPath path;
    switch (shape) {
        case SoundMapView::Shape::disc:
            path.addEllipse(middle, radius, radius);
            break;
        case SoundMapView::Shape::diamond: {
            const double r = radius * kDiamond;
            path.addPolygon(
                QPolygonF({middle + QPointF(0, -r), middle + QPointF(r, 0), middle + QPointF(0, r),
                           middle + QPointF(-r, 0), middle + QPointF(0, -r)}));
            break;
        }
        case SoundMapView::Shape::square: {
            const double r = radius * 0.9;
            path.addRect(QRectF(middle - QPointF(r, r), QSizeF(2 * r, 2 * r)));
            break;
        }
        case SoundMapView::Shape::triangle: {
            const double r = radius * kTriangle, half = r * 0.5, side = r * 0.866;
            path.addPolygon(QPolygonF({middle + QPointF(0, -r), middle + QPointF(side, half),
                                       middle + QPointF(-side, half), middle + QPointF(0, -r)}));
            break;
        }
    }
    return path;
}

}  // namespace

const QImage& SoundMapView::sprite(Shape shape, Token tint, int size, State state) {
    const int key = ((static_cast<int>(shape) * kTokenCount + static_cast<int>(tint)) * kSizes + size) * 3 +
                    static_cast<int>(state);
    QImage& image = m_sprites[key];
    if (!image.isNull()) return image;
    const double ratio = devicePixelRatioF();
    const double radius = kRadii[size];
    const double reach = radius * (shape == Shape::diamond    ? kDiamond
                                   : shape == Shape::triangle ? kTriangle
                                                              : 1.0) +
                         (state == State::chosen ? kChosenReach : 0.0) + 0.5;
    const int side = static_cast<int>(std::ceil(2 * reach * ratio)) | 1;
    image = QImage(side, side, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(side / 2.0, side / 2.0);
    painter.scale(ratio, ratio);
    QColor colour = theme().colour(tint);
    if (state == State::dimmed) colour.setAlphaF(static_cast<float>(kDimmed));
    painter.setBrush(colour);
    painter.setPen(state == State::chosen ? QPen(theme().colour(Token::text), 1.5) : QPen(Qt::NoPen));
    painter.drawPath(outline(shape, {}, radius + (state == State::chosen ? 1.0 : 0.0)));
    return image;
}

void SoundMapView::rebuild() {
    const double ratio = devicePixelRatioF();
    const QSize size = (QSizeF(this->size()) * ratio).toSize();
    if (m_picture.size() != size) m_picture = QImage(size, QImage::Format_ARGB32_Premultiplied);
    m_picture.fill(Qt::transparent);
    m_cell = m_points.size() < kMany ? 3 : 4;
    m_columns = width() / m_cell + 1;
    m_rows = height() / m_cell + 1;
    m_cells.assign(static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_rows), -1);
    for (auto& drawn : m_drawn) drawn.clear();
    m_view.spotsOf(m_places, m_spots);
    const double base = m_points.size() < kFew ? 5.5 : m_points.size() < kMany ? 4.0 : 2.6;
    const double scale = base * std::sqrt(m_view.zoomFactor());
    // The chosen first, then what was found: where several fall together, the more important one is drawn.
    const auto offer = [&](std::size_t i, State state) {
        const DiscSpot& spot = m_spots[i];
        if (!(spot.x >= 0 && spot.y >= 0 && spot.x < width() && spot.y < height())) return;
        int& cell = m_cells[cellOf(spot.x, spot.y)];
        if (cell >= 0) return;
        cell = static_cast<int>(i);
        const double radius = scale * (0.35 + 0.65 * spot.size);
        int step = 0;
        while (step + 1 < kSizes && kRadii[step + 1] <= radius) ++step;
        m_drawn[static_cast<int>(state)].push_back({static_cast<int>(i), step});
    };
    for (const int point : m_chosen) offer(static_cast<std::size_t>(point), State::chosen);
    for (std::size_t i = 0; i < m_points.size(); ++i)
        if (isFound(static_cast<int>(i))) offer(i, State::normal);
    if (!m_found.empty())
        for (std::size_t i = 0; i < m_points.size(); ++i)
            if (!m_found[i]) offer(i, State::dimmed);
    for (const State state : {State::dimmed, State::normal, State::chosen}) {
        const QImage* image = nullptr;
        Drawn last{-1, -1};
        for (const Drawn& drawn : m_drawn[static_cast<int>(state)]) {
            const Point& point = m_points[static_cast<std::size_t>(drawn.point)];
            if (image == nullptr || drawn.size != last.size ||
                point.shape != m_points[static_cast<std::size_t>(last.point)].shape ||
                point.tint != m_points[static_cast<std::size_t>(last.point)].tint)
                image = &sprite(point.shape, point.tint, drawn.size, state);
            last = drawn;
            const DiscSpot& spot = m_spots[static_cast<std::size_t>(drawn.point)];
            blend(m_picture, *image, static_cast<int>(std::lround(spot.x * ratio)) - image->width() / 2,
                  static_cast<int>(std::lround(spot.y * ratio)) - image->height() / 2);
        }
    }
    m_picture.setDevicePixelRatio(ratio);
    m_stale = false;
}

void SoundMapView::paintBackground(QPainter& painter) const {
    painter.fillRect(rect(), theme().colour(Token::background));
    const QPointF middle(m_view.middleX(), m_view.middleY());
    painter.setPen(QPen(theme().colour(Token::line), 1));
    painter.setBrush(theme().colour(Token::panel));
    painter.drawEllipse(middle, m_view.radius(), m_view.radius());
    // The middle of the map, where the general lies.
    const DiscPoint home = m_view.shown(0.0);
    const QPointF at(m_view.screenX(home), m_view.screenY(home));
    painter.drawLine(at - QPointF(5, 0), at + QPointF(5, 0));
    painter.drawLine(at - QPointF(0, 5), at + QPointF(0, 5));
}

void SoundMapView::paintCaptions(QPainter& painter) const {
    painter.setFont(Theme::font(TextRole::small));
    const QFontMetricsF metrics(painter.font());
    std::vector<QRectF> taken;
    for (const Caption& caption : m_captions) {
        if (taken.size() >= kMostCaptions) break;
        const DiscPoint shown = m_view.shown(caption.centre);
        const double room = m_view.radius() * (1.0 - std::norm(shown)) * std::tanh(0.5 * caption.reach);
        const double wide = metrics.horizontalAdvance(caption.words);
        if (2.0 * room < 0.6 * wide || room < 14) continue;
        QRectF box(0, 0, wide + 8, metrics.height() + 2);
        box.moveCenter({m_view.screenX(shown), m_view.screenY(shown)});
        if (!QRectF(rect()).contains(box)) continue;
        if (std::any_of(taken.begin(), taken.end(),
                        [&](const QRectF& other) { return other.adjusted(-6, -3, 6, 3).intersects(box); }))
            continue;
        taken.push_back(box);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().translucent(Token::panel, 0.78));
        painter.drawRoundedRect(box, 3, 3);
        painter.setPen(theme().colour(Token::text));
        painter.drawText(box, Qt::AlignCenter, caption.words);
    }
}

void SoundMapView::paintMarks(QPainter& painter) const {
    const auto ring = [&](int point, const QColor& colour, double radius, double width) {
        painter.setPen(QPen(colour, width));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(positionOf(point), radius, radius);
    };
    if (m_playing >= 0) ring(m_playing, theme().colour(Token::sound), 11, 2.5);
    if (m_hovered >= 0) ring(m_hovered, theme().colour(Token::dim), 8, 1.5);
    if (m_focused >= 0) ring(m_focused, theme().colour(Token::text), 9, showsFocus() ? 2.5 : 1.5);
    if (m_drag == Drag::lasso && m_lasso.size() > 1) {
        painter.setPen(QPen(theme().colour(Token::text), 1.5, Qt::DashLine));
        painter.setBrush(theme().translucent(Token::selection, 0.45));
        painter.drawPolygon(m_lasso);
    }
    if (m_drag == Drag::path && m_pathFrom >= 0) {
        const DiscPoint from = m_view.shown(m_points[static_cast<std::size_t>(m_pathFrom)].place);
        const int over = pointAt(m_last);
        const DiscPoint to = over >= 0 ? m_view.shown(m_points[static_cast<std::size_t>(over)].place)
                                       : m_view.discAt(m_last.x(), m_last.y());
        QPolygonF arc;
        for (int i = 0; i <= kArc; ++i) {
            const DiscPoint at = storage::discGeodesic(from, to, static_cast<double>(i) / kArc);
            arc.append({m_view.screenX(at), m_view.screenY(at)});
        }
        painter.setPen(QPen(theme().colour(Token::sound), 2.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(arc);
        ring(m_pathFrom, theme().colour(Token::sound), 9, 2.5);
        if (over >= 0 && over != m_pathFrom) ring(over, theme().colour(Token::sound), 9, 2.5);
    }
}

void SoundMapView::paintHover(QPainter& painter) const {
    if (m_hovered < 0 || m_drag != Drag::none) return;
    const Point& point = m_points[static_cast<std::size_t>(m_hovered)];
    const bool wave = point.peaks != nullptr && !point.peaks->empty();
    QFontMetricsF strong(Theme::font(TextRole::strong));
    QFontMetricsF small(Theme::font(TextRole::small));
    QRectF box(0, 0, kHoverWidth,
               2 * metrics::kSpaceS + strong.height() + small.height() + (wave ? kHoverWave : 0));
    const QPointF at = positionOf(m_hovered);
    box.moveTopLeft(at + QPointF(14, 14));
    if (box.right() > width() - 4) box.moveRight(at.x() - 14);
    if (box.bottom() > height() - 4) box.moveBottom(at.y() - 14);
    painter.setPen(QPen(theme().colour(Token::line), 1));
    painter.setBrush(theme().colour(Token::raised));
    painter.drawRoundedRect(box, metrics::kRadius, metrics::kRadius);
    QRectF inner = box.adjusted(metrics::kSpaceS, metrics::kSpaceS, -metrics::kSpaceS, -metrics::kSpaceS);
    painter.setPen(theme().colour(Token::text));
    painter.setFont(Theme::font(TextRole::strong));
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignTop,
                     strong.elidedText(point.name, Qt::ElideMiddle, inner.width()));
    inner.setTop(inner.top() + strong.height());
    painter.setPen(theme().colour(Token::dim));
    painter.setFont(Theme::font(TextRole::small));
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignTop,
                     small.elidedText(point.facts, Qt::ElideRight, inner.width()));
    inner.setTop(inner.top() + small.height() + metrics::kSpaceXs);
    if (wave) paintWave(painter, inner, *point.peaks, {theme().colour(Token::sound), {}, 0, true});
}

void SoundMapView::paintEvent(QPaintEvent*) {
    if (m_stale) rebuild();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintBackground(painter);
    painter.drawImage(QPointF(0, 0), m_picture);
    paintCaptions(painter);
    paintMarks(painter);
    paintHover(painter);
    if (showsFocus()) paintFocusRing(painter, rect(), 0);
}

}  // namespace smidgen
