// Mono, stereo, or around a listener's head, on the command line.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "engine/generation/recipe.h"

namespace smidgen::cli {

struct SpaceOptions {
    std::optional<std::string> space;
    std::optional<double> width, azimuth, elevation, distance;
    std::vector<std::string> moves;
    std::string hrtf;
};

void addSpaceOptions(CLI::App& command, SpaceOptions& options);

/// What the options say, into a recipe. Errors: invalidArgument, also for an option that the recipe's output
/// has no use for.
[[nodiscard]] Status applySpace(const SpaceOptions& options, Recipe& recipe);

}  // namespace smidgen::cli
