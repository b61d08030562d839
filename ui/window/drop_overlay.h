// Shown over the window while files are dragged across it.
#pragma once

#include <QWidget>

#include "ui/theme/theme.h"

namespace smidgen::ui {

/// Covers its parent; lets every event through to what lies below.
class DropOverlay final : public QWidget {
    Q_OBJECT

 public:
    DropOverlay(const Theme& theme, QWidget& window);
    void showOver(int files);

 protected:
    void paintEvent(QPaintEvent* event) override;

 private:
    const Theme& m_theme;
    int m_files = 0;
};

}  // namespace smidgen::ui
