// Files that come with the program.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace smidgen {

/// The file `name` (with its folders, e.g. "base/decoder-standard.safetensors") among the resources: in
/// $SMIDGEN_RESOURCES when that is set, else in share/smidgen beside the program's folder, else in the source
/// tree it was built from. Nothing when no such file is there.
[[nodiscard]] std::optional<std::filesystem::path> shippedFile(const std::string& name);

}  // namespace smidgen
