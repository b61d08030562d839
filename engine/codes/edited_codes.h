// A code document with everything that was done to it, each step reversible.
#pragma once

#include <memory>
#include <vector>

#include "engine/codes/code_mutation.h"

namespace smidgen {

/// Steps [0, position()) are done, the others undone. Undoing all of them gives the document it was made
/// with. Documents are immutable once handed out.
class EditedCodes {
 public:
    explicit EditedCodes(CodeDocument document);

    [[nodiscard]] const std::shared_ptr<const CodeDocument>& document() const { return m_document; }
    [[nodiscard]] const std::vector<CodeMutation>& steps() const { return m_steps; }
    [[nodiscard]] std::size_t position() const { return m_position; }

    /// Forgets undone steps and adds one. `gesture` other than 0: goes into the last step when that is of the
    /// same gesture and nothing was undone since. True when the number of steps has grown; an empty mutation
    /// changes nothing. Errors: as apply().
    [[nodiscard]] Result<bool> perform(CodeMutation mutation, std::uint64_t gesture = 0);
    /// False when there is nothing to take back, or to do again.
    [[nodiscard]] Result<bool> undo();
    [[nodiscard]] Result<bool> redo();

 private:
    [[nodiscard]] Status change(const CodeMutation& mutation);

    std::shared_ptr<const CodeDocument> m_document;
    std::vector<CodeMutation> m_steps;
    std::size_t m_position = 0;
    std::uint64_t m_gesture = 0;  ///< of the last step, while it can grow
};

}  // namespace smidgen
