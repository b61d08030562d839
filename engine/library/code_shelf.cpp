#include "engine/library/code_shelf.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "engine/library/library.h"
#include "storage/blocks/block_store.h"

namespace smidgen {
namespace {

using storage::BlockId;
using Json = nlohmann::json;

constexpr const char* kEditsMime = "application/vnd.smidgen.code-edits";
constexpr const char* kOriginalMime = "application/vnd.smidgen.codes";
constexpr const char* kOriginalLink = "original";
constexpr const char* kModelLink = "made-by";
constexpr const char* kTakeLink = "made-from";

std::vector<std::byte> bytesOf(const std::string& text) {
    const auto* const first = reinterpret_cast<const std::byte*>(text.data());
    return {first, first + text.size()};
}

std::string textOf(const std::vector<std::byte>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

tl::unexpected<Error> unknown(const CodesId& id) {
    return failure(ErrorCode::notFound, "There are no codes '" + id + "' in the library.");
}

Result<CodesRecord> recordOf(const storage::Block& block) {
    try {
        const Json json = Json::parse(block.metadata);
        CodesRecord record;
        record.id = block.id.text();
        record.name = block.name;
        record.model = json.at("model").get<std::string>();
        record.modelName = json.at("model_name").get<std::string>();
        record.source = json.at("source").get<std::string>();
        record.seconds = json.at("seconds").get<double>();
        record.ofTake = json.at("of_take").get<bool>();
        record.changedMs = block.updated;
        return record;
    } catch (const Json::exception& error) {
        return failure(ErrorCode::unusableInput, "The record of these codes cannot be read.", error.what());
    }
}

/// Nothing when the record is damaged.
std::optional<BlockId> originalOf(const storage::Block& block) {
    const Json metadata = Json::parse(block.metadata, nullptr, false);
    if (!metadata.is_object() || !metadata.contains("original") || !metadata["original"].is_string())
        return std::nullopt;
    return BlockId::parse(metadata["original"].get<std::string>());
}

Result<storage::Block> blockOfCodes(const Library& library, const CodesId& id, bool content) {
    const auto key = BlockId::parse(id);
    if (!key) return unknown(id);
    auto block = library.store().get(library.caller(), *key, {false, content});
    if (!block && block.error().code == ErrorCode::notFound) return unknown(id);
    if (block && (block->kind != storage::BlockClass::codes || block->mimeType != kEditsMime))
        return unknown(id);
    return block;
}

Status setTrashed(Library& library, const CodesId& id, storage::BlockStatus status) {
    auto block = blockOfCodes(library, id, false);
    if (!block) return propagate(block);
    auto done = library.store().setStatus(library.caller(), block->id, status);
    if (!done) return propagate(done);
    return {};
}

}  // namespace

Result<CodesId> addCodes(Library& library, const CodesRecord& record, const std::string& original,
                         const std::string& edits) {
    storage::BlockDraft whole;
    whole.id = BlockId::make();
    whole.name = record.name;
    whole.kind = storage::BlockClass::state;
    whole.mimeType = kOriginalMime;
    whole.content = bytesOf(original);
    storage::BlockDraft draft;
    draft.id = BlockId::make();
    draft.name = record.name;
    draft.kind = storage::BlockClass::codes;
    draft.mimeType = kEditsMime;
    draft.content = bytesOf(edits);
    draft.metadata =
        Json{{"model", record.model},     {"model_name", record.modelName}, {"source", record.source},
             {"seconds", record.seconds}, {"of_take", record.ofTake},       {"original", whole.id->text()}}
            .dump(-1, ' ', false, Json::error_handler_t::replace);
    std::vector<storage::Operation> operations{storage::PutBlock{whole}, storage::PutBlock{draft},
                                               storage::LinkBlocks{{*draft.id, *whole.id, kOriginalLink}}};
    if (const auto model = library.blockOf(ItemKind::model, record.model))
        operations.emplace_back(storage::LinkBlocks{{*draft.id, model->id, kModelLink}});
    if (auto done = library.store().apply(library.caller(), operations); !done) return propagate(done);
    return draft.id->text();
}

Status saveCodeEdits(Library& library, const CodesId& id, const std::string& edits) {
    const auto key = BlockId::parse(id);
    if (!key) return unknown(id);
    storage::BlockEdit edit;
    edit.content = bytesOf(edits);
    auto done = library.store().edit(library.caller(), *key, 0, std::move(edit));
    if (!done && done.error().code == ErrorCode::notFound) return unknown(id);
    if (!done) return propagate(done);
    return {};
}

Result<KeptCodes> keptCodes(const Library& library, const CodesId& id) {
    auto block = blockOfCodes(library, id, true);
    if (!block) return propagate(block);
    auto record = recordOf(*block);
    if (!record) return propagate(record);
    const auto original = originalOf(*block);
    if (!original)
        return failure(ErrorCode::unusableInput, "The record of these codes cannot be read: no original.");
    auto whole = library.store().get(library.caller(), *original, {false, true});
    if (!whole) return propagate(whole);
    return KeptCodes{std::move(*record), textOf(whole->content), textOf(block->content)};
}

Result<std::vector<CodesRecord>> codesIn(const Library& library, bool trashed) {
    storage::BlockQuery query;
    query.classes = {storage::BlockClass::codes};
    query.statuses = {trashed ? storage::BlockStatus::deleted : storage::BlockStatus::active};
    query.sortBy = storage::SortBy::updated;
    query.descending = true;
    query.limit = 1000;
    std::vector<CodesRecord> records;
    do {
        auto page = library.store().list(library.caller(), query);
        if (!page) return propagate(page);
        for (const storage::Block& block : page->blocks) {
            if (block.mimeType != kEditsMime) continue;
            auto record = recordOf(block);
            if (record && !record->ofTake) records.push_back(std::move(*record));
        }
        query.after = page->next;
    } while (!query.after.empty());
    return records;
}

Status renameCodes(Library& library, const CodesId& id, const std::string& name) {
    if (name.empty()) return failure(ErrorCode::invalidArgument, "Codes need a name.");
    auto block = blockOfCodes(library, id, false);
    if (!block) return propagate(block);
    storage::BlockEdit edit;
    edit.name = name;
    auto done = library.store().edit(library.caller(), block->id, 0, std::move(edit));
    if (!done) return propagate(done);
    return {};
}

Status trashCodes(Library& library, const CodesId& id) {
    return setTrashed(library, id, storage::BlockStatus::deleted);
}

Status restoreCodes(Library& library, const CodesId& id) {
    return setTrashed(library, id, storage::BlockStatus::active);
}

Status purgeCodes(Library& library, const CodesId& id) {
    auto block = blockOfCodes(library, id, false);
    if (!block) return propagate(block);
    auto done = library.store().purge(library.caller(), block->id);
    if (!done) return propagate(done);
    if (const auto original = originalOf(*block)) done = library.store().purge(library.caller(), *original);
    if (!done) return propagate(done);
    return {};
}

Status linkTakeToCodes(Library& library, const TakeId& take, const CodesId& id) {
    auto from = library.blockOf(ItemKind::take, take);
    if (!from) return propagate(from);
    auto to = blockOfCodes(library, id, false);
    if (!to) return propagate(to);
    auto done = library.store().apply(library.caller(), {storage::LinkBlocks{{from->id, to->id, kTakeLink}}});
    if (!done) return propagate(done);
    return {};
}

}  // namespace smidgen
