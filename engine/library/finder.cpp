#include "engine/library/finder.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "engine/foundation/atomic_file.h"
#include "engine/library/code_shelf.h"
#include "engine/library/library.h"
#include "engine/library/library_blocks.h"
#include "engine/library/preset_takes.h"
#include "engine/library/slider_number.h"
#include "engine/library/sound_index.h"
#include "storage/backend/embedded_backend.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;
using storage::Block;
using storage::BlockClass;

constexpr std::size_t kPageSize = 200;
constexpr std::size_t kMostAtOnce = 10'000;

/// A sound as a collection has it.
struct KnownSound {
    const SoundEntry* entry = nullptr;
    std::string collection;
};

/// Turns blocks into items, and says which of them were asked for.
class Items {
 public:
    Items(Library& library, FindQuery query) : m_library(library), m_query(std::move(query)) {
        m_collections = library.collections();
        for (const auto& collection : m_collections)
            for (const SoundEntry& entry : collection->entries) know(entry, collection->name);
        for (const auto& take : library.takes()) m_takes.emplace(take->id, take);
        for (const auto& preset : library.presets()) m_presets.emplace(preset->id, preset);
    }

    [[nodiscard]] storage::BlockFilter filter() const {
        storage::BlockFilter filter;
        for (const ItemKind kind : m_query.kinds) filter.classes.push_back(classOf(kind));
        filter.tags = tags();
        return filter;
    }
    /// The same with the takes that stand for presets; what is not asked for is left out by itemOf().
    [[nodiscard]] storage::BlockFilter filterWithTakes() const {
        storage::BlockFilter filter = this->filter();
        if (!filter.classes.empty() && !asksFor(ItemKind::take)) filter.classes.push_back(BlockClass::take);
        filter.tags.clear();
        return filter;
    }
    [[nodiscard]] bool asksFor(ItemKind kind) const {
        return m_query.kinds.empty() || std::ranges::find(m_query.kinds, kind) != m_query.kinds.end();
    }
    [[nodiscard]] bool isTagged(const FoundItem& item) const {
        // Of a take, the star stands beside its tags.
        const auto take = item.kind == ItemKind::take ? m_takes.find(item.id) : m_takes.end();
        return std::ranges::all_of(tags(), [&](const std::string& tag) {
            if (take != m_takes.end() && tag == kStarTag) return take->second->starred;
            return std::ranges::find(item.tags, tag) != item.tags.end();
        });
    }
    /// Nothing when it is not asked for.
    [[nodiscard]] std::optional<FoundItem> presetItem(const PresetId& id) const {
        const auto known = m_presets.find(id);
        if (known == m_presets.end()) return std::nullopt;
        FoundItem item;
        item.kind = ItemKind::preset;
        item.id = id;
        item.name = known->second->name;
        item.tags = known->second->tags;
        return asked(std::move(item), known->second->recipe.modelName, {});
    }

    /// Nothing when the block is none of those asked for.
    [[nodiscard]] std::optional<FoundItem> itemOf(const Block& block) const {
        FoundItem item;
        item.name = block.name;
        item.id = itemIdOf(block);
        item.tags = block.tags;
        std::map<ItemNumber, double> numbers;
        std::string model;
        switch (block.kind) {
            case BlockClass::custom: {
                const auto known = m_sounds.find(item.id);
                if (block.mimeType != kSoundMime || known == m_sounds.end()) return std::nullopt;
                const SoundEntry& entry = *known->second.entry;
                item.kind = ItemKind::sound;
                item.file = entry.path;
                item.name = displayName(entry.path.stem());
                item.collection = known->second.collection;
                item.seconds = entry.seconds;
                numbers = {{ItemNumber::lufs, entry.lufs}, {ItemNumber::channels, entry.format.channels}};
                break;
            }
            case BlockClass::take: {
                const auto known = m_takes.find(item.id);
                if (known == m_takes.end()) return std::nullopt;
                const auto& take = known->second;
                item.kind = ItemKind::take;
                item.tags = take->tags;
                item.file = take->file;
                item.seconds = take->seconds;
                model = take->recipe.modelName;
                numbers = {{ItemNumber::lufs, take->lufs}, {ItemNumber::channels, take->channels}};
                if (take->novelty) numbers[ItemNumber::novelty] = take->novelty->novelty;
                for (const NumberCondition& condition : m_query.numbers)
                    if (const auto reached = sliderNumber(*take, condition.number))
                        numbers[condition.number] = *reached;
                break;
            }
            case BlockClass::model: {
                item.kind = ItemKind::model;
                if (const auto file = keptFileOf(block))
                    item.file = m_library.folder() / fs::path(file->place);
                model = block.name;
                break;
            }
            case BlockClass::collection:
                item.kind = ItemKind::collection;
                break;
            case BlockClass::preset:
                return presetItem(item.id);
            case BlockClass::codes: {
                const auto record = codesRecordOf(block);
                if (!record) return std::nullopt;
                item.kind = ItemKind::codes;
                item.id = record->id;
                item.seconds = record->seconds;
                model = record->modelName;
                break;
            }
            case BlockClass::cube:
                item.kind = ItemKind::cube;
                break;
            case BlockClass::documentation:
                item.kind = ItemKind::help;
                break;
            case BlockClass::state:
            case BlockClass::cache:
                return std::nullopt;
        }
        if (item.id.empty()) item.id = block.id.text();
        return asked(std::move(item), model, std::move(numbers));
    }

    /// The words of the query stand in the name or among the tags, quoted ones together, those after a minus
    /// do not.
    [[nodiscard]] bool isNamed(const FoundItem& item) const {
        std::string text = item.name;
        for (const std::string& tag : item.tags) text += " " + tag;
        text = inLowerCase(std::move(text));
        const std::string words = inLowerCase(m_query.words);
        for (std::size_t at = 0; at < words.size();) {
            const bool without = words[at] == '-';
            if (without) ++at;
            const bool quoted = at < words.size() && words[at] == '"';
            if (quoted) ++at;
            const std::size_t end = std::min(words.find(quoted ? '"' : ' ', at), words.size());
            const std::string word = words.substr(at, end - at);
            if (!word.empty() && (text.find(word) != std::string::npos) == without) return false;
            at = end + 1;
        }
        return true;
    }

 private:
    [[nodiscard]] std::vector<std::string> tags() const {
        std::vector<std::string> tags = m_query.tags;
        if (m_query.starred) tags.emplace_back(kStarTag);
        return tags;
    }

    [[nodiscard]] std::optional<FoundItem> asked(FoundItem item, const std::string& model,
                                                 std::map<ItemNumber, double> numbers) const {
        if (item.seconds > 0) numbers[ItemNumber::seconds] = item.seconds;
        if (!asksFor(item.kind)) return std::nullopt;
        if (!m_query.model.empty() && model != m_query.model) return std::nullopt;
        for (const NumberCondition& condition : m_query.numbers)
            if (!fits(condition, numbers)) return std::nullopt;
        return item;
    }

    /// Where several collections have a sound, one where its file is.
    void know(const SoundEntry& entry, const std::string& collection) {
        const auto [known, fresh] = m_sounds.emplace(entry.contentHash, KnownSound{&entry, collection});
        if (!fresh && !known->second.entry->usable() && entry.usable()) known->second = {&entry, collection};
    }

    static std::string inLowerCase(std::string value) {
        for (char& c : value) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        return value;
    }

    static BlockClass classOf(ItemKind kind) {
        switch (kind) {
            case ItemKind::take:
                return BlockClass::take;
            case ItemKind::model:
                return BlockClass::model;
            case ItemKind::collection:
                return BlockClass::collection;
            case ItemKind::preset:
                return BlockClass::preset;
            case ItemKind::codes:
                return BlockClass::codes;
            case ItemKind::cube:
                return BlockClass::cube;
            case ItemKind::help:
                return BlockClass::documentation;
            case ItemKind::sound:
                break;
        }
        return BlockClass::custom;
    }

    static bool fits(const NumberCondition& condition, const std::map<ItemNumber, double>& numbers) {
        const auto found = numbers.find(condition.number);
        if (found == numbers.end()) return false;
        const double value = found->second;
        if (condition.orEqual && value == condition.limit) return true;
        return condition.less ? value < condition.limit : value > condition.limit;
    }

    Library& m_library;
    FindQuery m_query;
    std::vector<std::shared_ptr<const Collection>> m_collections;
    std::map<std::string, KnownSound> m_sounds;
    std::map<TakeId, std::shared_ptr<const TakeRecord>> m_takes;
    std::map<PresetId, std::shared_ptr<const PresetRecord>> m_presets;
};

/// Takes items as they come, until there are enough.
class Gathering {
 public:
    explicit Gathering(const FindRequest& request) : m_skip(request.offset), m_limit(request.limit) {}
    /// Whether more are wanted.
    bool add(FoundItem item) {
        if (m_skip > 0) {
            --m_skip;
            return true;
        }
        if (m_found.items.size() == m_limit) {
            m_found.more = true;
            return false;
        }
        m_found.items.push_back(std::move(item));
        return true;
    }
    [[nodiscard]] FoundItems take() { return std::move(m_found); }

 private:
    std::size_t m_skip, m_limit;
    FoundItems m_found;
};

/// What things are to be like, and what that is itself: nothing is like itself.
struct Likeness {
    std::vector<float> place;
    std::optional<storage::BlockId> block;
    PresetId preset;  ///< empty: none
};

/// What of that id there is to hear, else the newest of that name; with its vectors.
Result<std::optional<Block>> blockNamed(Library& library, const std::string& idOrName) {
    storage::BlockQuery query;
    query.classes = {BlockClass::take, BlockClass::custom, BlockClass::codes, BlockClass::preset};
    query.descending = true;
    query.limit = kMostAtOnce;
    std::optional<storage::BlockId> named, wanted;
    do {
        auto page = library.store().list(library.caller(), query);
        if (!page) return propagate(page);
        for (const Block& block : page->blocks) {
            const auto codes = codesRecordOf(block);
            if (block.kind == BlockClass::codes && !codes) continue;
            if (!wanted && (codes ? codes->id : itemIdOf(block)) == idOrName) wanted = block.id;
            if (!named && block.name == idOrName) named = block.id;
        }
        query.after = page->next;
    } while (!wanted && !query.after.empty());
    if (!wanted) wanted = named;
    if (!wanted) return std::optional<Block>();
    auto block = library.store().get(library.caller(), *wanted, {true, false});
    if (!block) return propagate(block);
    return std::optional<Block>(std::move(*block));
}

/// The take that a preset sounds like.
Result<Block> takeOfPreset(Library& library, const Block& preset, const std::map<PresetId, TakeId>& takes) {
    const auto take = takes.find(itemIdOf(preset));
    if (take == takes.end())
        return failure(ErrorCode::unusableInput,
                       "No take of the library was made with the preset '" + preset.name +
                           "', so there is nothing to hear of it. Generate one with it first.");
    auto block = library.blockOf(ItemKind::take, take->second);
    if (!block) return propagate(block);
    return library.store().get(library.caller(), block->id, {true, false});
}

Result<Likeness> likenessOf(Library& library, const std::string& like,
                            const std::map<PresetId, TakeId>& takes, const CancelToken& cancel) {
    std::error_code ignored;
    if (fs::is_regular_file(fs::path(like), ignored)) {
        auto sound = hearFile(like, cancel);
        if (!sound) return propagate(sound);
        const auto vectors = vectorsOf(*sound);
        if (vectors.empty())
            return failure(ErrorCode::unusableInput, "'" + like + "' is silent: it is like nothing.");
        return Likeness{vectors.front().values, {}, {}};
    }
    auto block = blockNamed(library, like);
    if (!block) return propagate(block);
    if (!*block)
        return failure(ErrorCode::notFound,
                       "There is no sound file '" + like +
                           "', nor a take, sound, preset or codes of the library of that name or id.");
    const std::string name = (*block)->name;
    Likeness likeness{{}, (*block)->id, {}};
    if ((*block)->kind == BlockClass::preset) {
        auto take = takeOfPreset(library, **block, takes);
        if (!take) return propagate(take);
        likeness.preset = itemIdOf(**block);
        *block = std::move(*take);
    }
    for (const storage::BlockVector& vector : (*block)->vectors)
        if (vector.space == kSoundSpace) {
            likeness.place = vector.values;
            return likeness;
        }
    if ((*block)->kind == BlockClass::codes && !codesStateOf(**block).heard)
        return failure(ErrorCode::notFound,
                       "'" + name + "' has not been listened to yet. Try again in a moment.");
    return failure(ErrorCode::unusableInput, "'" + name + "' is silent: it is like nothing.");
}

Result<FoundItems> findLike(Library& library, const FindRequest& request, const Items& items,
                            const CancelToken& cancel) {
    const std::map<PresetId, TakeId> takes = takesOfPresets(library);
    auto likeness = likenessOf(library, request.like, takes, cancel);
    if (!likeness) return propagate(likeness);
    // A preset is as like as the take that stands for it, and comes after that.
    std::multimap<TakeId, PresetId> standing;
    if (items.asksFor(ItemKind::preset))
        for (const auto& [preset, take] : takes)
            if (preset != likeness->preset) standing.emplace(take, preset);
    storage::LikeQuery query;
    static_cast<storage::BlockFilter&>(query) = standing.empty() ? items.filter() : items.filterWithTakes();
    const std::string space(request.stretches ? kPartSpace : kSoundSpace);
    Gathering gathering(request);
    // Whether more are wanted.
    const auto gather = [&](std::optional<FoundItem> item, const storage::LikeHit& hit) {
        if (!item || !items.isTagged(*item) || !items.isNamed(*item)) return true;
        item->distance = hit.distance;
        if (request.stretches) item->startSeconds = stretchStart(hit.slot);
        return gathering.add(std::move(*item));
    };
    std::string mark;
    do {
        auto page =
            library.backend().searchLike(library.caller(), space, likeness->place, query, kPageSize, mark);
        if (!page) return propagate(page);
        for (const storage::LikeHit& hit : page->hits) {
            if (hit.block.id != likeness->block && !gather(items.itemOf(hit.block), hit))
                return gathering.take();
            if (hit.block.kind != BlockClass::take) continue;
            const auto [from, to] = standing.equal_range(itemIdOf(hit.block));
            for (auto each = from; each != to; ++each)
                if (!gather(items.presetItem(each->second), hit)) return gathering.take();
        }
        mark = page->next;
    } while (!mark.empty());
    return gathering.take();
}

Result<FoundItems> findWords(Library& library, const FindRequest& request, const std::string& words,
                             const Items& items) {
    storage::WordQuery query;
    static_cast<storage::BlockFilter&>(query) = items.filter();
    query.text = words;
    query.limit = kPageSize;
    Gathering gathering(request);
    do {
        auto page = library.backend().searchWords(library.caller(), query);
        if (!page) return propagate(page);
        for (const storage::WordHit& hit : page->hits) {
            auto item = items.itemOf(hit.block);
            if (!item) continue;
            item->snippet = hit.snippet;
            item->anchor = hit.anchor;
            if (hit.section > 0 && !hit.path.empty()) item->name = hit.path.back();
            if (!gathering.add(std::move(*item))) return gathering.take();
        }
        query.after = page->next;
    } while (!query.after.empty());
    return gathering.take();
}

Result<FoundItems> findNewest(Library& library, const FindRequest& request, const Items& items) {
    storage::BlockQuery query;
    static_cast<storage::BlockFilter&>(query) = items.filter();
    query.descending = true;
    query.limit = kPageSize;
    Gathering gathering(request);
    do {
        auto page = library.backend().scan(library.caller(), query);
        if (!page) return propagate(page);
        for (const Block& block : page->blocks) {
            auto item = items.itemOf(block);
            if (item && !gathering.add(std::move(*item))) return gathering.take();
        }
        query.after = page->next;
    } while (!query.after.empty());
    return gathering.take();
}

}  // namespace

Result<FoundItems> find(Library& library, const FindRequest& request, int threads, const CancelToken& cancel,
                        const std::function<void(int, int)>& progress) {
    auto query = parseFindQuery(request.text);
    if (!query) return propagate(query);
    if (auto heard = hearCollections(library, threads, cancel, progress); !heard) return propagate(heard);
    const std::string words = query->words;
    const Items items(library, std::move(*query));
    if (!request.like.empty()) return findLike(library, request, items, cancel);
    return words.empty() ? findNewest(library, request, items) : findWords(library, request, words, items);
}

}  // namespace smidgen
