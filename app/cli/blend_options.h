// --blend: several models in one take.
#pragma once

#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "engine/generation/recipe.h"

namespace smidgen::cli {

struct BlendOptions {
    std::vector<std::string> parts;  ///< "drums:0.3"
    std::string kind = "auto";       ///< "auto", "audio", "latents"
};

void addBlendOptions(CLI::App& command, BlendOptions& options);
/// Names and shares into the recipe, and how they are blended: as asked, or of latents where all models fit.
/// Measures that, which takes a second a model. Errors: invalidArgument, notFound; unusableInput where
/// latents are asked for and do not fit.
[[nodiscard]] Status applyBlend(Session& session, Workstation& workstation, const BlendOptions& options,
                                Recipe& recipe);

}  // namespace smidgen::cli
