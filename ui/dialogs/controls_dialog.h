// Controllers: what moves what, MIDI inputs, OSC.
#pragma once

#include <QDialog>

#include "ui/commands/studio.h"

namespace smidgen::ui {

class ControlsDialog final : public QDialog {
    Q_OBJECT

 public:
    explicit ControlsDialog(const Studio& studio, QWidget* parent = nullptr);
};

}  // namespace smidgen::ui
