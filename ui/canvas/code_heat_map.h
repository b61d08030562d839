// How often each code of each level is used: one row a level, one square a code.
#pragma once

#include "engine/codes/code_usage.h"
#include "engine/workstation/snapshots.h"
#include "ui/canvas/canvas.h"

namespace smidgen {

/// Unused codes are empty; the more a code is used, the fuller its square. A level's squares are green
/// (`model`), yellow (`warn`) or red (`bad`) as its health is, which stands beside them in words.
class CodeHeatMap : public Canvas {
    Q_OBJECT
 public:
    explicit CodeHeatMap(const Theme& theme, QWidget* parent = nullptr);

    /// `names`: of the levels.
    void setUsage(CodeUsage usage, QStringList names);
    /// "Healthy", "Some codes unused", "Collapsed".
    [[nodiscard]] static QString words(LevelState state);
    [[nodiscard]] LevelState state(int level) const;

    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

 protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

 private:
    [[nodiscard]] QRect squaresRect(int level) const;

    CodeUsage m_usage;
    std::vector<models::LevelHealth> m_health;
    QStringList m_names;
};

}  // namespace smidgen
