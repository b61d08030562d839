#include "engine/library/library.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "engine/collections/content_hash.h"
#include "engine/foundation/atomic_file.h"
#include "engine/library/library_blocks.h"
#include "engine/library/library_files.h"
#include "engine/library/library_format.h"
#include "engine/library/library_shelf.h"
#include "engine/library/sound_index.h"
#include "storage/backend/embedded_backend.h"
#include "storage/blocks/block_id.h"
#include "storage/blocks/block_store.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;
using storage::Block;
using storage::BlockClass;
using storage::BlockStatus;

constexpr std::size_t kChangesAtOnce = 10'000;
constexpr BlockClass kItemClasses[] = {BlockClass::take, BlockClass::model, BlockClass::collection,
                                       BlockClass::cube, BlockClass::preset};

/// Ids come from file names and callers: they must never lead out of their folder.
bool isPlainId(const std::string& id) {
    return !id.empty() && id.front() != '.' && id.find_first_of("/\\") == std::string::npos;
}

}  // namespace

Library::Library(fs::path folder, storage::Caller caller)
    : m_folder(std::move(folder)),
      m_caller(std::move(caller)),
      m_soundsHeard(std::make_unique<SoundsHeard>()) {}
Library::~Library() = default;

tl::unexpected<Error> Library::unknown(const char* what, const std::string& id) {
    return failure(ErrorCode::notFound, std::string("There is no ") + what + " '" + id + "' in the library.");
}

std::string Library::newId() {
    static std::atomic<unsigned> counter{0};
    std::random_device device;
    char text[48];
    std::snprintf(text, sizeof text, "%012llx%03x%08x",
                  static_cast<unsigned long long>(storage::currentMilliseconds()), counter++ & 0xfffU,
                  static_cast<unsigned>(device()));
    return text;
}

Result<std::unique_ptr<Library>> Library::open(const fs::path& folder, storage::Caller caller) {
    for (const std::string& name : {caller.name, caller.project})
        if (auto fits = checkCallerName(name); !fits) return propagate(fits);
    std::error_code error;
    for (const char* part : {"models", "takes", "cubes", "trainings", "transfers", "cache/features"}) {
        fs::create_directories(folder / part, error);
        if (error) return systemFailure(error.value(), "create the library", folder);
        removeStaleParts(folder / part);
    }
    auto format = readLibraryFormat(folder);
    if (!format) return propagate(format);
    if (format->version < kLibraryFormat && caller.project != kFirstProject) {
        // What an old library has belongs to its first project.
        auto first = open(folder);
        if (!first) return propagate(first);
        format->version = kLibraryFormat;
    }
    std::unique_ptr<Library> library(new Library(folder, std::move(caller)));
    auto backend = storage::EmbeddedBackend::open(library->storeFolder());
    if (!backend) return propagate(backend);
    library->m_backend = std::move(*backend);
    library->m_store = &library->m_backend->store();
    if (!library->m_store->isReadOnly())
        if (auto defined = defineSoundSpaces(*library->m_backend); !defined) return propagate(defined);
    if (format->damaged)
        library->m_problems[-1] = "library.json was damaged; the library was opened all the same.";
    {
        const std::scoped_lock lock(library->m_mutex);
        library->refresh();
    }
    if (format->version < kLibraryFormat) {
        if (auto taken = library->takeOver(); !taken) return propagate(taken);
        if (auto written = writeLibraryFormat(folder); !written) return propagate(written);
    }
    if (auto taken = library->takeOverModels(); !taken) return propagate(taken);
    return library;
}

std::vector<std::string> Library::problems() const {
    const std::scoped_lock lock(m_mutex);
    std::vector<std::string> sentences;
    for (const auto& [block, sentence] : m_problems) sentences.push_back(sentence);
    return sentences;
}

// What the store tells

void Library::refresh() const {
    const bool first = m_heard == 0;
    for (;;) {
        const auto page = m_store->changesSince(m_heard, kChangesAtOnce);
        if (!page) {
            m_problems[-2] = page.error().sentence;
            return;
        }
        std::vector<std::int64_t> keys;
        for (const storage::BlockChange& change : page->changes) {
            if (first) break;  // readAll() has them
            if (change.purged)
                forget(change.key);
            else
                keys.push_back(change.key);
        }
        if (!keys.empty()) read(keys);
        if (page->next == m_heard) break;
        m_heard = page->next;
    }
    if (first) readAll();
}

void Library::readAll() const {
    storage::BlockQuery query;
    query.classes.assign(std::begin(kItemClasses), std::end(kItemClasses));
    query.statuses.clear();
    query.limit = kChangesAtOnce;
    do {
        auto page = m_store->list(m_caller, query);
        if (!page) {
            m_problems[-2] = page.error().sentence;
            return;
        }
        for (Block& block : page->blocks) takeIn(std::move(block));
        query.after = page->next;
    } while (!query.after.empty());
}

void Library::forget(std::int64_t key) const {
    const auto isIt = [&](const auto& entry) { return entry.second.block == key; };
    std::erase_if(m_collections, isIt);
    std::erase_if(m_models, isIt);
    std::erase_if(m_takes, isIt);
    std::erase_if(m_cubes, isIt);
    std::erase_if(m_presets, isIt);
    m_problems.erase(key);
}

void Library::read(const std::vector<std::int64_t>& keys) const {
    for (const std::int64_t key : keys) m_problems.erase(key);
    // Asked for one by one, what belongs to others would stand in the log as refused.
    storage::BlockQuery query;
    query.keys = keys;
    query.statuses.clear();
    query.limit = kChangesAtOnce;
    auto page = m_store->list(m_caller, query);
    if (!page) {
        if (keys.size() > 1)
            for (const std::int64_t key : keys) read({key});
        else
            m_problems[keys.front()] = page.error().sentence;
        return;
    }
    std::set<std::int64_t> gone(keys.begin(), keys.end());
    for (const Block& block : page->blocks) gone.erase(block.key);
    for (const std::int64_t key : gone) forget(key);
    for (Block& block : page->blocks) takeIn(std::move(block));
}

void Library::takeIn(storage::Block block) const {
    if (std::ranges::find(kItemClasses, block.kind) == std::end(kItemClasses)) return;
    const std::string id = itemIdOf(block);
    if (id.empty()) return;
    const std::int64_t key = block.key;
    const auto complain = [&](const Error& error) { m_problems[key] = block.name + ": " + error.sentence; };
    const auto knows = [&](const auto& shelf) {
        const auto found = shelf.find(id);
        return found != shelf.end() && found->second.block == key && found->second.version == block.version;
    };
    const auto keep = [&]<typename Record>(Shelf<Record>& shelf, Result<Record> record) {
        if (!record) return complain(record.error());
        shelf[id] = {std::make_shared<const Record>(std::move(*record)), key, block.version,
                     block.status == BlockStatus::deleted};
    };
    if (block.kind == BlockClass::model) {
        const auto file = keptFileOf(block);
        if (knows(m_models) || !file || !isPlainPlace(file->place)) return;
        auto record = readModelRecord(m_folder / fs::path(file->place));
        if (!record) {
            // It can still be seen, and taken away.
            complain(record.error());
            record = ModelRecord();
            record->file = m_folder / fs::path(file->place);
            record->createdMs = block.created;
            record->health = "its file cannot be read";
        }
        record->id = id;
        record->name = block.name;
        record->tags = block.tags;
        return keep(m_models, std::move(record));
    }
    if (block.kind == BlockClass::cube) {
        const auto file = keptFileOf(block);
        if (!knows(m_cubes) && file && isPlainPlace(file->place)) keep(m_cubes, cubeOf(block, m_folder));
        return;
    }
    if (knows(m_takes) || knows(m_collections) || knows(m_presets)) return;
    auto whole = m_store->getByKey(m_caller, key, {false, true});
    if (!whole) return complain(whole.error());
    block = std::move(*whole);
    if (block.kind == BlockClass::take) return keep(m_takes, takeOf(block, m_folder));
    if (block.kind == BlockClass::preset) return keep(m_presets, presetOf(block));
    auto collection = collectionOf(block);
    if (collection) refreshMissing(*collection);
    keep(m_collections, std::move(collection));
}

// Collections

std::vector<std::shared_ptr<const Collection>> Library::collections() const {
    const std::scoped_lock lock(m_mutex);
    refresh();
    std::vector<std::shared_ptr<const Collection>> all;
    for (const auto& [id, kept] : m_collections)
        if (!kept.trashed) all.push_back(kept.record);
    return all;
}

std::shared_ptr<const Collection> Library::collection(const CollectionId& id) const {
    const auto kept = find(m_collections, id);
    return kept && !kept->trashed ? kept->record : nullptr;
}

Status Library::putCollection(Collection collection) {
    if (!isPlainId(collection.id)) return unknown("collection", collection.id);
    const auto kept = find(m_collections, collection.id);
    storage::BlockDraft draft = draftOf(collection);
    Result<storage::Receipt> done;
    if (!kept) {
        done = m_store->put(m_caller, std::move(draft));
    } else {
        auto block = m_store->getByKey(m_caller, kept->block, {false, false});
        if (!block) return propagate(block);
        storage::BlockEdit edit;
        edit.name = std::move(draft.name);
        edit.metadata = std::move(draft.metadata);
        edit.content = std::move(draft.content);
        done = m_store->edit(m_caller, block->id, 0, std::move(edit));
    }
    if (!done) return propagate(done);
    // What is known need not be read again: a large one takes its time, and others would wait for it.
    auto block = m_store->get(m_caller, done->id, {false, false});
    if (!block || block->version != done->version) return {};
    refreshMissing(collection);
    const CollectionId id = collection.id;
    const std::scoped_lock lock(m_mutex);
    Kept<Collection>& place = m_collections[id];
    if (place.version < block->version)
        place = {std::make_shared<const Collection>(std::move(collection)), block->key, block->version,
                 block->status == BlockStatus::deleted};
    return {};
}

Status Library::removeCollection(const CollectionId& id) {
    return setTrashed(m_collections, "collection", id, true);
}

Status Library::restoreCollection(const CollectionId& id) {
    return setTrashed(m_collections, "collection", id, false);
}

// Models

std::vector<std::shared_ptr<const ModelRecord>> Library::models(bool trashed) const {
    const std::scoped_lock lock(m_mutex);
    refresh();
    std::vector<std::shared_ptr<const ModelRecord>> all;
    for (const auto& [id, kept] : m_models)
        if (kept.trashed == trashed) all.push_back(kept.record);
    std::ranges::stable_sort(all, [](const auto& a, const auto& b) { return a->createdMs > b->createdMs; });
    return all;
}

fs::path Library::modelFile(const ModelId& id) const {
    return m_folder / "models" / (id + ".safetensors");
}

Result<std::shared_ptr<const ModelRecord>> Library::addModel(const ModelId& id) {
    if (!isPlainId(id)) return unknown("model", id);
    auto record = readModelRecord(modelFile(id));
    if (!record) return propagate(record);
    record->id = id;
    auto file = keptFile(m_folder, modelFile(id));
    if (!file) return propagate(file);
    storage::BlockDraft draft = draftOf(*record, *file);
    if (const auto kept = find(m_models, id)) {
        auto block = m_store->getByKey(m_caller, kept->block, {false, false});
        if (!block) return propagate(block);
        storage::BlockEdit edit;
        edit.metadata = std::move(draft.metadata);
        auto done = m_store->edit(m_caller, block->id, 0, std::move(edit));
        if (!done) return propagate(done);
    } else if (auto done = m_store->put(m_caller, std::move(draft)); !done) {
        return propagate(done);
    }
    const auto known = find(m_models, id);
    if (!known) return unknown("model", id);
    return known->record;
}

Status Library::changeModel(const ModelId& id, const std::function<void(ModelRecord&)>& change) {
    return changeItem<ModelRecord>(m_models, "model", id, [&](ModelRecord& model, bool&) { change(model); });
}

Status Library::renameModel(const ModelId& id, const std::string& name) {
    return changeModel(id, [&](ModelRecord& model) { model.name = name; });
}

Status Library::removeModel(const ModelId& id) {
    return setTrashed(m_models, "model", id, true);
}

Status Library::restoreModel(const ModelId& id) {
    return setTrashed(m_models, "model", id, false);
}

Status Library::purgeModel(const ModelId& id) {
    return purge(m_models, "model", id);
}

fs::path Library::trainingsFolder() const {
    const fs::path all = m_folder / "trainings";
    if (m_caller.project == kFirstProject) return all;
    return all / ("project-" + hashOfText(m_caller.project).substr(0, 16));
}

// Takes

std::vector<std::shared_ptr<const TakeRecord>> Library::takes(bool trashed) const {
    const std::scoped_lock lock(m_mutex);
    refresh();
    std::vector<std::shared_ptr<const TakeRecord>> all;
    for (const auto& [id, kept] : m_takes) {
        if (kept.trashed == trashed) all.push_back(kept.record);
    }
    // Ids sort by time.
    std::ranges::reverse(all);
    return all;
}

std::shared_ptr<const TakeRecord> Library::take(const TakeId& id) const {
    const auto kept = find(m_takes, id);
    return kept ? kept->record : nullptr;
}

Status Library::changeTake(const TakeId& id, const std::function<void(TakeRecord&)>& change) {
    return changeItem<TakeRecord>(m_takes, "take", id, [&](TakeRecord& take, bool& trashed) {
        change(take);
        trashed = take.trashed;
    });
}

Status Library::purgeTake(const TakeId& id) {
    return purge(m_takes, "take", id);
}

Result<storage::Block> Library::blockOf(ItemKind kind, const std::string& id) const {
    const auto read = [&](const auto& shelf) -> Result<Block> {
        const auto kept = find(shelf, id);
        if (!kept) return unknown(nameOf(kind), id);
        return m_store->getByKey(m_caller, kept->block, {false, false});
    };
    switch (kind) {
        case ItemKind::take:
            return read(m_takes);
        case ItemKind::model:
            return read(m_models);
        case ItemKind::collection:
            return read(m_collections);
        case ItemKind::cube:
            return read(m_cubes);
        case ItemKind::preset:
            return read(m_presets);
        case ItemKind::sound:
        case ItemKind::codes:
        case ItemKind::help:
            break;
    }
    return failure(ErrorCode::invalidArgument, "That is kept as no item of its own.");
}

// Formats and soundness

Status Library::takeOver() {
    const OldLibrary old = readOldLibrary(m_folder);
    for (const std::string& problem : old.problems)
        m_problems[-10 - static_cast<int>(m_problems.size())] = problem;
    for (const OldCollection& each : old.collections) {
        if (find(m_collections, each.collection.id)) continue;
        if (auto put = putCollection(each.collection); !put) return put;
        if (!each.trashed) continue;
        if (auto removed = removeCollection(each.collection.id); !removed) return removed;
    }
    for (const TakeRecord& each : old.takes) {
        if (find(m_takes, each.id)) continue;
        auto file = keptFile(m_folder, each.file);
        if (!file) {
            m_problems[-10 - static_cast<int>(m_problems.size())] = file.error().sentence;
            continue;
        }
        storage::BlockDraft draft = draftOf(each, *file);
        if (const auto heard = hearFile(each.file)) draft.vectors = vectorsOf(*heard);
        if (auto put = m_store->put(m_caller, std::move(draft)); !put) return propagate(put);
        if (!each.trashed) continue;
        if (auto moved = setTrashed(m_takes, "take", each.id, true); !moved) return moved;
    }
    for (const ModelId& id : old.trashedModels) {
        if (find(m_models, id)) continue;
        if (auto added = addModel(id); !added) continue;  // takeOverModels() will name it
        if (auto removed = removeModel(id); !removed) return removed;
    }
    return putOldRecordsAside(m_folder);
}

Status Library::takeOverModels() {
    std::int64_t problem = -1'000'000;
    std::optional<NamedFiles> named;
    for (const fs::path& file : modelFilesIn(m_folder)) {
        const ModelId id = displayName(file.stem());
        const auto kept = find(m_models, id);
        if (!kept) {
            if (!named) {
                auto all = namedFiles(*this);
                if (!all) return propagate(all);
                named = std::move(*all);
            }
            // Another project's, or on its way from another library.
            if (named->isNamed(displayName(file.lexically_relative(m_folder)))) continue;
            if (isBeingSent(*this, file)) continue;
        }
        std::error_code ignored;
        // Written by a training that was killed before it could say so, or put there by hand.
        if (kept) {
            auto block = m_store->getByKey(m_caller, kept->block, {false, false});
            const auto known = block ? keptFileOf(*block) : std::nullopt;
            if (!known || known->bytes == static_cast<std::int64_t>(fs::file_size(file, ignored))) continue;
        }
        if (auto added = addModel(id); !added) {
            m_problems[problem--] = displayName(file) + ": " + added.error().sentence;
        }
    }
    return {};
}

}  // namespace smidgen
