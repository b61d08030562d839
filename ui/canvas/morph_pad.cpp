#include "ui/canvas/morph_pad.h"

#include <QContextMenuEvent>
#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/theme/metrics.h"

namespace smidgen {

namespace {

constexpr double kMargin = 66;  ///< half a node, its name, and the name of an axis
constexpr double kLargestNode = 64, kSmallestNode = 10;
constexpr double kNodeShare = 0.55;  ///< of the way to the next
constexpr double kDotRadius = 7;
constexpr double kStep = 0.125, kFineStep = 0.03125;
constexpr double kLeastCorner = 0.02;  ///< cells between corners of a drawn way
constexpr double kRoomForNames = 30;

}  // namespace

MorphPad::MorphPad(const Theme& theme, QWidget* parent) : Canvas(theme, parent) {
    setFocusPolicy(Qt::StrongFocus);
    setAcceptDrops(true);
    setMouseTracking(false);
}

void MorphPad::setGrid(int columns, int rows, const QString& across, const QString& upward) {
    m_columns = std::max(columns, 1);
    m_rows = std::max(rows, 1);
    m_across = across;
    m_upward = upward;
    m_cursor = {std::clamp(m_cursor.x(), 0, m_columns - 1), std::clamp(m_cursor.y(), 0, m_rows - 1)};
    setDot(m_dot);
    m_path.clear();
    update();
}

void MorphPad::setAxes(const QString& across, const QString& upward) {
    m_across = across;
    m_upward = upward;
    announce();
    update();
}

void MorphPad::setNodes(std::vector<Node> nodes) {
    m_nodes = std::move(nodes);
    announce();
    update();
}

void MorphPad::setDot(const QPointF& place) {
    m_dot = {std::clamp(place.x(), 0.0, m_columns - 1.0), std::clamp(place.y(), 0.0, m_rows - 1.0)};
    announce();
    update();
}

void MorphPad::setDrawing(bool on) {
    m_drawing = on;
    setCursor(on ? Qt::CrossCursor : Qt::ArrowCursor);
    announce();
}

void MorphPad::clearPath() {
    m_path.clear();
    Q_EMIT pathChanged();
    announce();
    update();
}

void MorphPad::setPath(std::vector<QPointF> path) {
    m_path = std::move(path);
    Q_EMIT pathChanged();
    update();
}

void MorphPad::addCorner() {
    addToPath(m_dot);
}

QRectF MorphPad::field() const {
    const QRectF room = QRectF(rect()).adjusted(kMargin, kMargin, -kMargin, -kMargin);
    return room.isValid() ? room : QRectF(rect());
}

QPointF MorphPad::pointOf(const QPointF& place) const {
    const QRectF room = field();
    const double x = m_columns > 1 ? place.x() / (m_columns - 1) : 0.5;
    const double y = m_rows > 1 ? place.y() / (m_rows - 1) : 0.5;
    return {room.left() + x * room.width(), room.bottom() - y * room.height()};
}

QPointF MorphPad::placeAt(const QPointF& point) const {
    const QRectF room = field();
    const double x = (point.x() - room.left()) / std::max(room.width(), 1.0) * (m_columns - 1);
    const double y = (room.bottom() - point.y()) / std::max(room.height(), 1.0) * (m_rows - 1);
    return {std::clamp(x, 0.0, m_columns - 1.0), std::clamp(y, 0.0, m_rows - 1.0)};
}

QPoint MorphPad::nodeAt(const QPointF& point) const {
    const QPointF place = placeAt(point);
    return {static_cast<int>(std::lround(place.x())), static_cast<int>(std::lround(place.y()))};
}

const MorphPad::Node* MorphPad::nodeOn(const QPoint& place) const {
    const auto found = std::ranges::find_if(
        m_nodes, [&](const Node& node) { return node.x == place.x() && node.y == place.y(); });
    return found == m_nodes.end() ? nullptr : &*found;
}

void MorphPad::moveDot(const QPointF& place) {
    const QPointF before = m_dot;
    setDot(place);
    if (m_dot != before) Q_EMIT dotMoved(m_dot);
}

void MorphPad::moveCursor(const QPoint& node) {
    m_cursor = {std::clamp(node.x(), 0, m_columns - 1), std::clamp(node.y(), 0, m_rows - 1)};
    announce();
    update();
    Q_EMIT cursorMoved(m_cursor);
}

void MorphPad::addToPath(const QPointF& place) {
    if (!m_path.empty()) {
        const QPointF step = place - m_path.back();
        if (std::hypot(step.x(), step.y()) < kLeastCorner) return;
    }
    m_path.push_back(place);
    Q_EMIT pathChanged();
    announce();
    update();
}

void MorphPad::takeStepBack() {
    if (m_path.empty()) return;
    m_path.pop_back();
    Q_EMIT pathChanged();
    if (!m_path.empty()) moveDot(m_path.back());
    announce();
    update();
}

void MorphPad::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    m_pressed = true;
    const QPointF point = event->position();
    if (m_drawing) {
        m_path.clear();
        addToPath(placeAt(point));
        return;
    }
    moveCursor(nodeAt(point));
    moveDot(placeAt(point));
}

void MorphPad::mouseMoveEvent(QMouseEvent* event) {
    if (!m_pressed) return;
    if (m_drawing)
        addToPath(placeAt(event->position()));
    else
        moveDot(placeAt(event->position()));
}

void MorphPad::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) m_pressed = false;
}

bool MorphPad::event(QEvent* event) {
    // Keys that mean something here are not the window's while the pad has the keyboard.
    if (event->type() == QEvent::ShortcutOverride) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
            case Qt::Key_Left:
            case Qt::Key_Right:
            case Qt::Key_Up:
            case Qt::Key_Down:
            case Qt::Key_Return:
            case Qt::Key_Enter:
            case Qt::Key_Delete:
                event->accept();
                return true;
            case Qt::Key_Backspace:
            case Qt::Key_Escape:
                if (!m_drawing) break;
                event->accept();
                return true;
            default:
                break;
        }
    }
    return Canvas::event(event);
}

void MorphPad::keyPressEvent(QKeyEvent* event) {
    QPoint way;
    switch (event->key()) {
        case Qt::Key_Left:
            way = {-1, 0};
            break;
        case Qt::Key_Right:
            way = {1, 0};
            break;
        case Qt::Key_Up:
            way = {0, 1};
            break;
        case Qt::Key_Down:
            way = {0, -1};
            break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            Q_EMIT putRequested(m_cursor);
            return;
        case Qt::Key_Delete:
            Q_EMIT clearRequested(m_cursor);
            return;
        case Qt::Key_Backspace:
            if (m_drawing) return takeStepBack();
            return Canvas::keyPressEvent(event);
        case Qt::Key_Escape:
            if (m_drawing && !m_path.empty()) return clearPath();
            return Canvas::keyPressEvent(event);
        default:
            Canvas::keyPressEvent(event);
            return;
    }
    if (m_drawing) addToPath(m_dot);
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        moveCursor(m_cursor + way);
        moveDot(m_cursor);
    } else {
        moveDot(m_dot + QPointF(way) * (event->modifiers().testFlag(Qt::ShiftModifier) ? kFineStep : kStep));
    }
    if (m_drawing) addToPath(m_dot);
}

void MorphPad::contextMenuEvent(QContextMenuEvent* event) {
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    if (!byKey) moveCursor(nodeAt(event->pos()));
    Q_EMIT menuRequested(byKey ? mapToGlobal(pointOf(m_cursor).toPoint()) : event->globalPos());
}

void MorphPad::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MorphPad::dragMoveEvent(QDragMoveEvent* event) {
    m_dropTarget = nodeAt(event->position());
    event->acceptProposedAction();
    update();
}

void MorphPad::dragLeaveEvent(QDragLeaveEvent*) {
    m_dropTarget.reset();
    update();
}

void MorphPad::dropEvent(QDropEvent* event) {
    m_dropTarget.reset();
    const QPoint node = nodeAt(event->position());
    moveCursor(node);
    event->acceptProposedAction();
    Q_EMIT dropped(node, event->mimeData()->urls());
}

QString MorphPad::spokenValue() const {
    const Node* node = nodeOn(m_cursor);
    QString here = node == nullptr        ? tr("gap")
                   : node->name.isEmpty() ? tr("a node without a name")
                                          : node->name;
    if (node != nullptr && node->madeByModel) here += tr(", made by a model");
    const QLocale locale;
    QString words =
        tr("%1 %2, %3 %4; node %5, %6: %7")
            .arg(m_across, locale.toString(m_dot.x(), 'f', 2), m_upward, locale.toString(m_dot.y(), 'f', 2))
            .arg(m_cursor.x())
            .arg(m_cursor.y())
            .arg(here);
    if (m_drawing) words += tr("; drawing a way");
    if (!m_path.empty()) words += tr("; the way has %1 places").arg(m_path.size());
    return words;
}

void MorphPad::paintNode(QPainter& painter, const QPoint& place, const Node* node, double size) const {
    const QPointF middle = pointOf(place);
    const QRectF box(middle.x() - size / 2, middle.y() - size / 2, size, size);
    const bool chosen = place == m_cursor;
    if (node == nullptr) {
        const double radius = std::min(size / 2, 9.0);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(
            QPen(theme().colour(chosen ? Token::model : Token::line), chosen ? 2 : 1, Qt::DashLine));
        painter.drawEllipse(middle, radius, radius);
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().colour(Token::raised));
        painter.drawRoundedRect(box, 4, 4);
        if (!node->thumbnail.isNull()) painter.drawImage(box.adjusted(2, 2, -2, -2), node->thumbnail);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme().colour(chosen ? Token::text : Token::model), chosen ? 2 : 1,
                            node->madeByModel ? Qt::DashLine : Qt::SolidLine));
        painter.drawRoundedRect(box, 4, 4);
        if (size > kRoomForNames) {
            painter.setFont(Theme::font(TextRole::small));
            painter.setPen(theme().colour(Token::dim));
            QRectF label(middle.x() - size, box.bottom() + 1, 2 * size, 15);
            // Whole at the edges, too.
            label.moveLeft(std::clamp(label.left(), 4.0, std::max(4.0, width() - 4 - label.width())));
            painter.drawText(
                label, Qt::AlignHCenter | Qt::AlignTop,
                painter.fontMetrics().elidedText(node->name, Qt::ElideMiddle, int(label.width())));
        }
    }
    if (m_dropTarget == place) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme().colour(Token::sound), 2));
        painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), 6, 6);
    }
}

void MorphPad::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().colour(Token::panel));
    painter.drawRoundedRect(QRectF(rect()), metrics::kRadius, metrics::kRadius);
    const QRectF room = field();
    painter.setPen(QPen(theme().colour(Token::line), 1));
    for (int x = 0; x < m_columns; ++x) {
        const double at = pointOf(QPointF(x, 0)).x();
        painter.drawLine(QPointF(at, room.top()), QPointF(at, room.bottom()));
    }
    for (int y = 0; y < m_rows; ++y) {
        const double at = pointOf(QPointF(0, y)).y();
        painter.drawLine(QPointF(room.left(), at), QPointF(room.right(), at));
    }
    const double between = std::min(m_columns > 1 ? room.width() / (m_columns - 1) : kLargestNode * 2,
                                    m_rows > 1 ? room.height() / (m_rows - 1) : kLargestNode * 2);
    const double size = std::clamp(between * kNodeShare, kSmallestNode, kLargestNode);
    for (int x = 0; x < m_columns; ++x)
        for (int y = 0; y < m_rows; ++y) paintNode(painter, {x, y}, nodeOn({x, y}), size);
    painter.setFont(Theme::font(TextRole::small));
    painter.setPen(theme().colour(Token::dim));
    painter.drawText(QRectF(0, height() - 18, width() - 8, 16), Qt::AlignRight,
                     m_across + QStringLiteral(" →"));
    painter.drawText(QRectF(8, 2, width(), 16), Qt::AlignLeft, QStringLiteral("↑ ") + m_upward);
    if (!m_path.empty()) {
        QPolygonF way;
        for (const QPointF& place : m_path) way << pointOf(place);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme().colour(Token::code), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(way);
        painter.setBrush(theme().colour(Token::code));
        painter.drawEllipse(way.front(), 4, 4);
        painter.drawEllipse(way.back(), 3, 3);
    }
    painter.setPen(QPen(theme().colour(Token::background), 2));
    painter.setBrush(theme().colour(Token::sound));
    painter.drawEllipse(pointOf(m_dot), kDotRadius, kDotRadius);
    if (showsFocus()) paintFocusRing(painter, QRectF(rect()), metrics::kRadius);
}

}  // namespace smidgen
