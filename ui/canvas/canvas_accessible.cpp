#include "ui/canvas/canvas_accessible.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include "ui/canvas/canvas.h"

namespace smidgen {
namespace {

class CanvasAccessible : public QAccessibleWidget {
 public:
    explicit CanvasAccessible(Canvas* canvas)
        : QAccessibleWidget(
              canvas, canvas->focusPolicy() == Qt::NoFocus ? QAccessible::Graphic : QAccessible::Canvas) {}

    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        // Not every platform reads values in words aloud; all of them read descriptions.
        const bool state = kind == QAccessible::Value || kind == QAccessible::Description;
        return state ? static_cast<Canvas*>(widget())->spokenValue() : QAccessibleWidget::text(kind);
    }
};

QAccessibleInterface* makeInterface(const QString&, QObject* object) {
    auto* canvas = qobject_cast<Canvas*>(object);
    return canvas ? new CanvasAccessible(canvas) : nullptr;
}

}  // namespace

void installCanvasAccessibility() {
    static const bool installed = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    static_cast<void>(installed);
}

}  // namespace smidgen
