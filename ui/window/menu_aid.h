// What menus need to be used without a pointer and without eyes.
#pragma once

#include <QObject>

namespace smidgen::ui {

/// Shift+F10 opens the menu of what has the keyboard, as the menu key does that many keyboards lack; a menu
/// without a title is called like what it belongs to. In every window of the program, as long as this lives.
class MenuAid final : public QObject {
 public:
    explicit MenuAid(QObject* parent);
    ~MenuAid() override;

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace smidgen::ui
