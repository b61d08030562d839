// cube fill, axes: gaps rendered by a model, and what the axes are called.
#pragma once

#include "app/cli/commands.h"

namespace smidgen::cli {

void addCubeFillCommands(CLI::App& cube, Invocation& invocation);

}  // namespace smidgen::cli
