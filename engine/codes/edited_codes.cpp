#include "engine/codes/edited_codes.h"

#include <utility>

namespace smidgen {

EditedCodes::EditedCodes(CodeDocument document)
    : m_document(std::make_shared<const CodeDocument>(std::move(document))) {}

Status EditedCodes::change(const CodeMutation& mutation) {
    auto changed = std::make_shared<CodeDocument>(*m_document);
    if (auto done = apply(mutation, *changed); !done) return done;
    m_document = std::move(changed);
    return {};
}

Result<bool> EditedCodes::perform(CodeMutation mutation, std::uint64_t gesture) {
    if (mutation.empty()) return false;
    if (auto done = change(mutation); !done) return propagate(done);
    const bool grows = gesture != 0 && gesture == m_gesture && m_position == m_steps.size() && m_position > 0;
    m_steps.resize(m_position);
    m_gesture = gesture;
    if (grows) {
        m_steps.back() = merged(m_steps.back(), mutation);
        return false;
    }
    m_steps.push_back(std::move(mutation));
    ++m_position;
    return true;
}

Result<bool> EditedCodes::undo() {
    if (m_position == 0) return false;
    if (auto done = change(inverseOf(m_steps[m_position - 1])); !done) return propagate(done);
    --m_position;
    m_gesture = 0;
    return true;
}

Result<bool> EditedCodes::redo() {
    if (m_position == m_steps.size()) return false;
    if (auto done = change(m_steps[m_position]); !done) return propagate(done);
    ++m_position;
    m_gesture = 0;
    return true;
}

}  // namespace smidgen
