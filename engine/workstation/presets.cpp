#include "engine/workstation/presets.h"

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>

#include "engine/foundation/atomic_file.h"
#include "engine/foundation/shipped_files.h"
#include "engine/library/library.h"
#include "engine/library/library_blocks.h"
#include "engine/library/preset_takes.h"
#include "engine/workstation/workstation.h"

namespace smidgen {
namespace {

constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLargestFile = std::size_t{1} << 20;
constexpr std::size_t kMostNamed = 12;

/// A file of the program: one that cannot be read gives none.
std::vector<Preset> readFactoryPresets() {
    std::vector<Preset> presets;
    const auto file = shippedFile("presets.json");
    if (!file) return presets;
    const auto text = readWholeFile(*file, kLargestFile);
    if (!text) return presets;
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    if (!json.is_object() || !json.contains("presets")) return presets;
    for (const auto& each : json["presets"]) {
        PresetRecord preset;
        try {
            preset.name = each.at("name").get<std::string>();
            preset.id = kFactoryPrefix + preset.name;
            for (const auto& [name, position] : each.at("sliders").items())
                if (const auto attribute = attributeNamed(name))
                    preset.recipe.sliders[*attribute] = position.get<double>();
            preset.recipe.variation = each.value("variation", preset.recipe.variation);
        } catch (const nlohmann::json::exception&) {
            continue;
        }
        presets.push_back(std::make_shared<const PresetRecord>(std::move(preset)));
    }
    return presets;
}

const std::vector<Preset>& factoryPresets() {
    static const std::vector<Preset> presets = readFactoryPresets();
    return presets;
}

std::string lastPart(const std::string& name) {
    const std::size_t slash = name.rfind('/');
    return slash == std::string::npos ? name : name.substr(slash + 1);
}

Status refuseFactory(const PresetId& id) {
    if (!id.starts_with(kFactoryPrefix)) return {};
    return failure(ErrorCode::invalidArgument, "'" + id.substr(std::string(kFactoryPrefix).size()) +
                                                   "' came with the program and stays as it is. Save it "
                                                   "under another name to change it.");
}

Status told(const Workstation& workstation, const PresetId& id, Status done) {
    if (done) workstation.tell({Topic::presets, id, 0});
    return done;
}

Preset namedPreset(const Workstation& workstation, const std::string& name) {
    for (const Preset& preset : workstation.items().presets())
        if (preset->name == name) return preset;
    return nullptr;
}

}  // namespace

bool isFactory(const PresetSnapshot& preset) {
    return preset.id.starts_with(kFactoryPrefix);
}

std::vector<Preset> presetsOf(const Workstation& workstation, bool trashed) {
    std::vector<Preset> all = workstation.items().presets(trashed);
    if (!trashed) all.insert(all.end(), factoryPresets().begin(), factoryPresets().end());
    return all;
}

Result<Preset> findPreset(const Workstation& workstation, const std::string& idOrName, bool trashed) {
    const std::vector<Preset> all = presetsOf(workstation, trashed);
    for (const Preset& preset : all)
        if (preset->id == idOrName || preset->name == idOrName) return preset;
    std::vector<Preset> fitting;
    for (const Preset& preset : all) {
        if (idOrName.empty() || (lastPart(preset->name) != idOrName && !preset->id.starts_with(idOrName)))
            continue;
        // One's own stand before those that came with the program.
        if (!fitting.empty() && isFactory(*preset)) break;
        fitting.push_back(preset);
    }
    if (fitting.size() == 1) return fitting.front();
    if (fitting.size() > 1) {
        std::string names;
        for (const Preset& preset : fitting) names += (names.empty() ? "'" : ", '") + preset->name + "'";
        return failure(ErrorCode::invalidArgument, "Several presets could be meant by '" + idOrName +
                                                       "': " + names + ". Write the name in full.");
    }
    std::string names;
    for (std::size_t i = 0; i < std::min(all.size(), kMostNamed); ++i)
        names += (i == 0 ? " There are '" : ", '") + all[i]->name + "'";
    if (!all.empty()) names += all.size() > kMostNamed ? " and more." : ".";
    return failure(ErrorCode::notFound,
                   "There is no preset '" + idOrName + "'" + (trashed ? " in the trash." : ".") + names);
}

std::optional<TakeId> takeOfPreset(const Workstation& workstation, const PresetId& preset) {
    const auto takes = takesOfPresets(workstation.items());
    const auto found = takes.find(preset);
    return found == takes.end() ? std::nullopt : std::optional(found->second);
}

Result<std::string> presetName(const std::string& name) {
    std::string whole;
    std::size_t start = 0;
    while (start <= name.size()) {
        const std::size_t end = std::min(name.find('/', start), name.size());
        std::string part = name.substr(start, end - start);
        const auto isSpace = [](unsigned char c) { return c == ' ' || c == '\t'; };
        while (!part.empty() && isSpace(static_cast<unsigned char>(part.front()))) part.erase(0, 1);
        while (!part.empty() && isSpace(static_cast<unsigned char>(part.back()))) part.pop_back();
        const bool plain =
            std::ranges::none_of(part, [](char c) { return static_cast<unsigned char>(c) < 32; });
        if (part.empty() || !plain)
            return failure(ErrorCode::invalidArgument,
                           "A preset needs a name, on one line; with '/', folders: 'Caves/Dark room'.");
        whole += (whole.empty() ? "" : "/") + part;
        start = end + 1;
    }
    if (whole.size() > kLongestName)
        return failure(ErrorCode::invalidArgument, "The name of a preset has 200 bytes at most.");
    return whole;
}

Result<Preset> savePreset(Workstation& workstation, const std::string& name, const Recipe& recipe,
                          bool replace) {
    auto whole = presetName(name);
    if (!whole) return propagate(whole);
    if (auto valid = recipe.validate(); !valid) return propagate(valid);
    Library& library = workstation.items();
    const Preset there = namedPreset(workstation, *whole);
    if (there != nullptr && !replace)
        return failure(ErrorCode::conflict, "There is a preset '" + *whole + "' already.");
    Result<Preset> saved;
    if (there != nullptr) {
        saved = library.replacePreset(there->id, recipe);
    } else {
        PresetRecord record;
        record.name = *whole;
        record.recipe = recipe;
        saved = library.addPreset(std::move(record));
    }
    if (saved) workstation.tell({Topic::presets, (*saved)->id, 0});
    return saved;
}

Status renamePreset(Workstation& workstation, const PresetId& preset, const std::string& name) {
    if (auto mine = refuseFactory(preset); !mine) return mine;
    auto whole = presetName(name);
    if (!whole) return propagate(whole);
    const Preset there = namedPreset(workstation, *whole);
    if (there != nullptr && there->id != preset)
        return failure(ErrorCode::conflict, "There is a preset '" + *whole + "' already.");
    return told(workstation, preset, workstation.items().changePreset(preset, [&](PresetRecord& record) {
        record.name = *whole;
    }));
}

Status tagPreset(Workstation& workstation, const PresetId& preset, const std::vector<std::string>& tags) {
    if (auto mine = refuseFactory(preset); !mine) return mine;
    return told(workstation, preset, workstation.items().changePreset(preset, [&](PresetRecord& record) {
        // A star stays.
        const bool starred = std::ranges::count(record.tags, kStarTag) > 0;
        record.tags = tags;
        if (starred && std::ranges::count(tags, kStarTag) == 0) record.tags.emplace_back(kStarTag);
    }));
}

Status trashPreset(Workstation& workstation, const PresetId& preset) {
    if (auto mine = refuseFactory(preset); !mine) return mine;
    return told(workstation, preset, workstation.items().changePreset(preset, [](PresetRecord& record) {
        record.trashed = true;
    }));
}

Status restorePreset(Workstation& workstation, const PresetId& preset) {
    // Another one may have been given its name while it was away.
    if (const auto mine = workstation.items().preset(preset)) {
        const Preset there = namedPreset(workstation, mine->name);
        if (there != nullptr && there->id != preset)
            return failure(ErrorCode::conflict, "There is a preset '" + mine->name +
                                                    "' already. Give that one another name first.");
    }
    return told(workstation, preset, workstation.items().changePreset(preset, [](PresetRecord& record) {
        record.trashed = false;
    }));
}

Status purgePreset(Workstation& workstation, const PresetId& preset) {
    return told(workstation, preset, workstation.items().purgePreset(preset));
}

Recipe withPreset(const Recipe& recipe, const PresetSnapshot& preset, bool priorThere) {
    Recipe whole = preset.recipe;
    whole.modelId = recipe.modelId;
    whole.modelName = recipe.modelName;
    whole.seed = recipe.seed;
    whole.seconds = recipe.seconds;
    whole.decoder = recipe.decoder;
    if (isFactory(preset)) {
        // These say what the sound is to be like, and nothing else.
        const Recipe moved = whole;
        whole = recipe;
        whole.sliders = moved.sliders;
        whole.sliderTools = moved.sliderTools;
        whole.variation = moved.variation;
        return whole;
    }
    if (!priorThere) whole.prior.reset();
    // Directions are a model's own.
    if (preset.recipe.modelId != recipe.modelId) whole.explore.clear();
    return whole;
}

}  // namespace smidgen
