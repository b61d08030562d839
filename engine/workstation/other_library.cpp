#include "engine/workstation/other_library.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include "engine/library/library.h"
#include "engine/library/library_blocks.h"
#include "engine/workstation/other_standing.h"
#include "engine/workstation/workstation.h"
#include "storage/blocks/block_store.h"
#include "storage/blocks/block_visit.h"
#include "storage/blocks/permission_rules.h"
#include "storage/blocks/store_core.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;
using storage::Block;
using storage::BlockId;

constexpr storage::BlockClass kItemClasses[] = {storage::BlockClass::take, storage::BlockClass::model,
                                                storage::BlockClass::collection, storage::BlockClass::cube,
                                                storage::BlockClass::preset};
using Blocks = std::map<BlockId, Block>;

Result<Blocks> blocksOf(const Library& library, const CancelToken& cancel) {
    Blocks blocks;
    auto visited = storage::visitBlocks(
        library.store(), {std::begin(kItemClasses), std::end(kItemClasses)}, [&](const Block& block) {
            if (storage::maySee(library.caller(), block) && !itemIdOf(block).empty())
                blocks.emplace(block.id, block);
            return !cancel.cancelled();
        });
    if (!visited) return propagate(visited);
    if (cancel.cancelled()) return failure(ErrorCode::cancelled, "Looking into the library was stopped.");
    return blocks;
}

/// What the library's shelves say of its items, by their ids.
class Shelves {
 public:
    explicit Shelves(const Library& library) {
        for (const bool trashed : {false, true}) {
            for (auto& take : library.takes(trashed)) m_takes.emplace(take->id, take);
            for (auto& model : library.models(trashed)) m_models.emplace(model->id, model);
            for (auto& cube : library.cubes(trashed)) m_cubes.emplace(cube->id, cube);
            for (auto& preset : library.presets(trashed)) m_presets.emplace(preset->id, preset);
        }
        for (auto& collection : library.collections()) m_collections.emplace(collection->id, collection);
    }

    [[nodiscard]] ItemVersion versionOf(const Library& library, const Block& block) const {
        ItemVersion version;
        version.id = itemIdOf(block);
        version.name = block.name;
        version.changedMs = block.updated;
        version.trashed = block.status == storage::BlockStatus::deleted;
        version.tags = block.tags;
        std::erase(version.tags, kStarTag);
        if (const auto file = keptFileOf(block); file && isPlainPlace(file->place)) {
            version.bytes = file->bytes;
            version.file = library.folder() / fs::path(file->place);
        }
        addRecord(version, block.kind);
        return version;
    }

 private:
    template <typename Record>
    using Shelf = std::map<std::string, std::shared_ptr<const Record>>;
    template <typename Record>
    [[nodiscard]] static const Record* find(const Shelf<Record>& shelf, const std::string& id) {
        const auto found = shelf.find(id);
        return found == shelf.end() ? nullptr : found->second.get();
    }

    void addRecord(ItemVersion& version, storage::BlockClass kind) const {
        if (kind == storage::BlockClass::take) {
            const auto found = m_takes.find(version.id);
            if (found == m_takes.end()) return;
            version.take = found->second;
            version.seconds = version.take->seconds;
            version.wave = version.take->thumbnail;
            version.model = version.take->recipe.modelName;
        } else if (const auto* model = find(m_models, version.id)) {
            version.sounds = model->sounds;
        } else if (const auto cube = m_cubes.find(version.id); cube != m_cubes.end()) {
            version.cube = cube->second;
        } else if (const auto preset = m_presets.find(version.id); preset != m_presets.end()) {
            version.preset = preset->second;
            version.model = preset->second->recipe.modelName;
        } else if (const auto collection = m_collections.find(version.id);
                   collection != m_collections.end()) {
            version.collection = collection->second;
            const auto& entries = version.collection->entries;
            version.sounds = static_cast<int>(entries.size());
            for (const SoundEntry& entry : entries) version.seconds += entry.seconds;
            std::error_code ignored;
            for (const SoundEntry& entry : entries) {
                if (!fs::exists(entry.path, ignored)) continue;
                version.file = entry.path;
                version.wave = entry.thumbnail;
                break;
            }
        }
    }

    Shelf<TakeRecord> m_takes;
    Shelf<ModelRecord> m_models;
    Shelf<CubeRecord> m_cubes;
    Shelf<PresetRecord> m_presets;
    Shelf<Collection> m_collections;
};

Differences differencesOf(const Block& a, const Block& b) {
    Differences differences;
    differences.name = a.name != b.name;
    differences.marks = a.tags != b.tags;
    differences.trash = a.status != b.status;
    const auto file = keptFileOf(a), other = keptFileOf(b);
    differences.content = a.contentSum != b.contentSum || file.has_value() != other.has_value() ||
                          (file && file->sum != other->sum);
    return differences;
}

/// By the rights that the program has now.
bool maySend(const fs::path& folder) {
    const fs::path parts[] = {folder, folder / "store", folder / "store" / "store.db"};
    return std::ranges::all_of(parts, [](const fs::path& part) {
        return ::faccessat(AT_FDCWD, part.c_str(), W_OK, AT_EACCESS) == 0;
    });
}

std::string lowered(std::string text) {
    for (char& letter : text)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return text;
}

Result<OtherLibrary> lookOnce(Library& here, const fs::path& folder, const CancelToken& cancel) {
    auto there = openAnother(here, folder);
    if (!there) return propagate(there);
    auto theirs = blocksOf(**there, cancel);
    if (!theirs) return propagate(theirs);
    auto ours = blocksOf(here, cancel);
    if (!ours) return propagate(ours);
    const Shelves theirShelves(**there), ourShelves(here);
    OtherLibrary other;
    other.folder = folder;
    other.writable = maySend(folder);
    other.problems = (*there)->problems();
    for (const auto& [id, block] : *theirs) {
        const auto known = ours->find(id);
        const bool active = block.status == storage::BlockStatus::active;
        if (known == ours->end() && !active) continue;
        OtherItem item;
        item.kind = *itemKindOf(block);
        item.block = id.text();
        item.theirs = theirShelves.versionOf(**there, block);
        if (known == ours->end()) {
            auto standing = standingAlone(here, block);
            if (!standing) return propagate(standing);
            item.standing = *standing;
        } else {
            item.standing = standingOf(block, known->second);
            if (item.standing == Standing::same && !active) continue;
            item.ours = ourShelves.versionOf(here, known->second);
            item.differences = differencesOf(block, known->second);
        }
        other.items.push_back(std::move(item));
    }
    for (const auto& [id, block] : *ours) {
        if (theirs->contains(id) || block.status != storage::BlockStatus::active) continue;
        OtherItem item;
        item.kind = *itemKindOf(block);
        item.block = id.text();
        item.standing = Standing::onlyHere;
        item.ours = ourShelves.versionOf(here, block);
        other.items.push_back(std::move(item));
    }
    std::ranges::stable_sort(other.items, [](const OtherItem& a, const OtherItem& b) {
        return std::tuple(a.kind, -a.shown().changedMs) < std::tuple(b.kind, -b.shown().changedMs);
    });
    return other;
}

}  // namespace

Result<OtherLibrary> lookInto(Workstation& workstation, const fs::path& folder, const CancelToken& cancel) {
    const fs::path log = storage::logOf(folder / "store");
    std::error_code ignored;
    const bool inUse = fs::exists(log, ignored);
    auto other = lookOnce(workstation.items(), folder, cancel);
    // Another program has begun to write there meanwhile: what was read may not belong together.
    if (!inUse && fs::exists(log, ignored)) other = lookOnce(workstation.items(), folder, cancel);
    return other;
}

Result<OtherItemFilter> OtherItemFilter::parse(const std::string& text) {
    auto takes = TakeFilter::parse(text);
    if (!takes) return propagate(takes);
    auto query = parseFindQuery(text);
    if (!query) return propagate(query);
    OtherItemFilter filter;
    filter.m_takes = std::move(*takes);
    filter.m_query = std::move(*query);
    const std::string words = lowered(filter.m_query.words);
    std::size_t at = 0;
    while ((at = words.find_first_not_of(" \t\n\r", at)) != std::string::npos) {
        const std::size_t end = std::min(words.find_first_of(" \t\n\r", at), words.size());
        filter.m_words.push_back(words.substr(at, end - at));
        at = end;
    }
    return filter;
}

bool OtherItemFilter::matches(const OtherItem& item) const {
    const ItemVersion& version = item.shown();
    if (version.take) {
        if (m_takes.matches(*version.take)) return true;
        return item.ours && item.ours->take && m_takes.matches(*item.ours->take);
    }
    if (!m_query.kinds.empty() && std::ranges::find(m_query.kinds, item.kind) == m_query.kinds.end())
        return false;
    if (m_query.starred) return false;
    if (!m_query.model.empty() && lowered(version.model) != lowered(m_query.model)) return false;
    for (const std::string& tag : m_query.tags)
        if (std::ranges::find(version.tags, tag) == version.tags.end()) return false;
    for (const NumberCondition& condition : m_query.numbers) {
        if (condition.number != ItemNumber::seconds || version.seconds <= 0) return false;
        const bool holds = version.seconds == condition.limit
                               ? condition.orEqual
                               : (version.seconds < condition.limit) == condition.less;
        if (!holds) return false;
    }
    std::string text = version.name + "\n" + version.model;
    if (item.ours) text += "\n" + item.ours->name;
    for (const std::string& tag : version.tags) text += "\n" + tag;
    text = lowered(std::move(text));
    return std::ranges::all_of(m_words,
                               [&](const std::string& word) { return text.find(word) != std::string::npos; });
}

}  // namespace smidgen
