// The sound format options of every command that writes sound.
#pragma once

#include <CLI/CLI.hpp>

#include "app/cli/output_place.h"

namespace smidgen::cli {

void addSoundOptions(CLI::App& command, SoundOptions& options);

}  // namespace smidgen::cli
