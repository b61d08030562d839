#include "ui/window/menu_aid.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>

namespace smidgen::ui {

namespace {

void openMenuOf(QWidget& widget) {
    const QPoint at = widget.inputMethodQuery(Qt::ImCursorRectangle).toRect().center();
    QContextMenuEvent menu(QContextMenuEvent::Keyboard, at, widget.mapToGlobal(at));
    QCoreApplication::sendEvent(&widget, &menu);
}

void name(QMenu& menu) {
    if (!menu.title().isEmpty()) return;
    QWidget* owner = qobject_cast<QAbstractButton*>(menu.parentWidget());
    if (owner == nullptr) owner = QApplication::focusWidget();
    QAccessibleInterface* spoken = owner ? QAccessible::queryAccessibleInterface(owner) : nullptr;
    if (spoken != nullptr) menu.setAccessibleName(spoken->text(QAccessible::Name));
}

}  // namespace

MenuAid::MenuAid(QObject* parent) : QObject(parent) {
    qApp->installEventFilter(this);
}

MenuAid::~MenuAid() {
    qApp->removeEventFilter(this);
}

bool MenuAid::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Show) {
        if (auto* menu = qobject_cast<QMenu*>(watched)) name(*menu);
        return false;
    }
    if (event->type() != QEvent::KeyPress) return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() != Qt::Key_F10 || key->modifiers() != Qt::ShiftModifier) return false;
    auto* widget = qobject_cast<QWidget*>(watched);
    if (widget == nullptr || QApplication::activePopupWidget() != nullptr) return false;
    // Windows sends the event itself.
    if (QGuiApplication::platformName() == QStringLiteral("windows")) return false;
    openMenuOf(*widget);
    return true;
}

}  // namespace smidgen::ui
