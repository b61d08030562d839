// Where around the listener's head a binaural take comes from.
#pragma once

#include <QWidget>

#include "ui/commands/studio.h"

class QComboBox;
class QDoubleSpinBox;
class QPushButton;

namespace smidgen::ui {

class BinauralFields final : public QWidget {
    Q_OBJECT

 public:
    explicit BinauralFields(QWidget* parent = nullptr);

    /// Of a take of so many seconds, at whose end a movement arrives.
    [[nodiscard]] BinauralRecipe recipe(double seconds) const;
    void setRecipe(const BinauralRecipe& recipe, double seconds);

 private:
    void showState();
    void showEars();

    QDoubleSpinBox* m_azimuth;
    QDoubleSpinBox* m_elevation;
    QDoubleSpinBox* m_distance;
    QComboBox* m_movement;
    QDoubleSpinBox* m_goal;
    QPushButton* m_ears;
    std::vector<SourcePoint> m_path;  ///< of a recipe whose way has no fields here
    QString m_hrtf;
};

}  // namespace smidgen::ui
