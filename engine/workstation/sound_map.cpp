#include "engine/workstation/sound_map.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "engine/collections/content_hash.h"
#include "engine/library/finder.h"
#include "engine/library/library.h"
#include "engine/library/library_blocks.h"
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

std::string keyOf(ItemKind kind, const std::string& id) {
    return std::string(nameOf(kind)) + ":" + id;
}

std::filesystem::path cacheFile(const Library& library) {
    const std::string& project = library.caller().project;
    return library.folder() / "cache" / "map" / (hashOfText(project) + ".places");
}

/// Embeddings of blocks that have one, by item id.
Result<std::map<std::string, std::vector<float>>> embeddingsOf(const Library& library,
                                                               const std::set<std::string>& wanted,
                                                               const CancelToken& cancel) {
    std::map<std::string, std::vector<float>> found;
    storage::BlockQuery query;
    query.classes = {storage::BlockClass::custom, storage::BlockClass::take};
    query.limit = kPage;
    do {
        auto page = library.store().list(library.caller(), query);
        if (!page) return propagate(page);
        for (const storage::Block& listed : page->blocks) {
            if (cancel.cancelled()) return failure(ErrorCode::cancelled, "Reading the map was cancelled.");
            const std::string id = itemIdOf(listed);
            if (!wanted.contains(id)) continue;
            auto block = library.store().get(library.caller(), listed.id, {true, false});
            if (!block) continue;  // purged meanwhile
            for (storage::BlockVector& vector : block->vectors)
                if (vector.space == kSoundSpace) {
                    found[id] = std::move(vector.values);
                    break;
                }
        }
        query.after = page->next;
    } while (!query.after.empty());
    return found;
}

void describeSounds(const Library& library, std::vector<MapItem>& items) {
    struct Known {
        std::shared_ptr<const Collection> collection;
        const SoundEntry* entry;
    };
    std::map<std::string, Known> sounds;
    for (const auto& collection : library.collections())
        for (const SoundEntry& entry : collection->entries)
            if (entry.usable()) sounds.emplace(entry.contentHash, Known{collection, &entry});
    for (MapItem& item : items) {
        if (item.kind == ItemKind::take) {
            const auto take = library.take(item.id);
            if (!take) continue;
            item.model = take->recipe.modelName;
            item.starred = take->starred;
            item.thumbnail = std::shared_ptr<const std::vector<PeakPair>>(take, &take->thumbnail);
        } else if (const auto known = sounds.find(item.id); known != sounds.end()) {
            const auto& [collection, entry] = known->second;
            item.collection = collection->name;
            item.collectionId = collection->id;
            item.file = entry->path;
            item.thumbnail = std::shared_ptr<const std::vector<PeakPair>>(collection, &entry->thumbnail);
        }
    }
}

Result<bool> place(const Library& library, std::vector<MapItem>& items, const EmbeddingTable& table,
                   const CancelToken& cancel, const std::function<void(double)>& progress) {
    const std::filesystem::path file = cacheFile(library);
    const KnownPlaces before = readKnownPlaces(file);
    std::vector<std::optional<DiscPoint>> known(items.size());
    std::size_t old = 0;
    for (std::size_t i = 0; i < items.size(); ++i)
        if (const auto at = before.find(keyOf(items[i].kind, items[i].id)); at != before.end()) {
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
        for (const MapItem& item : items) now.emplace(keyOf(item.kind, item.id), item.place);
        // Without it the next map takes as long as this one: no reason to have none now.
        static_cast<void>(writeKnownPlaces(file, now));
    } else {
        for (std::size_t i = 0; i < items.size(); ++i) items[i].place = *known[i];
    }
    return anew;
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
    everything.text = "kind:sound kind:take";
    everything.limit = kEverything;
    auto found = workstation.find(everything, cancel, [&](int done, int of) {
        if (progress && of > 0) progress(kHeardShare * done / of);
    });
    if (!found) return propagate(found);
    const Library& library = workstation.items();
    std::set<std::string> wanted;
    for (const FoundItem& item : found->items) wanted.insert(item.id);
    auto embeddings = embeddingsOf(library, wanted, cancel);
    if (!embeddings) return propagate(embeddings);
    if (progress) progress(kFetchedShare);

    auto map = std::make_shared<SoundMap>();
    for (FoundItem& item : found->items) {
        const auto embedding = embeddings->find(item.id);
        if (embedding == embeddings->end() || embedding->second.size() != kSoundDims) continue;
        MapItem made;
        made.kind = item.kind;
        made.id = std::move(item.id);
        made.name = std::move(item.name);
        made.file = std::move(item.file);
        made.tags = std::move(item.tags);
        made.starred = std::erase(made.tags, kStarTag) > 0;
        made.seconds = item.seconds;
        map->items.push_back(std::move(made));
    }
    std::ranges::sort(map->items, [](const MapItem& a, const MapItem& b) {
        return std::pair(a.kind, std::string_view(a.id)) < std::pair(b.kind, std::string_view(b.id));
    });
    describeSounds(library, map->items);
    std::vector<float> values;
    values.reserve(map->items.size() * kSoundDims);
    for (const MapItem& item : map->items) {
        const auto& embedding = (*embeddings)[item.id];
        values.insert(values.end(), embedding.begin(), embedding.end());
    }
    const EmbeddingTable table{values, kSoundDims};
    auto anew = place(library, map->items, table, cancel, [&](double share) {
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
