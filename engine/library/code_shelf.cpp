#include "engine/library/code_shelf.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/library/library.h"
#include "engine/library/sound_index.h"
#include "storage/blocks/block_id.h"
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
/// In the metadata: when the edits or the name were changed, and which edits the vectors are of.
constexpr const char* kChanged = "changed_ms";
constexpr const char* kHeard = "heard";

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
        record.changedMs = json.value(kChanged, block.updated);
        return record;
    } catch (const Json::exception& error) {
        return failure(ErrorCode::unusableInput, "The record of these codes cannot be read.", error.what());
    }
}

std::string sumOf(const storage::Block& block) {
    constexpr const char* kDigits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : block.contentSum) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

/// The block's metadata with `key` set; as they are when they are damaged.
template <typename Value>
std::string with(const storage::Block& block, const char* key, const Value& value) {
    Json metadata = Json::parse(block.metadata, nullptr, false);
    if (!metadata.is_object()) return block.metadata;
    metadata[key] = value;
    return metadata.dump(-1, ' ', false, Json::error_handler_t::replace);
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

/// Changed last first.
Result<std::vector<CodesRecord>> listCodes(const Library& library, storage::BlockStatus status,
                                           bool (*wanted)(const storage::Block&)) {
    storage::BlockQuery query;
    query.classes = {storage::BlockClass::codes};
    query.statuses = {status};
    query.sortBy = storage::SortBy::updated;
    query.descending = true;
    query.limit = 1000;
    std::vector<CodesRecord> records;
    do {
        auto page = library.store().list(library.caller(), query);
        if (!page) return propagate(page);
        for (const storage::Block& block : page->blocks)
            if (wanted(block))
                if (auto record = codesRecordOf(block)) records.push_back(std::move(*record));
        query.after = page->next;
    } while (!query.after.empty());
    // Ids of one process ascend: of what was changed in one millisecond, what was made last stands first.
    std::ranges::sort(records, std::greater(), [](const CodesRecord& record) {
        return std::pair<std::int64_t, std::string_view>(record.changedMs, record.id);
    });
    return records;
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
    auto block = blockOfCodes(library, id, false);
    if (!block) return propagate(block);
    storage::BlockEdit edit;
    edit.content = bytesOf(edits);
    // Who hears them meanwhile loses that mark, and hears them anew.
    edit.metadata = with(*block, kChanged, storage::currentMilliseconds());
    auto done = library.store().edit(library.caller(), block->id, 0, std::move(edit));
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
    return listCodes(library, trashed ? storage::BlockStatus::deleted : storage::BlockStatus::active,
                     [](const storage::Block&) { return true; });
}

std::optional<CodesRecord> codesRecordOf(const storage::Block& block) {
    if (block.mimeType != kEditsMime) return std::nullopt;
    auto record = recordOf(block);
    if (!record || record->ofTake) return std::nullopt;
    return std::move(*record);
}

Result<storage::Block> codesBlock(const Library& library, const CodesId& id) {
    return blockOfCodes(library, id, false);
}

std::string heardEditsOf(const storage::Block& block) {
    const Json metadata = Json::parse(block.metadata, nullptr, false);
    const bool said = metadata.is_object() && metadata.contains(kHeard) && metadata[kHeard].is_string();
    return said ? metadata[kHeard].get<std::string>() : std::string();
}

CodesState codesStateOf(const storage::Block& block) {
    std::string edits = sumOf(block);
    const bool heard = heardEditsOf(block) == edits;
    return {std::move(edits), heard};
}

Result<CodesState> codesState(const Library& library, const CodesId& id) {
    auto block = blockOfCodes(library, id, false);
    if (!block) return propagate(block);
    return codesStateOf(*block);
}

Result<std::vector<CodesRecord>> unheardCodes(const Library& library) {
    return listCodes(library, storage::BlockStatus::active, [](const storage::Block& block) {
        return !block.readOnly && !codesStateOf(block).heard;
    });
}

Status keepHeard(Library& library, const CodesId& id, const std::string& edits, const HeardSound& sound) {
    auto block = blockOfCodes(library, id, false);
    if (!block) return propagate(block);
    if (sumOf(*block) != edits) return {};
    storage::BlockEdit edit;
    Json metadata = Json::parse(block->metadata, nullptr, false);
    if (!metadata.is_object())
        return failure(ErrorCode::unusableInput, "The record of these codes cannot be read.");
    metadata[kHeard] = edits;
    // What was last changed is still what was edited last.
    if (!metadata.contains(kChanged)) metadata[kChanged] = block->updated;
    edit.metadata = metadata.dump(-1, ' ', false, Json::error_handler_t::replace);
    edit.vectors = vectorsOf(sound);
    auto done = library.store().edit(library.caller(), block->id, block->version, std::move(edit));
    if (!done) return propagate(done);
    return {};
}

Status renameCodes(Library& library, const CodesId& id, const std::string& name) {
    if (name.empty()) return failure(ErrorCode::invalidArgument, "Codes need a name.");
    auto block = blockOfCodes(library, id, false);
    if (!block) return propagate(block);
    storage::BlockEdit edit;
    edit.name = name;
    edit.metadata = with(*block, kChanged, storage::currentMilliseconds());
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
