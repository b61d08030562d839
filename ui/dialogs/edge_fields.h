// Where exported files begin and end, and what a sampler repeats of them.
#pragma once

#include <QWidget>

#include "engine/workstation/export_profiles.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;

namespace smidgen::ui {

/// Three rows: cuts and silence, fades, loop.
class EdgeFields final : public QWidget {
    Q_OBJECT

 public:
    explicit EdgeFields(QWidget* parent = nullptr);

    [[nodiscard]] SoundEdges edges() const;
    [[nodiscard]] std::optional<LoopRange> loop() const;
    void setValues(const SoundEdges& edges, const std::optional<LoopRange>& loop);
    /// Whether the format has a place for loop points.
    void setLoopPossible(bool possible);

    [[nodiscard]] QWidget* cutRow() const { return m_cuts; }
    [[nodiscard]] QWidget* fadeRow() const { return m_fades; }
    [[nodiscard]] QWidget* loopRow() const { return m_loops; }

 Q_SIGNALS:
    void changed();

 private:
    void showState();

    QWidget* m_cuts;
    QWidget* m_fades;
    QWidget* m_loops;
    QDoubleSpinBox* m_cutStart;
    QDoubleSpinBox* m_cutEnd;
    QCheckBox* m_trim;
    QDoubleSpinBox* m_silence;
    QDoubleSpinBox* m_fadeIn;
    QDoubleSpinBox* m_fadeOut;
    QComboBox* m_shapeIn;
    QComboBox* m_shapeOut;
    QCheckBox* m_loop;
    QDoubleSpinBox* m_loopStart;
    QDoubleSpinBox* m_loopEnd;
    bool m_loopPossible = true;
};

}  // namespace smidgen::ui
