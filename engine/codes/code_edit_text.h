// What was done to a code document, written down: its lanes and the cells that differ from the original.
#pragma once

#include <string>

#include "engine/codes/code_document.h"
#include "engine/foundation/result.h"

namespace smidgen {

/// JSON: "smidgen_code_edits" (version 1), names, "lanes", and "changes", each [channel, level, first frame,
/// [codes …]] a run of cells. A document edited little takes few bytes, however long it is.
[[nodiscard]] std::string editsToJson(const CodeDocument& document);

/// The document of an original and its edits. Errors: unusableInput (not JSON, a newer version, cells or
/// codes that the original does not have).
[[nodiscard]] Result<CodeDocument> documentFromEdits(SoundCodes original, const std::string& edits);

}  // namespace smidgen
