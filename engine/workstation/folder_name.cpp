#include "engine/workstation/folder_name.h"

#include "engine/foundation/atomic_file.h"

namespace smidgen {

namespace fs = std::filesystem;

std::string folderName(std::span<const fs::path> paths) {
    if (paths.empty()) return "Collection";
    const fs::path normal = fs::absolute(paths.front()).lexically_normal();
    const bool folder = fs::is_directory(normal);
    const fs::path named =
        folder ? (normal.has_filename() ? normal : normal.parent_path()) : normal.parent_path();
    const std::string name = displayName(named.filename());
    return name.empty() ? "Collection" : name;
}

}  // namespace smidgen
