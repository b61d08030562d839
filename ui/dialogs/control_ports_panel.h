// Where controllers come from: MIDI inputs, and OSC with its addresses.
#pragma once

#include <QWidget>

#include "ui/commands/studio.h"

class QCheckBox;
class QLabel;
class QListWidget;
class QSpinBox;
class QTreeWidget;

namespace smidgen::ui {

/// Every choice takes effect at once.
class MidiInputsPanel final : public QWidget {
    Q_OBJECT

 public:
    explicit MidiInputsPanel(const Studio& studio, QWidget* parent = nullptr);

 private:
    void readInputs();
    void choose();

    Studio m_studio;
    QCheckBox* m_all;
    QListWidget* m_inputs;
    QLabel* m_problem;
};

class OscPanel final : public QWidget {
    Q_OBJECT

 public:
    explicit OscPanel(const Studio& studio, QWidget* parent = nullptr);

 private:
    void apply();
    void showState();

    Studio m_studio;
    QCheckBox* m_on;
    QSpinBox* m_port;
    QCheckBox* m_others;
    QLabel* m_state;
    QTreeWidget* m_addresses;
};

}  // namespace smidgen::ui
