// The pre-flight table as lines of text.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "app/cli/session.h"
#include "engine/collections/preflight.h"

namespace smidgen::cli {

/// Scans with a running line; an interrupt cancels. Errors: as scanSounds().
[[nodiscard]] Result<ScanReport> scanWithProgress(Session& session,
                                                  const std::vector<std::filesystem::path>& paths);

/// A head line, then one line a file: verdict, rate, channels, length, loudness, file, reason.
[[nodiscard]] std::vector<std::string> preflightTable(std::span<const SoundEntry> entries);

/// "40 files, 38 usable (2 with a warning), 2 skipped: 1 min 20 s of sound at 44100 Hz, mean -18.2 LUFS."
[[nodiscard]] std::string totalsSentence(const CollectionTotals& totals);

}  // namespace smidgen::cli
