// Figures as people read them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/workstation/snapshots.h"

namespace smidgen::cli {

[[nodiscard]] std::string secondsText(double seconds);    ///< "0.35 s", "12.4 s", "3 min 20 s", "1 h 5 min"
[[nodiscard]] std::string decibelText(double decibels);   ///< "-16.0", or "silent" for minus infinity
[[nodiscard]] std::string bytesText(std::int64_t bytes);  ///< "980 B", "9.8 MB", decimal
[[nodiscard]] std::string dateText(std::int64_t unixMs);  ///< "2024-05-01 17:03", local time
/// "1 file", "2 files".
[[nodiscard]] std::string counted(std::int64_t count, const std::string& noun);

/// "usage 98 %, perplexity 51 of 64": one line a level.
[[nodiscard]] std::vector<std::string> levelLines(const CodebookCard& card);

/// "brightness 0.10 (asked 0.10; 0.55 without, 0.18 by the model, the rest by tools)": of those asked for.
[[nodiscard]] std::vector<std::string> sliderLines(const TakeSnapshot& take);

}  // namespace smidgen::cli
