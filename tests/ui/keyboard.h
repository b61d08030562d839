// Hands that have nothing but a keyboard.
#pragma once

#include <QKeySequence>
#include <QObject>
#include <QStringList>
#include <QWidget>
#include <functional>

#include "ui/window/main_window.h"

namespace smidgen::ui::testing {

/// Every key goes to what has the keyboard. There always is something: seen, usable, in the active window;
/// what is not is thrown as std::runtime_error. Whatever had the keyboard without a name to be read aloud is
/// kept in nameless().
class Keyboard {
 public:
    Keyboard();

    [[nodiscard]] QWidget& focus() const;
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {});
    void keys(const QKeySequence& keys);
    void type(const QString& text);
    /// `key`, so often, while Shift stays down.
    void withShift(Qt::Key key, int times);

    /// Tab by Tab until `there` holds for the widget with the keyboard.
    void tabTo(const QString& what, const std::function<bool(const QWidget&)>& there);
    void tabTo(const char* name);
    void tabTo(const QWidget& widget);
    /// To a button of that object name, and Enter.
    void press(const char* name);
    /// To a field of that object name, whose text is replaced; and on to the next.
    void fill(const char* name, const QString& text);
    /// F6 by F6 until the keyboard is inside `panel`.
    void panelTo(MainWindow& window, const char* panel);

    [[nodiscard]] const QStringList& nameless() const { return m_nameless; }

 private:
    QObject m_watch;  ///< ends the connection with it
    QStringList m_nameless;
};

}  // namespace smidgen::ui::testing
