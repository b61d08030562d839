// What came from another library, said in words, with its way back.
#pragma once

#include <QString>
#include <string>
#include <vector>

#include "engine/workstation/other_library_items.h"
#include "ui/commands/studio.h"

namespace smidgen::ui {

struct BroughtWords {
    QString sentence;
    bool good = false;  ///< all that was asked for came
};
/// What was not here before is one step on the undo stack.
[[nodiscard]] BroughtWords takeIn(const Studio& studio, const Brought& brought);

/// "3 things".
[[nodiscard]] QString thingsText(std::uint64_t count);
/// The first of several, and how many there are besides.
[[nodiscard]] QString problemsText(const std::vector<std::string>& problems);

}  // namespace smidgen::ui
