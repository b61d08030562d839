#include "ui/canvas/canvas_accessible.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QAccessibleWidget>
#include <QComboBox>

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

/// On Linux, Qt gives what is chosen as the name of a combo box: two of them with the same choice cannot be
/// told apart. Here the name is the name, and the choice is the value.
class ComboAccessible : public QAccessibleWidget {
 public:
    explicit ComboAccessible(QComboBox* combo) : QAccessibleWidget(combo, QAccessible::ComboBox) {}

    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Value ? combo().currentText() : QAccessibleWidget::text(kind);
    }
    [[nodiscard]] QAccessible::State state() const override {
        QAccessible::State state = QAccessibleWidget::state();
        state.expandable = true;
        state.expanded = combo().view()->isVisible();
        state.collapsed = !state.expanded;
        state.editable = combo().isEditable();
        return state;
    }
    [[nodiscard]] QStringList actionNames() const override {
        return QStringList{showMenuAction(), pressAction()} + QAccessibleWidget::actionNames();
    }
    void doAction(const QString& name) override {
        if (name != showMenuAction() && name != pressAction()) return QAccessibleWidget::doAction(name);
        if (combo().view()->isVisible())
            combo().hidePopup();
        else
            combo().showPopup();
    }

 private:
    [[nodiscard]] QComboBox& combo() const { return *static_cast<QComboBox*>(widget()); }
};

QAccessibleInterface* makeInterface(const QString&, QObject* object) {
    if (auto* canvas = qobject_cast<Canvas*>(object)) return new CanvasAccessible(canvas);
    if (auto* combo = qobject_cast<QComboBox*>(object)) return new ComboAccessible(combo);
    return nullptr;
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
