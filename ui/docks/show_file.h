// Shows a file in the desktop's file manager.
#pragma once

#include <filesystem>

namespace smidgen::ui {

/// Opens the folder the file is in.
void showInFolder(const std::filesystem::path& file);

}  // namespace smidgen::ui
