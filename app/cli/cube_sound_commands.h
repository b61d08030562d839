// cube sample, path: what a cube sounds like.
#pragma once

#include "app/cli/commands.h"

namespace smidgen::cli {

void addCubeSoundCommands(CLI::App& cube, Invocation& invocation);

}  // namespace smidgen::cli
