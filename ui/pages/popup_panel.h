// Settings behind a button.
#pragma once

class QMenu;
class QToolButton;
class QWidget;

namespace smidgen::ui {

/// A press of the button opens `panel`, which then belongs to it. The menu it lies in.
QMenu* setPopupPanel(QToolButton& button, QWidget* panel);

}  // namespace smidgen::ui
