// The tools of the Edit page.
#pragma once

#include <QWidget>

#include "ui/commands/shortcuts.h"
#include "ui/commands/studio.h"

namespace smidgen {
class CodeGridView;
}

namespace smidgen::ui {

class CodeActions;
class CodeListening;

/// Connects the page's actions, whose keys work while the keyboard is within `page` alone.
class EditBar final : public QWidget {
    Q_OBJECT

 public:
    EditBar(const Studio& studio, const Shortcuts& shortcuts, CodeGridView& grid, CodeActions& actions,
            CodeListening& listening, QWidget& page);

    /// Whether codes are open to be worked on.
    void setReady(bool open);

 protected:
    /// Sees the key of "original" come up again, wherever the keyboard is by then.
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void connectActions(QWidget& page);
    void setOriginal(bool held);
    void hear();
    [[nodiscard]] QWidget* button(const QString& id);

    Studio m_studio;
    const Shortcuts& m_shortcuts;
    CodeGridView& m_grid;
    CodeActions& m_actions;
    CodeListening& m_listening;
};

}  // namespace smidgen::ui
