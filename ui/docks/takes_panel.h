// The takes tray: every generated sound, newest first.
#pragma once

#include <QWidget>

#include "ui/commands/studio.h"

class QLabel;
class QToolButton;

namespace smidgen::ui {

class TakeStrip;

class TakesPanel final : public QWidget {
    Q_OBJECT

 public:
    explicit TakesPanel(const Studio& studio, QWidget* parent = nullptr);

    [[nodiscard]] TakeStrip& strip() { return *m_strip; }

 private:
    void read();

    Studio m_studio;
    TakeStrip* m_strip;
    QLabel* m_count;
    QToolButton* m_starred;
};

}  // namespace smidgen::ui
