// From findings to a verdict, and to what a person is told.
#pragma once

#include <string>

#include "engine/collections/preflight.h"

namespace smidgen {

[[nodiscard]] Verdict verdictOf(Finding finding);
/// The severest of the entry's findings.
[[nodiscard]] Verdict verdictOf(const std::vector<Finding>& findings);
/// Whether the finding depends on the other files of a collection.
[[nodiscard]] bool isRelative(Finding finding);
[[nodiscard]] bool hasFinding(const SoundEntry& entry, Finding finding);

/// Adds a finding with its sentence and brings the verdict up to date.
void addFinding(SoundEntry& entry, Finding finding, const std::string& sentence);
/// Keeps the reason of a file that is gone (or, `replaced`, has another file in its place) for its return.
void markMissing(SoundEntry& entry, bool replaced = false);
[[nodiscard]] std::string clippedSentence(double clippedShare);
/// "48 kHz", "44.1 kHz".
[[nodiscard]] std::string rateText(int rate);
/// File name in single quotes, always valid UTF-8 (bytes that are not become U+FFFD).
[[nodiscard]] std::string quotedName(const std::filesystem::path& path);

}  // namespace smidgen
