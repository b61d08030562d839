// Which files a scan looks at.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"

namespace smidgen {

struct FoundFile {
    std::filesystem::path path;     ///< absolute, normalised
    bool unreadableFolder = false;  ///< a folder whose contents could not be listed
    bool gone = false;              ///< named, known from before, and no longer there
};

/// Files named directly, whatever they are called, and files with an audio extension inside folders; hidden
/// entries of folders are passed over, links are followed, every real folder is walked once. In natural order
/// without repetitions. `found` gets the count as it grows. Errors: notFound (no such path, unless `isKnown`
/// says that there once was a file), cancelled.
[[nodiscard]] Result<std::vector<FoundFile>> findSoundFiles(
    std::span<const std::filesystem::path> paths,
    const std::function<bool(const std::filesystem::path&)>& isKnown, const CancelToken& cancel,
    const std::function<void(std::size_t)>& found);

}  // namespace smidgen
