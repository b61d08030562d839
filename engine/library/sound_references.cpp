#include "engine/library/sound_references.h"

#include <nlohmann/json.hpp>

#include "engine/foundation/atomic_file.h"
#include "engine/library/library.h"

namespace smidgen {

std::string toJson(std::span<const SoundReference> references) {
    nlohmann::json all = nlohmann::json::array();
    for (const SoundReference& sound : references)
        all.push_back({{"path", displayName(sound.path)},
                       {"hash", sound.contentHash},
                       {"seconds", sound.seconds},
                       {"learned", sound.learnedFrames},
                       {"held_back_from", sound.heldBackFrom},
                       {"anchor", sound.anchor}});
    return all.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<SoundReference> soundReferencesFromJson(const std::string& text) {
    try {
        std::vector<SoundReference> references;
        for (const auto& object : nlohmann::json::parse(text)) {
            const auto path = object.at("path").get<std::string>();
            SoundReference sound;
            sound.path = std::filesystem::path(std::u8string(path.begin(), path.end()));
            sound.contentHash = object.at("hash").get<std::string>();
            sound.seconds = object.at("seconds").get<double>();
            sound.learnedFrames = object.at("learned").get<std::int64_t>();
            sound.heldBackFrom = object.at("held_back_from").get<std::int64_t>();
            sound.anchor = object.at("anchor").get<int>();
            references.push_back(std::move(sound));
        }
        return references;
    } catch (const nlohmann::json::exception&) {
        return {};
    }
}

std::vector<SoundReference> soundReferencesOf(const std::map<std::string, std::string>& metadata) {
    const auto found = metadata.find(model_metadata::kSoundReferences);
    return found == metadata.end() ? std::vector<SoundReference>() : soundReferencesFromJson(found->second);
}

}  // namespace smidgen
