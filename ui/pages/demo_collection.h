// Sounds to begin with, when the system has some.
#pragma once

#include <filesystem>
#include <optional>

namespace smidgen::ui {

/// The folder of Debian's `sonic-pi-samples` (CC0), or nothing.
[[nodiscard]] std::optional<std::filesystem::path> demoCollection();

}  // namespace smidgen::ui
