// Every shortcut, and the way to change it.
#pragma once

#include <QDialog>

#include "ui/commands/shortcuts.h"
#include "ui/theme/theme.h"

class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QTreeWidget;

namespace smidgen::ui {

class ShortcutsDialog final : public QDialog {
    Q_OBJECT

 public:
    explicit ShortcutsDialog(Shortcuts& shortcuts, QWidget* parent = nullptr);

 private:
    void read();
    void filter(const QString& words);
    void assign(const QKeySequence& keys);
    void resetChosen();
    void say(const Status& done);
    [[nodiscard]] QString chosen() const;

    Shortcuts& m_shortcuts;
    QLineEdit* m_search;
    QTreeWidget* m_list;
    QKeySequenceEdit* m_keys;
    QLabel* m_said;
};

}  // namespace smidgen::ui
