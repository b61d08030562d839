// What a take was made of, when that was no seed of a model.
#pragma once

#include <QString>

#include "engine/generation/recipe.h"

namespace smidgen::ui {

/// "edited codes", "a cube"; empty for a take of a model, whose seed makes it again.
[[nodiscard]] QString originText(const Recipe& recipe);

}  // namespace smidgen::ui
