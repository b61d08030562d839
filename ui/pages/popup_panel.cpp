#include "ui/pages/popup_panel.h"

#include <QMenu>
#include <QToolButton>
#include <QWidgetAction>

namespace smidgen::ui {

QMenu* setPopupPanel(QToolButton& button, QWidget* panel) {
    button.setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(&button);
    auto* action = new QWidgetAction(menu);
    action->setDefaultWidget(panel);
    menu->addAction(action);
    button.setMenu(menu);
    return menu;
}

}  // namespace smidgen::ui
