// Where things stood on the map the last time: a disposable file.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "engine/foundation/result.h"
#include "engine/map/disc_view.h"

namespace smidgen {

/// By an item's kind and id: "sound:3f…".
using KnownPlaces = std::map<std::string, DiscPoint>;

/// What cannot be read, or is damaged, knows nothing.
[[nodiscard]] KnownPlaces readKnownPlaces(const std::filesystem::path& file);
/// Errors: io.
[[nodiscard]] Status writeKnownPlaces(const std::filesystem::path& file, const KnownPlaces& places);

}  // namespace smidgen
