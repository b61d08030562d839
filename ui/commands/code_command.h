// One gesture on codes, as a step of the window's undo stack.
#pragma once

#include <QPointer>
#include <QUndoCommand>
#include <functional>
#include <vector>

#include "ui/bridge/code_bridge.h"

namespace smidgen::ui {

/// Pushed after the gesture was made, so the first redo() does nothing. The desk knows what to take back:
/// the last step of each of these documents. Becomes obsolete when a document is not open any more.
class CodeCommand final : public QUndoCommand {
 public:
    using Refused = std::function<void(const QString& sentence)>;

    CodeCommand(CodeBridge& codes, const QString& text, std::vector<CodesId> documents, Refused refused);
    void undo() override;
    void redo() override;

 private:
    void step(Result<bool> (CodeDesk::*take)(const CodesId&));

    QPointer<CodeBridge> m_codes;
    std::vector<CodesId> m_documents;
    Refused m_refused;
    bool m_done = true;
};

}  // namespace smidgen::ui
