// Every preset by its folders: used, renamed, moved to another folder, taken away.
#pragma once

#include <QDialog>

#include "engine/workstation/presets.h"
#include "ui/commands/studio.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace smidgen::ui {

class PresetsDialog final : public QDialog {
    Q_OBJECT

 public:
    explicit PresetsDialog(const Studio& studio, QWidget* parent = nullptr);

 Q_SIGNALS:
    /// `whole`: with its model, seed and length, too.
    void chosen(const smidgen::PresetSnapshot& preset, bool whole);

 private:
    void read();
    void showChosen();
    void rename();
    void remove();
    [[nodiscard]] Preset current() const;

    Studio m_studio;
    QTreeWidget* m_tree;
    QLineEdit* m_name;
    QLabel* m_about;
    QPushButton* m_use;
    QPushButton* m_useWhole;
    QPushButton* m_rename;
    QPushButton* m_remove;
};

}  // namespace smidgen::ui
