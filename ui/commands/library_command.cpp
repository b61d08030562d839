#include "ui/commands/library_command.h"

#include "ui/bridge/text.h"

namespace smidgen::ui {

LibraryCommand::LibraryCommand(EngineBridge& bridge, const QString& text, Step apply, Step revert,
                               Refused refused)
    : QUndoCommand(text),
      m_bridge(bridge),
      m_apply(std::move(apply)),
      m_revert(std::move(revert)),
      m_refused(std::move(refused)) {}

void LibraryCommand::undo() {
    m_applied = false;
    run(m_revert);
}

void LibraryCommand::redo() {
    if (m_applied) return;
    m_applied = true;
    run(m_apply);
}

void LibraryCommand::run(const Step& step) {
    m_bridge.runInOrder(
        &m_bridge, [&engine = m_bridge.engine(), step] { return step(engine); },
        [this, alive = std::weak_ptr(m_alive), refused = m_refused](const Status& status) {
            if (status) return;
            if (!alive.expired()) setObsolete(true);
            refused(toText(status.error().sentence));
        });
}

}  // namespace smidgen::ui
