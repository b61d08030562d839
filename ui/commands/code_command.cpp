#include "ui/commands/code_command.h"

#include <algorithm>

#include "ui/bridge/text.h"

namespace smidgen::ui {

CodeCommand::CodeCommand(CodeBridge& codes, const QString& text, std::vector<CodesId> documents,
                         Refused refused)
    : QUndoCommand(text), m_codes(&codes), m_documents(std::move(documents)), m_refused(std::move(refused)) {}

void CodeCommand::undo() {
    m_done = false;
    step(&CodeDesk::undo);
}

void CodeCommand::redo() {
    if (m_done) return;
    m_done = true;
    step(&CodeDesk::redo);
}

void CodeCommand::step(Result<bool> (CodeDesk::*take)(const CodesId&)) {
    if (m_codes.isNull()) return setObsolete(true);
    for (const CodesId& id : m_documents) {
        const Result<bool> done = (m_codes->desk().*take)(id);
        if (done) continue;
        setObsolete(true);
        return m_refused(toText(done.error().sentence));
    }
    // What has changed is to be seen, unless it lies in the trash.
    const CodesId shown = m_codes->desk().focused();
    if (std::ranges::find(m_documents, shown) != m_documents.end()) return;
    const auto seen = std::ranges::find_if(
        m_documents, [&](const CodesId& id) { return m_codes->desk().view(id) != nullptr; });
    if (seen != m_documents.end()) m_codes->bringUp(*seen);
}

}  // namespace smidgen::ui
