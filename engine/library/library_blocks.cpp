#include "engine/library/library_blocks.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/collections/content_hash.h"
#include "engine/foundation/atomic_file.h"
#include "engine/library/library.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr int kPresetVersion = 1;

std::vector<std::byte> bytesOf(const std::string& text) {
    const auto* const first = reinterpret_cast<const std::byte*>(text.data());
    return {first, first + text.size()};
}

std::string textOf(const std::vector<std::byte>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Json metadataOf(const storage::Block& block) {
    return Json::parse(block.metadata, nullptr, false);
}

Json metadataFor(const std::string& id, const KeptFile& file) {
    return {{"id", id}, {"file", file.place}, {"bytes", file.bytes}, {"sum", file.sum}};
}

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// A block's name has 1 to 1024 bytes; a longer one ends with a whole character.
std::string nameFor(const std::string& name, const std::string& otherwise) {
    constexpr std::size_t kMost = 1024;
    std::string text = name.empty() ? otherwise : name;
    if (text.size() <= kMost) return text;
    std::size_t end = kMost;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end);
}

std::vector<std::string> sorted(std::vector<std::string> tags) {
    std::ranges::sort(tags);
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
    return tags;
}

}  // namespace

bool isPlainPlace(const std::string& place) {
    const fs::path path(place);
    const fs::path folder = path.parent_path(), name = path.filename();
    return std::ranges::find(kFileFolders, folder) != std::end(kFileFolders) && !name.empty() &&
           name.native().front() != '.';
}

Result<KeptFile> keptFile(const fs::path& library, const fs::path& file) {
    const auto identity = identifyFile(file);
    if (!identity) return systemFailure(identity.error(), "read", file);
    return KeptFile{displayName(file.lexically_relative(library)), identity->bytes, identity->contentHash};
}

std::optional<KeptFile> keptFileOf(const storage::Block& block) {
    const Json json = metadataOf(block);
    if (!json.is_object() || !json.contains("file") || !json["file"].is_string()) return std::nullopt;
    KeptFile file;
    file.place = json["file"].get<std::string>();
    if (json.contains("bytes") && json["bytes"].is_number_integer()) file.bytes = json["bytes"];
    if (json.contains("sum") && json["sum"].is_string()) file.sum = json["sum"].get<std::string>();
    return file;
}

std::string itemIdOf(const storage::Block& block) {
    const Json json = metadataOf(block);
    if (!json.is_object() || !json.contains("id") || !json["id"].is_string()) return {};
    return json["id"].get<std::string>();
}

std::optional<ItemKind> itemKindOf(const storage::Block& block) {
    switch (block.kind) {
        case storage::BlockClass::take:
            return ItemKind::take;
        case storage::BlockClass::model:
            return ItemKind::model;
        case storage::BlockClass::collection:
            return ItemKind::collection;
        case storage::BlockClass::cube:
            return ItemKind::cube;
        case storage::BlockClass::preset:
            return ItemKind::preset;
        default:
            return std::nullopt;
    }
}

Status checkCallerName(const std::string& name) {
    constexpr std::size_t kLongestName = 256;
    const bool plain = std::ranges::none_of(name, [](char c) { return static_cast<unsigned char>(c) < 32; });
    if (!name.empty() && name.size() <= kLongestName && plain) return {};
    return failure(ErrorCode::invalidArgument,
                   "A project, and who asks, have names of 1 to 256 bytes on one line.");
}

std::optional<storage::BlockId> blockIdFrom(const std::string& digits) {
    std::string text = digits;
    for (const std::size_t dash : {20, 16, 12, 8})
        if (dash < text.size()) text.insert(dash, 1, '-');
    return storage::BlockId::parse(text);
}

storage::BlockEdit asAnotherItem(const storage::Block& block, const std::string& id,
                                 const std::optional<KeptFile>& file) {
    storage::BlockEdit edit;
    Json metadata = metadataOf(block);
    metadata["id"] = id;
    if (file) metadata.update({{"file", file->place}, {"bytes", file->bytes}, {"sum", file->sum}});
    edit.metadata = dump(metadata);
    // Records say their id, too.
    auto record = nlohmann::ordered_json::parse(textOf(block.content), nullptr, false);
    if (record.is_object() && record.contains("id")) {
        record["id"] = id;
        edit.content = bytesOf(record.dump(1, ' ', false, Json::error_handler_t::replace));
    }
    return edit;
}

std::string idOfTwin(const storage::Block& block) {
    return itemIdOf(block) + "-" + hashOfText(block.id.text()).substr(0, 8);
}

std::string placeFor(const std::string& id, const std::string& place) {
    const fs::path old(place);
    const bool cube = old.parent_path() == "cubes";
    return displayName(old.parent_path() / (id + (cube ? "-0" : "") + old.extension().string()));
}

storage::BlockDraft draftOf(const TakeRecord& take, const KeptFile& file) {
    storage::BlockDraft draft;
    draft.kind = storage::BlockClass::take;
    draft.name = nameFor(take.name, "take");
    draft.mimeType = "application/json";
    draft.tags = take.tags;
    if (take.starred) draft.tags.emplace_back(kStarTag);
    draft.tags = sorted(std::move(draft.tags));
    Json metadata = metadataFor(take.id, file);
    metadata["model"] = take.recipe.modelName;
    metadata["seed"] = take.recipe.seed;
    metadata["seconds"] = take.seconds;
    draft.metadata = dump(metadata);
    draft.content = bytesOf(toJson(take));
    return draft;
}

storage::BlockDraft draftOf(const ModelRecord& model, const KeptFile& file) {
    storage::BlockDraft draft;
    draft.kind = storage::BlockClass::model;
    draft.name = nameFor(model.name, "model");
    draft.mimeType = "application/vnd.smidgen.model";
    draft.tags = sorted(model.tags);
    Json metadata = metadataFor(model.id, file);
    metadata["kind"] = model.kind;
    metadata["collection"] = model.collectionName;
    metadata["sounds"] = model.sounds;
    draft.metadata = dump(metadata);
    return draft;
}

storage::BlockDraft draftOf(const CubeRecord& cube, const KeptFile& file) {
    storage::BlockDraft draft;
    draft.kind = storage::BlockClass::cube;
    draft.name = nameFor(cube.name, "cube");
    draft.mimeType = "application/vnd.smidgen.cube";
    draft.tags = sorted(cube.tags);
    Json metadata = metadataFor(cube.id, file);
    metadata["content"] = cube.content;
    metadata["model"] = cube.model;
    metadata["size"] = cube.size;
    metadata["axes"] = cube.axes;
    metadata["nodes"] = cube.nodes;
    metadata["created_ms"] = cube.createdMs;
    draft.metadata = dump(metadata);
    return draft;
}

storage::BlockDraft draftOf(const PresetRecord& preset) {
    storage::BlockDraft draft;
    draft.kind = storage::BlockClass::preset;
    draft.name = nameFor(preset.name, "preset");
    draft.mimeType = "application/json";
    draft.tags = sorted(preset.tags);
    draft.metadata = dump({{"id", preset.id}});
    const nlohmann::ordered_json record = {{"smidgen_preset", kPresetVersion},
                                           {"id", preset.id},
                                           {"created_ms", preset.createdMs},
                                           {"recipe", nlohmann::ordered_json::parse(toJson(preset.recipe))}};
    draft.content = bytesOf(record.dump(1, ' ', false, Json::error_handler_t::replace));
    return draft;
}

storage::BlockDraft draftOf(const Collection& collection) {
    storage::BlockDraft draft;
    draft.kind = storage::BlockClass::collection;
    draft.name = nameFor(collection.name, "collection");
    draft.mimeType = "application/json";
    draft.metadata = dump({{"id", collection.id}, {"sounds", collection.entries.size()}});
    draft.content = bytesOf(toJson(collection));
    return draft;
}

Result<TakeRecord> takeOf(const storage::Block& block, const fs::path& library) {
    auto take = takeFromJson(textOf(block.content));
    if (!take) return take;
    take->name = block.name;
    take->trashed = block.status == storage::BlockStatus::deleted;
    take->tags = block.tags;
    take->starred = std::erase(take->tags, kStarTag) > 0;
    if (const auto file = keptFileOf(block)) take->file = library / fs::path(file->place);
    return take;
}

Result<CubeRecord> cubeOf(const storage::Block& block, const fs::path& library) {
    CubeRecord cube;
    cube.name = block.name;
    cube.tags = block.tags;
    cube.trashed = block.status == storage::BlockStatus::deleted;
    try {
        const Json json = Json::parse(block.metadata);
        cube.id = json.at("id").get<std::string>();
        cube.file = library / fs::path(json.at("file").get<std::string>());
        cube.bytes = json.at("bytes").get<std::int64_t>();
        cube.content = json.at("content").get<std::string>();
        cube.model = json.at("model").get<std::string>();
        cube.size = json.at("size").get<std::array<std::uint32_t, 3>>();
        cube.axes = json.at("axes").get<std::array<std::string, 3>>();
        cube.nodes = json.at("nodes").get<std::uint64_t>();
        cube.createdMs = json.at("created_ms").get<std::int64_t>();
    } catch (const Json::exception& error) {
        return failure(ErrorCode::unusableInput, "This cube's record cannot be read.", error.what());
    }
    return cube;
}

Result<PresetRecord> presetOf(const storage::Block& block) {
    PresetRecord preset;
    preset.name = block.name;
    preset.tags = block.tags;
    preset.trashed = block.status == storage::BlockStatus::deleted;
    try {
        const Json json = Json::parse(textOf(block.content));
        if (json.at("smidgen_preset").get<int>() > kPresetVersion)
            return failure(ErrorCode::unusableInput,
                           "This preset was written by a newer Smidgen. Update Smidgen to use it.");
        preset.id = json.at("id").get<std::string>();
        preset.createdMs = json.at("created_ms").get<std::int64_t>();
        auto recipe = recipeFromJson(json.at("recipe").dump());
        if (!recipe) return propagate(recipe);
        preset.recipe = std::move(*recipe);
    } catch (const Json::exception& error) {
        return failure(ErrorCode::unusableInput, "This preset's record cannot be read.", error.what());
    }
    return preset;
}

Result<Collection> collectionOf(const storage::Block& block) {
    auto collection = collectionFromJson(textOf(block.content));
    if (collection) collection->name = block.name;
    return collection;
}

}  // namespace smidgen
