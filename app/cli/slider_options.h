// --set and --explore: sliders, and a model's own directions, on the command line.
#pragma once

#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "engine/generation/recipe.h"

namespace smidgen::cli {

void addSetOption(CLI::App& command, std::vector<std::string>& sliders);
/// Each "brightness=0.8", or "brightness=free". Errors: invalidArgument, naming the sliders there are.
[[nodiscard]] Status setSliders(const std::vector<std::string>& texts, Recipe& recipe);

void addExploreOption(CLI::App& command, std::vector<std::string>& moves);
/// Each "2=-1.5": the second direction. Errors: invalidArgument.
[[nodiscard]] Status setExplore(const std::vector<std::string>& texts, Recipe& recipe);

}  // namespace smidgen::cli
