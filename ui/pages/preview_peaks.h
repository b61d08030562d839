// The waveform of a whole file, for small pictures.
#pragma once

#include <filesystem>
#include <vector>

#include "engine/analysis/peaks.h"

namespace smidgen::ui {

/// The whole of a sound file as `columns` extremes; empty when it cannot be read. Blocks: call it on a
/// worker.
[[nodiscard]] std::vector<PeakPair> peaksOfFile(const std::filesystem::path& file, int columns);

}  // namespace smidgen::ui
