// How loud exported files are to be.
#pragma once

#include <QWidget>

#include "engine/workstation/export_profiles.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;

namespace smidgen::ui {

/// As it is, to a loudness or to a peak; and a true-peak ceiling.
class LevelFields final : public QWidget {
    Q_OBJECT

 public:
    explicit LevelFields(QWidget* parent = nullptr);

    [[nodiscard]] LevelTarget level() const;
    void setLevel(const LevelTarget& level);

 Q_SIGNALS:
    void changed();

 private:
    void showState();

    QComboBox* m_goal;
    QDoubleSpinBox* m_lufs;
    QDoubleSpinBox* m_peak;
    QCheckBox* m_hasCeiling;
    QDoubleSpinBox* m_ceiling;
};

}  // namespace smidgen::ui
