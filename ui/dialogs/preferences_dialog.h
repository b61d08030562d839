// What can be set for the whole studio, in one place.
#pragma once

#include <QDialog>

#include "ui/commands/shortcuts.h"
#include "ui/commands/studio.h"

class QComboBox;
class QGridLayout;
class QLabel;

namespace smidgen::ui {

/// Every change counts at once, unless its line says otherwise.
class PreferencesDialog final : public QDialog {
    Q_OBJECT

 public:
    PreferencesDialog(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent = nullptr);

 Q_SIGNALS:
    void lookResetRequested();

 private:
    void addHeading(const QString& text);
    void addRow(const QString& name, QWidget* control, const QString& help);
    void addTheme();
    void addScale();
    void addLanguage();
    void addGenerate();
    void addUndo();
    void addLibrary();
    /// A button that runs an action of the window.
    void addAction(const QString& name, const QString& id, const QString& help);
    void fillDecoders(QComboBox& decoders);

    Studio m_studio;
    const Shortcuts& m_shortcuts;
    QGridLayout* m_rows;
};

}  // namespace smidgen::ui
