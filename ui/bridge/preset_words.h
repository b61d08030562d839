// Presets that come with the program, in the window's language.
#pragma once

#include <QString>

#include "engine/workstation/presets.h"

namespace smidgen::ui {

/// The name with its folders, "Smidgen/Dark room": of a preset that came with the program translated, of a
/// person's own as it was given.
[[nodiscard]] QString presetText(const PresetSnapshot& preset);

}  // namespace smidgen::ui
