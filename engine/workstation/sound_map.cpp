#include "engine/workstation/sound_map.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include "engine/collections/content_hash.h"
#include "engine/library/code_shelf.h"
#include "engine/library/finder.h"
#include "engine/library/library.h"
#include "engine/library/library_blocks.h"
#include "engine/library/preset_takes.h"
#include "engine/library/sound_index.h"
#include "engine/workstation/map_cache.h"
#include "engine/workstation/workstation.h"
#include "storage/blocks/block_store.h"

namespace smidgen {
namespace {

constexpr std::size_t kEverything = std::size_t{1} << 24;
constexpr std::size_t kPage = 1000;
constexpr std::size_t kLeastGroup = 4;
constexpr double kHeardShare = 0.4;  ///< of the progress
constexpr double kFetchedShare = 0.5;
/// How far from its take a preset stands (hyperbolic), and how much further each next one of that take.
constexpr double kBeside = 0.4;
constexpr double kFurther = 0.05;
constexpr double kGoldenAngle = 2.399963229728653;

std::string keyOf(ItemKind kind, const std::string& id) {
    return std::string(nameOf(kind)) + ":" + id;
}

std::filesystem::path cacheFile(const Library& library) {
    const std::string& project = library.caller().project;
    return library.folder() / "cache" / "map" / (hashOfText(project) + ".places");
}

/// What an item sounds like, and which state of it that is where it may change: a place that was kept for
/// another state is none of this one.
struct Embedding {
    std::vector<float> values;
    std::string state = {};
};

/// Of the items that have one, by keyOf().
using Embeddings = std::map<std::string, Embedding>;

std::optional<std::string> keyOf(const storage::Block& block) {
    if (block.kind == storage::BlockClass::codes) {
        const auto record = codesRecordOf(block);
        return record ? std::optional(keyOf(ItemKind::codes, record->id)) : std::nullopt;
    }
    const bool take = block.kind == storage::BlockClass::take;
    return keyOf(take ? ItemKind::take : ItemKind::sound, itemIdOf(block));
}

Result<Embeddings> embeddingsOf(const Library& library, const std::set<std::string>& wanted,
                                const CancelToken& cancel) {
    Embeddings found;
    storage::BlockQuery query;
    query.classes = {storage::BlockClass::custom, storage::BlockClass::take, storage::BlockClass::codes};
    query.limit = kPage;
    do {
        auto page = library.store().list(library.caller(), query);
        if (!page) return propagate(page);
        for (const storage::Block& listed : page->blocks) {
            if (cancel.cancelled()) return failure(ErrorCode::cancelled, "Reading the map was cancelled.");
            const auto key = keyOf(listed);
            if (!key || !wanted.contains(*key)) continue;
            auto block = library.store().get(library.caller(), listed.id, {true, false});
            if (!block) continue;  // purged meanwhile
            for (storage::BlockVector& vector : block->vectors)
                if (vector.space == kSoundSpace && vector.values.size() == kSoundDims) {
                    found[*key] = {std::move(vector.values)};
                    break;
                }
            if (block->kind == storage::BlockClass::codes)
                if (const auto codes = found.find(*key); codes != found.end())
                    codes->second.state = heardEditsOf(*block);
        }
        query.after = page->next;
    } while (!query.after.empty());
    return found;
}

void describeTake(const Library& library, const TakeId& id, MapItem& item) {
    const auto take = library.take(id);
    if (!take) return;
    item.model = take->recipe.modelName;
    item.thumbnail = std::shared_ptr<const std::vector<PeakPair>>(take, &take->thumbnail);
    if (item.kind == ItemKind::take)
        item.starred = take->starred;
    else
        item.seconds = take->seconds;
}

void describeItems(const Library& library, std::vector<MapItem>& items) {
    struct Known {
        std::shared_ptr<const Collection> collection;
        const SoundEntry* entry;
    };
    std::map<std::string, Known> sounds;
    for (const auto& collection : library.collections())
        for (const SoundEntry& entry : collection->entries)
            if (entry.usable()) sounds.emplace(entry.contentHash, Known{collection, &entry});
    std::map<CodesId, std::string> codesModels;
    if (const auto codes = codesIn(library))
        for (const CodesRecord& record : *codes) codesModels.emplace(record.id, record.modelName);
    for (MapItem& item : items) {
        if (item.kind == ItemKind::take) {
            describeTake(library, item.id, item);
        } else if (item.kind == ItemKind::preset) {
            describeTake(library, item.take, item);
            if (const auto preset = library.preset(item.id)) item.model = preset->recipe.modelName;
        } else if (item.kind == ItemKind::codes) {
            item.model = codesModels[item.id];
        } else if (const auto known = sounds.find(item.id); known != sounds.end()) {
            const auto& [collection, entry] = known->second;
            item.collection = collection->name;
            item.collectionId = collection->id;
            item.file = entry->path;
            item.thumbnail = std::shared_ptr<const std::vector<PeakPair>>(collection, &entry->thumbnail);
        }
    }
}

/// `keys`: of the places that are kept, one an item.
Result<bool> place(const Library& library, std::vector<MapItem>& items, const std::vector<std::string>& keys,
                   const EmbeddingTable& table, const CancelToken& cancel,
                   const std::function<void(double)>& progress) {
    const std::filesystem::path file = cacheFile(library);
    const KnownPlaces before = readKnownPlaces(file);
    std::vector<std::optional<DiscPoint>> known(items.size());
    std::size_t old = 0;
    for (std::size_t i = 0; i < items.size(); ++i)
        if (const auto at = before.find(keys[i]); at != before.end()) {
            known[i] = at->second;
            ++old;
        }
    const bool anew = 2 * old < items.size();
    if (anew) std::ranges::fill(known, std::nullopt);
    if (old < items.size() || anew) {
        auto places = discPlaces(table, known, cancel, progress);
        if (!places) return propagate(places);
        for (std::size_t i = 0; i < items.size(); ++i) items[i].place = (*places)[i];
        KnownPlaces now;
        for (std::size_t i = 0; i < items.size(); ++i) now.emplace(keys[i], items[i].place);
        // Without it the next map takes as long as this one: no reason to have none now.
        static_cast<void>(writeKnownPlaces(file, now));
    } else {
        for (std::size_t i = 0; i < items.size(); ++i) items[i].place = *known[i];
    }
    return anew;
}

MapItem mapItemOf(FoundItem item) {
    MapItem made;
    made.kind = item.kind;
    made.id = std::move(item.id);
    made.name = std::move(item.name);
    made.file = std::move(item.file);
    made.tags = std::move(item.tags);
    made.starred = std::erase(made.tags, kStarTag) > 0;
    made.seconds = item.seconds;
    return made;
}

bool comesFirst(const MapItem& a, const MapItem& b) {
    return std::pair(a.kind, std::string_view(a.id)) < std::pair(b.kind, std::string_view(b.id));
}

/// Beside the takes that stand for them, which are on the map: several of one take around it.
void placePresets(std::vector<MapItem>& presets, const std::vector<MapItem>& items) {
    std::map<TakeId, DiscPoint> places;
    for (const MapItem& item : items)
        if (item.kind == ItemKind::take) places.emplace(item.id, item.place);
    std::ranges::sort(presets, comesFirst);
    std::map<TakeId, int> standing;
    for (MapItem& preset : presets) {
        const int number = standing[preset.take]++;
        const double reach = std::tanh(0.5 * (kBeside + kFurther * number));
        const DiscPoint by = std::polar(reach, number * kGoldenAngle);
        preset.place = storage::translated(by, places.at(preset.take));
    }
}

}  // namespace

std::string commonWords(const std::vector<std::string>& names) {
    std::map<std::string, std::size_t> counts;
    for (const std::string& name : names) {
        std::set<std::string> words;
        std::string word;
        const auto take = [&] {
            const bool letters =
                std::ranges::any_of(word, [](unsigned char c) { return c >= 0x80; }) ||
                std::ranges::count_if(word, [](unsigned char c) { return std::isalpha(c) != 0; }) > 1;
            if (letters) words.insert(word);
            word.clear();
        };
        for (const char c : name) {
            const auto byte = static_cast<unsigned char>(c);
            if (std::isalpha(byte) != 0 || byte >= 0x80)
                word += static_cast<char>(byte < 0x80 ? std::tolower(byte) : byte);
            else
                take();
        }
        take();
        for (const std::string& each : words) ++counts[each];
    }
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (const auto& [word, count] : counts)
        if (2 * count >= names.size() && count > 1) ranked.emplace_back(count, word);
    std::ranges::stable_sort(ranked, [](const auto& a, const auto& b) { return a.first > b.first; });
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(2, ranked.size()); ++i)
        text += (text.empty() ? "" : " ") + ranked[i].second;
    return text;
}

Result<std::shared_ptr<const SoundMap>> soundMapOf(const Workstation& workstation, const CancelToken& cancel,
                                                   const std::function<void(double)>& progress) {
    FindRequest everything;
    everything.text = "kind:sound kind:take kind:codes kind:preset";
    everything.limit = kEverything;
    auto found = workstation.find(everything, cancel, [&](int done, int of) {
        if (progress && of > 0) progress(kHeardShare * done / of);
    });
    if (!found) return propagate(found);
    const Library& library = workstation.items();
    const std::map<PresetId, TakeId> presetTakes = takesOfPresets(library);
    std::set<std::string> wanted;
    for (const FoundItem& item : found->items) wanted.insert(keyOf(item.kind, item.id));
    auto embeddings = embeddingsOf(library, wanted, cancel);
    if (!embeddings) return propagate(embeddings);
    if (progress) progress(kFetchedShare);

    auto map = std::make_shared<SoundMap>();
    std::vector<MapItem> presets;
    for (FoundItem& item : found->items) {
        const bool preset = item.kind == ItemKind::preset;
        const auto take = preset ? presetTakes.find(item.id) : presetTakes.end();
        const std::string key =
            take == presetTakes.end() ? keyOf(item.kind, item.id) : keyOf(ItemKind::take, take->second);
        if (!embeddings->contains(key)) {
            ++map->placeless;
        } else {
            auto& made = (preset ? presets : map->items).emplace_back(mapItemOf(std::move(item)));
            if (preset) made.take = take->second;
        }
    }
    std::ranges::sort(map->items, comesFirst);
    std::vector<float> values;
    values.reserve(map->items.size() * kSoundDims);
    std::vector<std::string> keys;
    for (const MapItem& item : map->items) {
        std::string key = keyOf(item.kind, item.id);
        const Embedding& embedding = embeddings->at(key);
        values.insert(values.end(), embedding.values.begin(), embedding.values.end());
        keys.push_back(embedding.state.empty() ? std::move(key) : key + "@" + embedding.state);
    }
    const EmbeddingTable table{values, kSoundDims};
    auto anew = place(library, map->items, keys, table, cancel, [&](double share) {
        if (progress) progress(kFetchedShare + (1 - kFetchedShare) * share);
    });
    if (!anew) return propagate(anew);
    map->laidAnew = *anew;
    if (map->items.size() > kLeastGroup) {
        std::vector<DiscPoint> places;
        for (const MapItem& item : map->items) places.push_back(item.place);
        auto groups = groupsOf(table, places, kLeastGroup, cancel);
        if (!groups) return propagate(groups);
        for (const MapGroup& group : *groups) {
            std::vector<std::string> names;
            for (const std::uint32_t member : group.members) names.push_back(map->items[member].name);
            std::string words = commonWords(names);
            if (!words.empty())
                map->labels.push_back({std::move(words), group.centre, group.reach, group.members.size()});
        }
    }
    placePresets(presets, map->items);
    std::ranges::move(presets, std::back_inserter(map->items));
    std::ranges::sort(map->items, comesFirst);
    describeItems(library, map->items);
    return std::shared_ptr<const SoundMap>(std::move(map));
}

Result<std::vector<bool>> foundOnMap(const Workstation& workstation, const SoundMap& map,
                                     const std::string& query, const CancelToken& cancel) {
    FindRequest request;
    request.text = query;
    request.limit = kEverything;
    auto found = workstation.find(request, cancel);
    if (!found) return propagate(found);
    std::set<std::string> keys;
    for (const FoundItem& item : found->items) keys.insert(keyOf(item.kind, item.id));
    std::vector<bool> shown;
    shown.reserve(map.items.size());
    for (const MapItem& item : map.items) shown.push_back(keys.contains(keyOf(item.kind, item.id)));
    return shown;
}

}  // namespace smidgen
