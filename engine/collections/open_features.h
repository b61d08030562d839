// Opening a feature cache file.
#pragma once

#include <filesystem>
#include <string>

#include "engine/collections/feature_cache.h"

namespace smidgen {

/// Checks every byte. Errors: notFound, io, unusableInput (damaged, or of another sound or settings).
[[nodiscard]] Result<SoundFeatures> openFeatures(const std::filesystem::path& path,
                                                 const std::string& contentHash,
                                                 const std::string& settingsHash);
/// Whether this process holds an opened SoundFeatures of that file.
[[nodiscard]] bool featuresInUse(const std::filesystem::path& path);

}  // namespace smidgen
