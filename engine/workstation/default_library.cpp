// Where the library is when nobody says otherwise.
#include <cstdlib>

#include "engine/workstation/workstation.h"

namespace smidgen {

std::filesystem::path Workstation::defaultLibrary() {
    const auto variable = [](const char* name) -> std::filesystem::path {
        const char* value = std::getenv(name);
        return value ? std::filesystem::path(value) : std::filesystem::path();
    };
    if (const std::filesystem::path chosen = variable("SMIDGEN_LIBRARY"); !chosen.empty()) return chosen;
    if (const std::filesystem::path data = variable("XDG_DATA_HOME"); !data.empty()) return data / "smidgen";
    return variable("HOME") / ".local" / "share" / "smidgen";
}

}  // namespace smidgen
