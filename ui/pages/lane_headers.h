// Beside the code grid: each lane's name, and whether it is muted, soloed, locked.
#pragma once

#include <QWidget>
#include <vector>

#include "engine/codes/code_document.h"
#include "ui/canvas/code_grid_view.h"

class QLineEdit;
class QToolButton;

namespace smidgen::ui {

class LaneHeaders final : public QWidget {
    Q_OBJECT

 public:
    /// Follows the lanes of `grid`.
    explicit LaneHeaders(const CodeGridView& grid, QWidget* parent = nullptr);

    void setDocument(const std::shared_ptr<const CodeDocument>& document);

 Q_SIGNALS:
    void laneChanged(int level, const smidgen::CodeLane& lane);
    /// All of its cells are to be chosen; `adding` to those that are.
    void laneChosen(int level, bool adding);

 protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    struct Row {
        QWidget* area = nullptr;
        QLineEdit* name = nullptr;
        QToolButton *mute = nullptr, *solo = nullptr, *lock = nullptr;
    };
    Row makeRow(int level);
    void relayout();
    void send(int level);

    const CodeGridView& m_grid;
    std::vector<Row> m_rows;
    std::vector<CodeLane> m_lanes;
};

}  // namespace smidgen::ui
