// Pointer, wheel and keys of the map.
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/canvas/sound_map_view.h"

namespace smidgen {
namespace {

constexpr double kDragDistance = 4;
constexpr double kWheelOctaves = 0.35;  ///< zoom a notch
constexpr double kNotch = 120;
constexpr double kKeyZoom = 1.4;
constexpr double kAside = 2.0;  ///< how much further what lies aside of an arrow's way counts

}  // namespace

bool SoundMapView::event(QEvent* event) {
    // Keys that mean something here are not the window's while the map has the keyboard.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool plain = (key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
        const bool control = key->modifiers() == Qt::ControlModifier;
        switch (key->key()) {
            case Qt::Key_Space:
            case Qt::Key_Home:
            case Qt::Key_F:
            case Qt::Key_Z:
            case Qt::Key_Left:
            case Qt::Key_Right:
            case Qt::Key_Up:
            case Qt::Key_Down:
                if (!plain && !(control && key->key() == Qt::Key_Space)) break;
                event->accept();
                return true;
            case Qt::Key_A:
                if (!control) break;
                event->accept();
                return true;
            default:
                break;
        }
    }
    return Canvas::event(event);
}

void SoundMapView::mousePressEvent(QMouseEvent* event) {
    m_pressed = m_last = event->position();
    if (event->button() == Qt::MiddleButton) {
        m_drag = Drag::move;
        return;
    }
    if (event->button() != Qt::LeftButton) return;
    const int under = pointAt(m_pressed);
    if (event->modifiers().testFlag(Qt::ShiftModifier) || m_tool == Tool::lasso) {
        m_drag = Drag::lasso;
        m_lasso = QPolygonF({m_pressed});
    } else if ((event->modifiers().testFlag(Qt::AltModifier) || m_tool == Tool::path) && under >= 0) {
        m_drag = Drag::path;
        m_pathFrom = under;
    } else {
        m_drag = Drag::press;
    }
}

void SoundMapView::mouseMoveEvent(QMouseEvent* event) {
    const QPointF position = event->position();
    switch (m_drag) {
        case Drag::none:
            hover(position);
            return;
        case Drag::press: {
            if ((position - m_pressed).manhattanLength() < kDragDistance) return;
            const int under = pointAt(m_pressed);
            m_hovered = -1;
            if (under >= 0 && m_isChosen[static_cast<std::size_t>(under)]) {
                m_drag = Drag::none;
                Q_EMIT dragStarted(under);
                return;
            }
            m_drag = Drag::move;
            [[fallthrough]];
        }
        case Drag::move:
            m_view.drag(m_last.x(), m_last.y(), position.x(), position.y());
            viewMoved();
            break;
        case Drag::lasso:
            m_lasso.append(position);
            update();
            break;
        case Drag::path:
            update();
            break;
        case Drag::away:
            break;
    }
    m_last = position;
}

void SoundMapView::mouseReleaseEvent(QMouseEvent* event) {
    const Drag drag = std::exchange(m_drag, Drag::none);
    const int under = pointAt(event->position());
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    if (drag == Drag::lasso) {
        finishLasso(control);
    } else if (drag == Drag::path) {
        const int from = std::exchange(m_pathFrom, -1);
        if (under >= 0 && under != from) Q_EMIT pathDrawn(from, under);
    } else if (drag == Drag::press && under >= 0) {
        setFocused(under);
        if (control) {
            toggleChosen(under);
        } else {
            setChosen({under});
            Q_EMIT activated(under);
        }
    } else if (drag == Drag::press && !control) {
        setChosen({});
    }
    update();
}

void SoundMapView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const int under = pointAt(event->position());
    if (under >= 0 && m_points[static_cast<std::size_t>(under)].opens) return Q_EMIT opened(under);
    m_view.centreOn(under >= 0 ? m_points[static_cast<std::size_t>(under)].place
                               : m_view.hidden(m_view.discAt(event->position().x(), event->position().y())));
    viewMoved();
}

void SoundMapView::finishLasso(bool add) {
    const QPolygonF lasso = std::exchange(m_lasso, {});
    if (lasso.size() < 3) return;
    // Looked up in a picture of it: as quick for a hundred thousand points as for ten.
    QImage inside(size(), QImage::Format_ARGB32_Premultiplied);
    inside.fill(Qt::transparent);
    QPainter painter(&inside);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Qt::SolidPattern);
    painter.drawPolygon(lasso, Qt::WindingFill);
    painter.end();
    std::vector<int> caught = add ? m_chosen : std::vector<int>();
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const auto point = static_cast<int>(i);
        if (!isFound(point) || (add && m_isChosen[i])) continue;
        const QPoint at = positionOf(point).toPoint();
        if (inside.rect().contains(at) && qAlpha(inside.pixel(at)) > 0) caught.push_back(point);
    }
    setChosen(std::move(caught));
}

void SoundMapView::hover(const QPointF& position) {
    const int under = pointAt(position);
    if (under == m_hovered) return;
    m_hovered = under;
    update();
}

void SoundMapView::leaveEvent(QEvent* event) {
    m_hovered = -1;
    update();
    Canvas::leaveEvent(event);
}

void SoundMapView::wheelEvent(QWheelEvent* event) {
    event->accept();
    const double notches = event->angleDelta().y() / kNotch;
    if (notches == 0) return;
    m_view.zoom(std::exp2(notches * kWheelOctaves), event->position().x(), event->position().y());
    viewMoved();
}

void SoundMapView::contextMenuEvent(QContextMenuEvent* event) {
    const int point = event->reason() == QContextMenuEvent::Keyboard ? m_focused : pointAt(event->pos());
    if (point < 0 && m_chosen.empty()) return;
    if (point >= 0 && !m_isChosen[static_cast<std::size_t>(point)]) setChosen({point});
    if (point >= 0) setFocused(point);
    const QPoint at = event->reason() == QContextMenuEvent::Keyboard && point >= 0
                          ? mapToGlobal(positionOf(point).toPoint())
                          : event->globalPos();
    Q_EMIT menuRequested(point, at);
}

void SoundMapView::stepFocus(const QPointF& direction, bool extend) {
    // The first one is what lies nearest to the middle, wherever the arrow points.
    const bool first = m_focused < 0;
    const QPointF from = first ? QPointF(m_view.middleX(), m_view.middleY()) : positionOf(m_focused);
    int nearest = -1;
    double least = 0;
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const auto point = static_cast<int>(i);
        if (point == m_focused || !isFound(point)) continue;
        const QPointF by = positionOf(point) - from;
        const double along = QPointF::dotProduct(by, direction);
        const double aside = std::abs(by.x() * direction.y() - by.y() * direction.x());
        if (!first && (along <= 0.01 || aside > 1.2 * along)) continue;
        const double cost = first ? std::hypot(by.x(), by.y()) : along + kAside * aside;
        if (nearest < 0 || cost < least) {
            least = cost;
            nearest = point;
        }
    }
    if (nearest < 0) return;
    if (extend) {
        std::vector<int> next = m_chosen;
        for (const int point : {m_focused, nearest})
            if (point >= 0 && std::find(next.begin(), next.end(), point) == next.end()) next.push_back(point);
        setChosen(std::move(next));
    }
    setFocused(nearest);
}

void SoundMapView::keyPressEvent(QKeyEvent* event) {
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    switch (event->key()) {
        case Qt::Key_Left:
            return stepFocus({-1, 0}, shift);
        case Qt::Key_Right:
            return stepFocus({1, 0}, shift);
        case Qt::Key_Up:
            return stepFocus({0, -1}, shift);
        case Qt::Key_Down:
            return stepFocus({0, 1}, shift);
        case Qt::Key_Space:
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (m_focused < 0) return;
            if (control) return toggleChosen(m_focused);
            if (shift && event->key() != Qt::Key_Space && m_points[static_cast<std::size_t>(m_focused)].opens)
                return Q_EMIT opened(m_focused);
            Q_EMIT activated(m_focused);
            return;
        case Qt::Key_Home:
            return centre();
        case Qt::Key_F:
            return fit();
        case Qt::Key_Z:
            return zoomBy(shift ? 1 / kKeyZoom : kKeyZoom);
        case Qt::Key_Escape:
            m_drag = Drag::none;
            m_lasso.clear();
            update();
            return setChosen({});
        case Qt::Key_A:
            if (control) {
                std::vector<int> all;
                for (std::size_t i = 0; i < m_points.size(); ++i)
                    if (isFound(static_cast<int>(i))) all.push_back(static_cast<int>(i));
                return setChosen(std::move(all));
            }
            break;
        default:
            break;
    }
    Canvas::keyPressEvent(event);
}

}  // namespace smidgen
