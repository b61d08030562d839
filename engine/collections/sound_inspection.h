// One file, looked at from its first byte to its last.
#pragma once

#include <filesystem>

#include "engine/collections/preflight.h"

namespace smidgen {

/// Everything a row of the pre-flight table says that does not depend on other files. Never fails: what is
/// wrong is a finding. Reads the file twice in blocks (identity, then sound). Cancelled: an entry without
/// findings that the caller must throw away.
[[nodiscard]] SoundEntry inspectSound(const std::filesystem::path& path, const CancelToken& cancel);

/// A folder that could not be listed, as a row.
[[nodiscard]] SoundEntry unreadableFolderEntry(const std::filesystem::path& path);

}  // namespace smidgen
