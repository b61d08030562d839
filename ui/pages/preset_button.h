// Presets: chosen from a menu, and the settings of the moment saved as one.
#pragma once

#include <QToolButton>

#include "engine/workstation/presets.h"
#include "ui/commands/studio.h"

class QMenu;

namespace smidgen::ui {

class PresetButton final : public QToolButton {
    Q_OBJECT

 public:
    explicit PresetButton(const Studio& studio, QWidget* parent = nullptr);

    /// As the menu shows them now.
    void fill(QMenu& menu);
    /// Asks for a name and saves `recipe` under it; asks before it writes over another.
    void save(const Recipe& recipe);

 Q_SIGNALS:
    /// `whole`: with its model, seed and length, too.
    void chosen(const smidgen::PresetSnapshot& preset, bool whole);
    void saveRequested();
    void manageRequested();

 private:
    void saveAs(const QString& name, const Recipe& recipe, bool replace);

    Studio m_studio;
};

}  // namespace smidgen::ui
