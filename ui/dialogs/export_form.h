// How takes are written: only combinations that exist can be chosen.
#pragma once

#include <QWidget>

#include "ui/commands/studio.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QSlider;

namespace smidgen::ui {

class ExportForm final : public QWidget {
    Q_OBJECT

 public:
    explicit ExportForm(const Studio& studio, QWidget* parent = nullptr);

    /// Without takes.
    [[nodiscard]] ExportRequest request() const;
    void remember();

 Q_SIGNALS:
    void changed();

 private:
    void showDepths();
    void showRates();
    [[nodiscard]] WriteProfile profile() const;

    Studio m_studio;
    QLineEdit* m_folder;
    QComboBox* m_format;
    QComboBox* m_depth;
    QComboBox* m_rate;
    QSlider* m_quality;
    QCheckBox* m_dither;
    QCheckBox* m_toLoudness;
    QDoubleSpinBox* m_lufs;
    QDoubleSpinBox* m_ceiling;
    QLineEdit* m_template;
    QCheckBox* m_sidecar;
    QCheckBox* m_overwrite;
    QWidget* m_depthRow;
    QWidget* m_qualityRow;
};

}  // namespace smidgen::ui
