// Pointer, wheel and keys of the timeline.
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QTimerEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/canvas/timeline_view.h"

namespace smidgen {
namespace {

constexpr int kGrab = 5;  ///< pixels around an edge that take hold of it
constexpr int kDragDistance = 4;
constexpr double kWheelOctaves = 0.4;  ///< zoom a notch
constexpr double kNotch = 120;
constexpr double kScrollShare = 0.1;  ///< of a screen, a notch
constexpr int kAutoScrollMs = 16;
constexpr double kAutoScrollShare = 0.25;  ///< of the overshoot, a tick
constexpr double kKeyPixels = 10;

TimeRange between(double a, double b) {
    return {std::min(a, b), std::max(a, b)};
}

}  // namespace

void TimelineView::wheelEvent(QWheelEvent* event) {
    event->accept();
    if (!m_sound) return;
    const QPoint pixels = event->pixelDelta();
    const QPoint angle = event->angleDelta();
    const bool sideways = std::abs(angle.x()) > std::abs(angle.y());
    if (sideways || event->modifiers().testFlag(Qt::ShiftModifier)) {
        const double notches = (sideways ? angle.x() : angle.y()) / kNotch;
        const int moved = sideways ? pixels.x() : pixels.y();
        const double seconds =
            moved != 0 ? moved * m_axis.secondsPerPixel() : notches * kScrollShare * m_axis.span();
        m_axis.scrollTo(m_axis.start() - seconds);
        viewMoved();
    } else if (angle.y() != 0) {
        setZoom(std::exp2(angle.y() / kNotch * kWheelOctaves), event->position().x());
    }
}

/// The edge that stays when the one near `x` is taken hold of.
std::optional<double> TimelineView::farEdge(const std::optional<TimeRange>& range, double x) const {
    if (!range) return std::nullopt;
    if (std::abs(xAt(range->start) - x) <= kGrab) return range->end;
    if (std::abs(xAt(range->end) - x) <= kGrab) return range->start;
    return std::nullopt;
}

void TimelineView::mousePressEvent(QMouseEvent* event) {
    if (!m_sound) return;
    const QPoint position = event->position().toPoint();
    m_pressed = position;
    m_dragPosition = position;
    if (event->button() == Qt::MiddleButton) {
        m_drag = Drag::pan;
        m_dragOrigin = m_axis.start();
    } else if (event->button() == Qt::LeftButton) {
        startDrag(position, event->modifiers());
    }
}

void TimelineView::startDrag(const QPoint& position, Qt::KeyboardModifiers modifiers) {
    const bool ruler = position.y() < rulerRect().bottom();
    const auto kept = farEdge(ruler ? m_loop : m_selection, position.x());
    if (kept) {
        m_drag = ruler ? Drag::loop : Drag::select;
        m_dragOrigin = *kept;
    } else if (!ruler && modifiers.testFlag(Qt::ShiftModifier)) {
        const double here = secondsAt(position.x());
        m_drag = Drag::select;
        m_dragOrigin = m_playhead.value_or(0);
        if (m_selection)
            m_dragOrigin =
                here - m_selection->start < m_selection->end - here ? m_selection->end : m_selection->start;
        dragTo(position);
    } else {
        m_drag = ruler ? Drag::pressRuler : Drag::press;
        m_dragOrigin = secondsAt(position.x());
    }
}

void TimelineView::mouseMoveEvent(QMouseEvent* event) {
    const QPoint position = event->position().toPoint();
    if (m_drag == Drag::none) {
        point(position);
        return;
    }
    if ((m_drag == Drag::press || m_drag == Drag::pressRuler) &&
        std::abs(position.x() - m_pressed.x()) >= kDragDistance)
        m_drag = m_drag == Drag::press ? Drag::select : Drag::loop;
    dragTo(position);
}

void TimelineView::dragTo(const QPoint& position) {
    m_dragPosition = position;
    if (m_drag == Drag::pan) {
        m_axis.scrollTo(m_dragOrigin - (position.x() - m_pressed.x()) * m_axis.secondsPerPixel());
        viewMoved();
        return;
    }
    if (m_drag != Drag::select && m_drag != Drag::loop) return;
    const TimeRange range = between(m_dragOrigin, secondsAt(position.x()));
    if (m_drag == Drag::select) {
        setSelection(range);
    } else {
        setLoop(range);
    }
    const bool outside = position.x() < canvasRect().left() || position.x() > canvasRect().right();
    if (outside && !m_autoScroll.isActive()) m_autoScroll.start(kAutoScrollMs, this);
    if (!outside) m_autoScroll.stop();
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event) {
    m_autoScroll.stop();
    const Drag ended = std::exchange(m_drag, Drag::none);
    if (event->button() != Qt::LeftButton) return;
    if (ended == Drag::press) setSelection(std::nullopt);
    if (ended == Drag::press || ended == Drag::pressRuler) {
        m_keyOrigin.reset();
        seek(m_dragOrigin);
    }
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (!m_sound || event->button() != Qt::LeftButton) return;
    if (event->position().y() < rulerRect().bottom()) {
        setLoop(std::nullopt);
    } else {
        setSelection(TimeRange{0, m_axis.duration()});
    }
}

void TimelineView::leaveEvent(QEvent*) {
    Q_EMIT pointed(QString());
}

void TimelineView::timerEvent(QTimerEvent* event) {
    if (event->timerId() == m_refresh.timerId()) {
        m_refresh.stop();
        m_notified = false;
        soundChanged();
    } else if (event->timerId() == m_autoScroll.timerId()) {
        const QRect canvas = canvasRect();
        const int x = m_dragPosition.x();
        const double overshoot = x < canvas.left() ? x - canvas.left() : std::max(0, x - canvas.right());
        m_axis.scrollTo(m_axis.start() + overshoot * kAutoScrollShare * m_axis.secondsPerPixel());
        viewMoved();
        dragTo(m_dragPosition);
    }
}

/// Says what is under the pointer, by its shape and in words.
void TimelineView::point(const QPoint& position) {
    const bool ruler = position.y() < rulerRect().bottom();
    const bool edge = farEdge(ruler ? m_loop : m_selection, position.x()).has_value();
    setCursor(!m_sound ? Qt::ArrowCursor
              : edge   ? Qt::SizeHorCursor
              : ruler  ? Qt::ArrowCursor
                       : Qt::IBeamCursor);
    if (!m_sound) return;
    QString words = formatTime(secondsAt(position.x()));
    const QRect spectrum = spectrogramRect();
    if (spectrum.contains(position)) {
        const double height = (spectrum.bottom() + 1.0 - position.y()) / spectrum.height();
        const double hertz = spectrumFrequency(height, m_outline->rate);
        words += hertz < 1000 ? tr(" · %1 Hz").arg(hertz, 0, 'f', 0)
                              : tr(" · %1 kHz").arg(QLocale().toString(hertz / 1000, 'f', 1));
    }
    Q_EMIT pointed(words);
}

void TimelineView::seek(double seconds) {
    const double place = m_axis.clamped(seconds);
    setPlayhead(place);
    announce();
    Q_EMIT seekRequested(place);
}

void TimelineView::movePlayheadBy(double seconds, bool select) {
    const double from = m_playhead.value_or(m_selection ? m_selection->start : m_axis.start());
    const double to = m_axis.clamped(from + seconds);
    if (select) {
        if (!m_keyOrigin) m_keyOrigin = from;
        setSelection(between(*m_keyOrigin, to));
    } else {
        m_keyOrigin.reset();
    }
    if (to < m_axis.start() || to > m_axis.end()) {
        m_axis.scrollTo(to - m_axis.span() / 2);
        viewMoved();
    }
    seek(to);
}

void TimelineView::keyPressEvent(QKeyEvent* event) {
    const bool select = event->modifiers().testFlag(Qt::ShiftModifier);
    const double step =
        m_axis.secondsPerPixel() * (event->modifiers().testFlag(Qt::ControlModifier) ? 1 : kKeyPixels);
    const double here = m_playhead.value_or(0);
    if (!m_sound) {
        Canvas::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
        case Qt::Key_Left:
            return movePlayheadBy(-step, select);
        case Qt::Key_Right:
            return movePlayheadBy(step, select);
        case Qt::Key_Home:
            return movePlayheadBy(-here, select);
        case Qt::Key_End:
            return movePlayheadBy(m_axis.duration() - here, select);
        case Qt::Key_Up:
        case Qt::Key_Plus:
            return zoomIn();
        case Qt::Key_Down:
        case Qt::Key_Minus:
            return zoomOut();
        case Qt::Key_PageUp:
            return showRange(m_axis.start() - m_axis.span(), m_axis.span());
        case Qt::Key_PageDown:
            return showRange(m_axis.start() + m_axis.span(), m_axis.span());
        case Qt::Key_Escape:
            m_keyOrigin.reset();
            return setSelection(std::nullopt);
        default:
            Canvas::keyPressEvent(event);
    }
}

}  // namespace smidgen
