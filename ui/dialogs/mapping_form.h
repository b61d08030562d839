// How one control moves what it is mapped to.
#pragma once

#include <QWidget>

#include "engine/control/control_mapping.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QSpinBox;

namespace smidgen::ui {

/// Shows only what counts for the mapping's kind of target and control.
class MappingForm final : public QWidget {
    Q_OBJECT

 public:
    explicit MappingForm(QWidget* parent = nullptr);

    /// Says nothing back.
    void show(const ControlMapping& mapping, TargetKind kind);

 Q_SIGNALS:
    /// By hand.
    void edited(const smidgen::ControlMapping& mapping);

 private:
    void read();
    void arrange();

    ControlMapping m_mapping;
    TargetKind m_kind = TargetKind::slider;
    bool m_showing = false;
    QFormLayout* m_layout;
    QWidget* m_range;
    QDoubleSpinBox* m_low;
    QDoubleSpinBox* m_high;
    QCheckBox* m_inverted;
    QComboBox* m_curve;
    QComboBox* m_takeOver;
    QComboBox* m_encoding;
    QDoubleSpinBox* m_step;
    QComboBox* m_switching;
    QSpinBox* m_channel;
    QCheckBox* m_anyPort;
    QCheckBox* m_feedback;
    std::string m_port;  ///< the device's name while "any" is chosen
};

}  // namespace smidgen::ui
