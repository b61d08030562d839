// The health of a quantising model: its levels, and one sentence about them.
#pragma once

#include <QWidget>

#include "engine/workstation/snapshots.h"
#include "ui/theme/theme.h"

class QLabel;

namespace smidgen {
class LevelBars;
}

namespace smidgen::ui {

class CodebookPanel final : public QWidget {
    Q_OBJECT

 public:
    explicit CodebookPanel(const Theme& theme, QWidget* parent = nullptr);
    /// Hides itself when there are no levels.
    void setCodebooks(const CodebookCard& codebooks);

 private:
    LevelBars* m_bars;
    QLabel* m_sentence;
};

}  // namespace smidgen::ui
