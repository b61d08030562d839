// Pointer and keys of the code grid.
#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "ui/canvas/code_grid_view.h"

namespace smidgen {
namespace {

constexpr std::int64_t kBigStep = 10;

/// From cell to cell, both included, one frame or level at a time along the longer way (Bresenham 1965).
std::vector<CodeCell> cellsBetween(const CodeCell& a, const CodeCell& b) {
    const std::int64_t frames = b.frame - a.frame;
    const int levels = b.level - a.level;
    const std::int64_t steps = std::max<std::int64_t>(std::abs(frames), std::abs(levels));
    std::vector<CodeCell> cells{a};
    for (std::int64_t i = 1; i <= steps; ++i) {
        const double share = static_cast<double>(i) / static_cast<double>(steps);
        cells.push_back({a.channel, a.level + static_cast<int>(std::lround(share * levels)),
                         a.frame + std::llround(share * static_cast<double>(frames))});
    }
    return cells;
}

}  // namespace

void CodeGridView::resizeEvent(QResizeEvent* event) {
    Canvas::resizeEvent(event);
    m_pictureStale = true;
}

void CodeGridView::wheelEvent(QWheelEvent* event) {
    Q_EMIT wheelTurned(event);
    event->accept();
}

void CodeGridView::mousePressEvent(QMouseEvent* event) {
    if (!m_document || event->button() != Qt::LeftButton) return Canvas::mousePressEvent(event);
    m_editor->hide();
    endStroke();
    const auto cell = cellAt(event->position());
    if (!cell) return;
    if (event->modifiers().testFlag(Qt::AltModifier)) {
        setCursorCell(*cell);
        Q_EMIT picked(*cell);
        return;
    }
    if (m_tool != CodeTool::select) {
        setCursorCell(*cell);
        beginStroke(Drag::stroke);
        return;
    }
    m_adding = event->modifiers().testFlag(Qt::ControlModifier);
    m_before = m_selection;
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        m_cursor = *cell;
        m_drag = Drag::marquee;
        select(regionBetween(m_anchor, *cell), m_adding);
        Q_EMIT cursorMoved();
        return;
    }
    m_drag = Drag::marquee;
    setCursorCell(*cell);
    if (m_adding && m_selection.has(*cell)) {
        toggleCursor();
        m_drag = Drag::none;
        return;
    }
    select({m_channel, cell->level, 1, cell->frame, 1}, m_adding);
}

void CodeGridView::select(const CodeRegion& region, bool adding) {
    CodeSelection chosen = adding ? m_before : CodeSelection(*m_document, m_channel);
    chosen.add(region);
    setSelection(std::move(chosen));
}

void CodeGridView::mouseMoveEvent(QMouseEvent* event) {
    if (!m_document) return;
    if (m_drag == Drag::none || m_drag == Drag::keyStroke) {
        const auto cell = cellAt(event->position());
        Q_EMIT pointed(cell ? wordsFor(*cell) : QString());
        return;
    }
    dragTo(event->position());
}

void CodeGridView::dragTo(const QPointF& place) {
    const CodeCell cell = nearestCell(place);
    if (m_drag == Drag::stroke) return strokeTo(cell);
    if (cell == m_cursor) return;
    m_cursor = cell;
    select(regionBetween(m_anchor, cell), m_adding);
    Q_EMIT cursorMoved();
}

/// At the cursor.
void CodeGridView::beginStroke(Drag by) {
    m_drag = by;
    m_lastCrossed = m_cursor;
    Q_EMIT strokeBegan(m_cursor);
    Q_EMIT strokeCrossed({m_cursor});
}

void CodeGridView::strokeTo(const CodeCell& cell) {
    if (cell == m_lastCrossed) return;
    const std::vector<CodeCell> cells = cellsBetween(m_lastCrossed, cell);
    m_lastCrossed = cell;
    m_cursor = m_anchor = cell;
    Q_EMIT strokeCrossed(cells);
    Q_EMIT cursorMoved();
}

void CodeGridView::endStroke() {
    const Drag drag = std::exchange(m_drag, Drag::none);
    if (drag == Drag::stroke || drag == Drag::keyStroke) Q_EMIT strokeEnded();
}

void CodeGridView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && m_drag != Drag::keyStroke) endStroke();
}

void CodeGridView::mouseDoubleClickEvent(QMouseEvent* event) {
    const auto cell = cellAt(event->position());
    if (!cell || event->button() != Qt::LeftButton) return;
    if (m_tool != CodeTool::select) return mousePressEvent(event);
    setCursorCell(*cell);
    m_before = m_selection;
    select({m_channel, 0, m_document->levels(), cell->frame, 1},
           event->modifiers().testFlag(Qt::ControlModifier));
}

void CodeGridView::leaveEvent(QEvent*) {
    Q_EMIT pointed(QString());
}

void CodeGridView::toggleCursor() {
    CodeSelection other = m_selection;
    other.set(m_cursor, !m_selection.has(m_cursor));
    setSelection(std::move(other));
}

void CodeGridView::moveCursor(int levels, std::int64_t frames, Qt::KeyboardModifiers modifiers) {
    const bool extend = modifiers.testFlag(Qt::ShiftModifier);
    const CodeCell to{m_channel, std::clamp(m_cursor.level + levels, 0, m_document->levels() - 1),
                      std::clamp<std::int64_t>(m_cursor.frame + frames, 0, m_document->frames().value - 1)};
    if (extend && m_tool != CodeTool::select) {
        if (m_drag != Drag::keyStroke) beginStroke(Drag::keyStroke);
        strokeTo(to);
        select({m_channel, to.level, 1, to.frame, 1}, false);
        announce();
    } else if (extend) {
        m_cursor = to;
        select(regionBetween(m_anchor, to), false);
        update();
        announce();
        Q_EMIT cursorMoved();
    } else {
        setCursorCell(to);
        if (!modifiers.testFlag(Qt::AltModifier)) select({m_channel, to.level, 1, to.frame, 1}, false);
    }
    Q_EMIT revealRequested(secondsOf(to.frame), secondsOf(to.frame + 1));
}

bool CodeGridView::event(QEvent* event) {
    // Comes before every key, also one that is somebody else's: what is no part of a stroke ends it.
    if (event->type() == QEvent::ShortcutOverride && m_drag == Drag::keyStroke) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool arrow = key->key() >= Qt::Key_Left && key->key() <= Qt::Key_Down;
        const bool modifier = key->key() >= Qt::Key_Shift && key->key() <= Qt::Key_Alt;
        if (!modifier && !(arrow && key->modifiers().testFlag(Qt::ShiftModifier))) endStroke();
    }
    return Canvas::event(event);
}

void CodeGridView::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Shift && m_drag == Drag::keyStroke) endStroke();
    Canvas::keyReleaseEvent(event);
}

void CodeGridView::focusOutEvent(QFocusEvent* event) {
    if (m_drag == Drag::keyStroke) endStroke();
    Canvas::focusOutEvent(event);
}

void CodeGridView::keyPressEvent(QKeyEvent* event) {
    if (!m_document) return Canvas::keyPressEvent(event);
    const Qt::KeyboardModifiers modifiers = event->modifiers();
    const std::int64_t step = modifiers.testFlag(Qt::ControlModifier) ? kBigStep : 1;
    switch (event->key()) {
        case Qt::Key_Left:
            return moveCursor(0, -step, modifiers);
        case Qt::Key_Right:
            return moveCursor(0, step, modifiers);
        case Qt::Key_Up:
            return moveCursor(-1, 0, modifiers);
        case Qt::Key_Down:
            return moveCursor(1, 0, modifiers);
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (m_tool == CodeTool::select) return openEditor({});
            beginStroke(Drag::keyStroke);
            return endStroke();
        case Qt::Key_Space:
            if (modifiers == Qt::ControlModifier) return toggleCursor();
            break;
        case Qt::Key_Escape:
            return setSelection(CodeSelection(*m_document, m_channel));
        default:
            break;
    }
    const QString text = event->text();
    if (text.size() == 1 && text[0].isDigit() && !(modifiers & (Qt::ControlModifier | Qt::AltModifier)))
        return openEditor(text);
    Canvas::keyPressEvent(event);
}

void CodeGridView::closeEditor(bool take) {
    bool number = false;
    const int code = m_editor->text().toInt(&number);
    m_editor->hide();
    setFocus(Qt::OtherFocusReason);
    if (take && number) Q_EMIT typed(m_cursor, code);
}

bool CodeGridView::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_editor || event->type() != QEvent::KeyPress) return Canvas::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            closeEditor(true);
            return true;
        case Qt::Key_Escape:
            closeEditor(false);
            return true;
        case Qt::Key_Up:
        case Qt::Key_Down:
            return true;  // the cursor stays at the cell that is typed
        default:
            return Canvas::eventFilter(watched, event);
    }
}

}  // namespace smidgen
