#include "ui/canvas/canvas.h"

#include <QAccessible>
#include <QFocusEvent>
#include <QPainter>

#include "ui/canvas/canvas_accessible.h"
#include "ui/theme/metrics.h"

namespace smidgen {

Canvas::Canvas(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    installCanvasAccessibility();
    connect(&theme, &Theme::changed, this, [this] {
        dropCaches();
        update();
    });
}

void Canvas::announce() {
    if (!QAccessible::isActive()) return;
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void Canvas::focusInEvent(QFocusEvent* event) {
    switch (event->reason()) {
        case Qt::MouseFocusReason:
            m_focusByKeys = false;
            break;
        case Qt::ActiveWindowFocusReason:
        case Qt::PopupFocusReason:
            break;  // as it was before the window or the menu took it
        default:
            m_focusByKeys = true;
    }
    QWidget::focusInEvent(event);
    update();
}

void Canvas::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

void Canvas::paintFocusRing(QPainter& painter, const QRectF& rect, qreal radius) const {
    const qreal inset = metrics::kFocusWidth / 2.0;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_theme.colour(Token::text), metrics::kFocusWidth));
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
    painter.restore();
}

}  // namespace smidgen
