// How well a quantising model uses its codes: one row a level, with bar and figures.
#pragma once

#include "engine/workstation/snapshots.h"
#include "ui/canvas/canvas.h"

namespace smidgen {

/// Columns: level, share of the codebook in use (as a bar, too), perplexity, unused codes. `model` for
/// healthy levels, `warn` and `bad` for others, which also say so in words where there is room.
class LevelBars : public Canvas {
    Q_OBJECT
 public:
    explicit LevelBars(const Theme& theme, QWidget* parent = nullptr);

    void setCodebooks(CodebookCard codebooks);
    [[nodiscard]] const CodebookCard& codebooks() const { return m_codebooks; }

    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

 protected:
    void paintEvent(QPaintEvent* event) override;

 private:
    [[nodiscard]] QString words(LevelState state) const;
    void paintLevel(QPainter& painter, int index, double top) const;

    CodebookCard m_codebooks;
};

}  // namespace smidgen
