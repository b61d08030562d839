#include "ui/pages/demo_collection.h"

namespace smidgen::ui {

std::optional<std::filesystem::path> demoCollection() {
    const std::filesystem::path folder = "/usr/share/sonic-pi/samples";
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error)) return std::nullopt;
    return folder;
}

}  // namespace smidgen::ui
