// A slim bar at an edge of the window that brings a hidden dock back.
#pragma once

#include <QAbstractButton>
#include <QToolBar>

#include "ui/theme/theme.h"

class QDockWidget;

namespace smidgen::ui {

/// Visible exactly while `dock` is hidden.
class EdgeTab final : public QToolBar {
    Q_OBJECT

 public:
    EdgeTab(const Theme& theme, QDockWidget& dock, QAction& toggle, Qt::Orientation orientation,
            QWidget* parent = nullptr);
};

}  // namespace smidgen::ui
