// One reversible change of the library.
#pragma once

#include <QUndoCommand>
#include <functional>

#include "ui/bridge/engine_bridge.h"

namespace smidgen::ui {

/// Pushed after `apply` has succeeded once, so the first redo() does nothing. Later undo() and redo() run in
/// order on the bridge's thread; when the engine refuses one, `refused` hears the sentence and the command
/// becomes obsolete.
class LibraryCommand final : public QUndoCommand {
 public:
    using Step = std::function<Status(Workstation&)>;
    using Refused = std::function<void(const QString& sentence)>;

    LibraryCommand(EngineBridge& bridge, const QString& text, Step apply, Step revert, Refused refused);
    void undo() override;
    void redo() override;

 private:
    void run(const Step& step);

    EngineBridge& m_bridge;
    Step m_apply;
    Step m_revert;
    Refused m_refused;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
    bool m_applied = true;
};

}  // namespace smidgen::ui
