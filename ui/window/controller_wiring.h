// Between controllers and the window: what they ask for is done, and what the window does is shown to them.
#pragma once

#include <QObject>

#include "engine/control/control_change.h"
#include "ui/commands/shortcuts.h"
#include "ui/commands/studio.h"

class QMenu;

namespace smidgen::ui {

class GeneratePage;

/// Window thread.
class ControllerWiring final : public QObject {
    Q_OBJECT

 public:
    ControllerWiring(const Studio& studio, const Shortcuts& shortcuts, GeneratePage& page, QObject* parent);

 Q_SIGNALS:
    /// Something for the status line; empty: nothing more.
    void noted(const QString& line);
    /// Takes were asked for.
    void pageWanted();
    void dialogWanted();

 private:
    void obey(const ControlChange& change);
    void turn(const std::string& target, bool on);
    void reportSliders();
    void reportSwitches();
    void markSliders();
    void extendMenu(Attribute attribute, QMenu& menu);

    Studio m_studio;
    const Shortcuts& m_shortcuts;
    GeneratePage& m_page;
};

}  // namespace smidgen::ui
