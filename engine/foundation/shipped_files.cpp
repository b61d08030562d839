#include "engine/foundation/shipped_files.h"

#include <cstdlib>
#include <system_error>
#include <vector>

namespace smidgen {
namespace {

std::vector<std::filesystem::path> places() {
    if (const char* chosen = std::getenv("SMIDGEN_RESOURCES"); chosen != nullptr && *chosen != '\0')
        return {chosen};
    std::vector<std::filesystem::path> result;
    std::error_code problem;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", problem);
    if (!problem) result.push_back(program.parent_path().parent_path() / "share" / "smidgen");
    result.emplace_back(SMIDGEN_RESOURCE_FOLDER);
    return result;
}

}  // namespace

std::optional<std::filesystem::path> shippedFile(const std::string& name) {
    for (const std::filesystem::path& place : places()) {
        std::error_code problem;
        auto file = place / name;
        if (std::filesystem::is_regular_file(file, problem)) return file;
    }
    return std::nullopt;
}

}  // namespace smidgen
