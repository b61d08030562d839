#include "tests/ui/keyboard.h"

#include <QAccessible>
#include <QApplication>
#include <QTest>
#include <stdexcept>

#include "tests/ui/desk.h"

namespace smidgen::ui::testing {

namespace {

constexpr int kMostTabs = 250;
constexpr int kMostPanels = 8;

QString describe(const QWidget& widget) {
    QStringList path;
    for (const QWidget* up = &widget; up != nullptr; up = up->parentWidget())
        path << QStringLiteral("%1 “%2”").arg(QLatin1String(up->metaObject()->className()), up->objectName());
    return path.join(QStringLiteral(" in "));
}

[[noreturn]] void fail(const QString& what) {
    throw std::runtime_error(what.toStdString());
}

}  // namespace

Keyboard::Keyboard() {
    QObject::connect(qApp, &QApplication::focusChanged, &m_watch, [this](QWidget*, QWidget* now) {
        if (now == nullptr) return;
        QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(now);
        if (spoken == nullptr || spoken->text(QAccessible::Name).trimmed().isEmpty())
            m_nameless << describe(*now);
    });
}

QWidget& Keyboard::focus() const {
    QWidget* widget = QApplication::focusWidget();
    if (widget == nullptr) fail(QStringLiteral("the keyboard is nowhere"));
    if (!widget->isVisible() || !widget->isEnabled())
        fail(QStringLiteral("the keyboard is where nothing can be seen or done: ") + describe(*widget));
    if (widget->window() != QApplication::activeWindow())
        fail(QStringLiteral("the keyboard is not in the active window: ") + describe(*widget));
    return *widget;
}

void Keyboard::key(Qt::Key key, Qt::KeyboardModifiers modifiers) {
    QTest::keyClick(&focus(), key, modifiers);
}

void Keyboard::keys(const QKeySequence& keys) {
    QTest::keySequence(&focus(), keys);
}

void Keyboard::type(const QString& text) {
    QTest::keyClicks(&focus(), text);
}

void Keyboard::withShift(Qt::Key key, int times) {
    QTest::simulateEvent(&focus(), true, Qt::Key_Shift, {}, {}, false);
    for (int i = 0; i < times; ++i)
        for (const bool down : {true, false})
            QTest::simulateEvent(&focus(), down, key, Qt::ShiftModifier, {}, false);
    QTest::simulateEvent(&focus(), false, Qt::Key_Shift, Qt::ShiftModifier, {}, false);
}

void Keyboard::tabTo(const QString& what, const std::function<bool(const QWidget&)>& there) {
    for (int i = 0; i < kMostTabs; ++i) {
        if (there(focus())) return;
        key(Qt::Key_Tab);
    }
    fail(QStringLiteral("Tab never comes to %1; it is at %2").arg(what, describe(focus())));
}

void Keyboard::tabTo(const char* name) {
    tabTo(QLatin1String(name),
          [&](const QWidget& widget) { return widget.objectName() == QLatin1String(name); });
}

void Keyboard::tabTo(const QWidget& widget) {
    tabTo(describe(widget), [&](const QWidget& here) { return &here == &widget; });
}

void Keyboard::press(const char* name) {
    tabTo(name);
    key(Qt::Key_Return);
}

void Keyboard::fill(const char* name, const QString& text) {
    tabTo(name);
    key(Qt::Key_A, Qt::ControlModifier);
    type(text);
    key(Qt::Key_Tab);
}

void Keyboard::panelTo(MainWindow& window, const char* panel) {
    const QKeySequence next = window.shortcuts().action(QStringLiteral("view.nextPanel")).shortcut();
    for (int i = 0; i < kMostPanels; ++i) {
        for (const QWidget* up = &focus(); up != nullptr; up = up->parentWidget())
            if (up->objectName() == QLatin1String(panel)) return;
        keys(next);
    }
    fail(QStringLiteral("F6 never comes to ") + QLatin1String(panel));
}

}  // namespace smidgen::ui::testing
