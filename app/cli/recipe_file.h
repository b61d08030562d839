// Recipes from files.
#pragma once

#include <filesystem>

#include "engine/foundation/result.h"
#include "engine/generation/recipe.h"

namespace smidgen::cli {

/// From a JSON file, or from the tags of a sound file that Smidgen wrote. Errors: notFound, io,
/// unusableInput.
[[nodiscard]] Result<Recipe> readRecipe(const std::filesystem::path& file);

}  // namespace smidgen::cli
