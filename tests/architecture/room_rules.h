// Which room may include what.
#pragma once

#include <string>
#include <vector>

#include "tests/architecture/source_tree.h"

namespace smidgen::architecture {

/// One sentence for each include that points the wrong way between rooms: app → ui → engine → {models,
/// storage}; models and storage are leaves that do not know each other; engine/foundation lies beneath all.
[[nodiscard]] std::vector<std::string> roomViolations(const std::vector<SourceFile>& files);

/// One sentence for each foreign header outside the room it belongs to, and for each header of ours that
/// carries one out of its room.
[[nodiscard]] std::vector<std::string> foreignViolations(const std::vector<SourceFile>& files);

}  // namespace smidgen::architecture
