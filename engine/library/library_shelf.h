// What the library does alike with every kind of item. Internal to this room.
#pragma once

#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/library/library.h"
#include "engine/library/library_blocks.h"
#include "engine/library/library_files.h"
#include "storage/blocks/block_store.h"

namespace smidgen {

template <typename Record>
std::optional<Library::Kept<Record>> Library::find(const Shelf<Record>& shelf, const std::string& id) const {
    const std::scoped_lock lock(m_mutex);
    refresh();
    const auto found = shelf.find(id);
    if (found == shelf.end()) return std::nullopt;
    return found->second;
}

template <typename Record>
Status Library::setTrashed(const Shelf<Record>& shelf, const char* what, const std::string& id,
                           bool trashed) {
    const auto kept = find(shelf, id);
    if (!kept) return unknown(what, id);
    auto block = m_store->getByKey(m_caller, kept->block, {false, false});
    if (!block) return propagate(block);
    auto done = m_store->setStatus(m_caller, block->id,
                                   trashed ? storage::BlockStatus::deleted : storage::BlockStatus::active);
    if (!done) return propagate(done);
    return {};
}

template <typename Record>
Status Library::purge(const Shelf<Record>& shelf, const char* what, const std::string& id) {
    const auto kept = find(shelf, id);
    if (!kept) return unknown(what, id);
    auto block = m_store->getByKey(m_caller, kept->block, {false, false});
    if (!block) return propagate(block);
    const auto file = keptFileOf(*block);
    if (auto done = m_store->purge(m_caller, block->id); !done) return propagate(done);
    if (!file || !isPlainPlace(file->place)) return {};
    // Another block, of whichever project, may stand for the same file.
    auto others = namedFiles(*this);
    if (!others) return propagate(others);
    std::error_code ignored;
    if (!others->isNamed(file->place))
        std::filesystem::remove(m_folder / std::filesystem::path(file->place), ignored);
    return {};
}

template <typename Record>
Status Library::changeItem(const Shelf<Record>& shelf, const char* what, const std::string& id,
                           const std::function<void(Record&, bool&)>& change) {
    // Two processes that change one item at once: each tries again on what the other has made of it.
    constexpr int kTries = 16;
    for (int i = 0; i < kTries; ++i) {
        const auto kept = find(shelf, id);
        if (!kept) return unknown(what, id);
        Record changed = *kept->record;
        bool trashed = kept->trashed;
        change(changed, trashed);
        auto block = m_store->getByKey(m_caller, kept->block, {false, false});
        if (!block) return propagate(block);
        storage::BlockDraft draft = [&] {
            if constexpr (requires { draftOf(changed); })
                return draftOf(changed);
            else
                return draftOf(changed, KeptFile());
        }();
        storage::BlockEdit edit;
        edit.name = std::move(draft.name);
        edit.tags = std::move(draft.tags);
        std::vector<storage::Operation> operations;
        std::uint64_t expected = kept->version;
        const auto then = [&](auto operation) {
            operations.emplace_back(std::move(operation));
            ++expected;
        };
        // What lies in the trash cannot be changed otherwise.
        if (kept->trashed && !trashed)
            then(storage::SetStatus{block->id, expected, storage::BlockStatus::active});
        if (*edit.name != block->name || *edit.tags != block->tags)
            then(storage::EditBlock{block->id, expected, std::move(edit)});
        if (!kept->trashed && trashed)
            then(storage::SetStatus{block->id, expected, storage::BlockStatus::deleted});
        if (operations.empty()) return {};
        auto done = m_store->apply(m_caller, operations);
        if (done) return {};
        if (done.error().code != ErrorCode::conflict) return propagate(done);
    }
    return failure(ErrorCode::conflict,
                   std::string("Somebody else keeps changing this ") + what + ". Try again.");
}

}  // namespace smidgen
