// Audio settings: which device plays, how fast, and whether it can be heard; what is recorded from, and where
// to.
#pragma once

#include <QDialog>

#include "ui/commands/studio.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace smidgen::ui {

/// Every choice takes effect at once and is remembered.
class AudioDialog final : public QDialog {
    Q_OBJECT

 public:
    explicit AudioDialog(const Studio& studio, QWidget* parent = nullptr);

 private:
    void readDevices();
    void showDevices();
    void showState();
    void apply(bool keepRate);
    void readInputs();
    void applyInput();

    Studio m_studio;
    std::vector<AudioDevice> m_devices;
    QComboBox* m_type;
    QComboBox* m_device;
    QComboBox* m_rate;
    QComboBox* m_buffer;
    QLabel* m_latency;
    QLabel* m_problem;
    QPushButton* m_tone;
    std::vector<AudioDevice> m_inputs;
    QComboBox* m_input;
    QComboBox* m_channels;
};

/// What was chosen last time.
[[nodiscard]] OutputSetup rememberedOutput(const QSettings& settings);

}  // namespace smidgen::ui
