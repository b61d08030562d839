// What a collection is called until somebody names it.
#pragma once

#include <filesystem>
#include <span>
#include <string>

namespace smidgen {

/// The first path's folder (itself, when it is one); "Collection" when that says nothing.
[[nodiscard]] std::string folderName(std::span<const std::filesystem::path> paths);

}  // namespace smidgen
