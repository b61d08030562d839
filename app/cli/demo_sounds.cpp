#include "app/cli/demo_sounds.h"

#include <algorithm>
#include <system_error>

#include "engine/audio/audio_reader.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen::cli {

Result<std::vector<std::filesystem::path>> chooseDemoSounds(const std::filesystem::path& folder) {
    constexpr std::size_t kOfEach = 20;
    std::vector<std::filesystem::path> drums;
    std::vector<std::filesystem::path> others;
    std::error_code problem;
    for (const auto& file : std::filesystem::directory_iterator(folder, problem)) {
        if (!hasAudioExtension(file.path())) continue;
        const std::string name = file.path().filename().string();
        const bool drum = name.starts_with("bd_") || name.starts_with("drum_") || name.starts_with("sn_");
        (drum ? drums : others).push_back(file.path());
    }
    if (drums.empty() && others.empty()) {
        return failure(ErrorCode::notFound,
                       "The demo sounds are not in " + displayName(folder) +
                           ". Install the package sonic-pi-samples, or name sounds of your own.");
    }
    for (auto* group : {&drums, &others}) {
        std::sort(group->begin(), group->end());
        if (group->size() > kOfEach) group->resize(kOfEach);
    }
    drums.insert(drums.end(), others.begin(), others.end());
    return drums;
}

}  // namespace smidgen::cli
