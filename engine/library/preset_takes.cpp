#include "engine/library/preset_takes.h"

#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "engine/library/library.h"

namespace smidgen {
namespace {

/// How a preset's settings come again in a take of the same model, or of another, where directions are left
/// out; a model without a prior makes do without one.
enum class Made { same, other };

/// What a preset gives to a take: all but model, seed, length and decoder.
Recipe settingsOf(const Recipe& recipe) {
    Recipe settings = recipe;
    settings.modelId.clear();
    settings.modelName.clear();
    settings.seed = 0;
    settings.seconds = 0;
    settings.decoder.clear();
    settings.griffinLim = {};
    return settings;
}

struct Wanted {
    std::size_t preset;
    Made made;
};

/// The lowest stands for a preset.
using Rank = std::tuple<int, std::int64_t, TakeId>;

}  // namespace

std::map<PresetId, TakeId> takesOfPresets(const Library& library) {
    const auto presets = library.presets();
    if (presets.empty()) return {};
    std::unordered_map<std::string, std::vector<Wanted>> wanted;
    for (std::size_t i = 0; i < presets.size(); ++i) {
        Recipe settings = settingsOf(presets[i]->recipe);
        const auto want = [&](Made made) { wanted[toJson(settings)].push_back({i, made}); };
        want(Made::same);
        const bool prior = settings.prior.has_value();
        if (prior) {
            settings.prior.reset();
            want(Made::same);
            settings.prior = presets[i]->recipe.prior;
        }
        settings.explore.clear();
        want(Made::other);
        if (prior) {
            settings.prior.reset();
            want(Made::other);
        }
    }
    std::vector<std::optional<Rank>> best(presets.size());
    for (const auto& take : library.takes()) {
        const auto found = wanted.find(toJson(settingsOf(take->recipe)));
        if (found == wanted.end()) continue;
        for (const Wanted& each : found->second) {
            const Recipe& saved = presets[each.preset]->recipe;
            const bool sameModel = saved.modelId == take->recipe.modelId;
            if (sameModel != (each.made == Made::same)) continue;
            const int distance = saved == take->recipe ? 0 : sameModel ? 1 : 2;
            Rank rank{distance, take->createdMs, take->id};
            if (auto& now = best[each.preset]; !now || rank < *now) now = std::move(rank);
        }
    }
    std::map<PresetId, TakeId> takes;
    for (std::size_t i = 0; i < presets.size(); ++i)
        if (best[i]) takes.emplace(presets[i]->id, std::get<TakeId>(*best[i]));
    return takes;
}

}  // namespace smidgen
