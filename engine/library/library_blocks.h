// How the library's items lie in the block store.
//
//     take        class take; content: its record as JSON; metadata: id, file, sum and what it is searched by
//     model       class model; metadata as a take's; what it says of itself stands in its file
//     cube        class cube; content: none; metadata: id, file, sum, content, size, axes
//     preset      class preset; content: name, recipe and when, as JSON; metadata: id
//     collection  class collection; content: the collection as JSON
//     sound       class custom, MIME type kSoundMime (sound_index.h)
//
// Name, tags and trash are the block's own. Samples, weights and nodes are files beside the store, written
// before the block that names them is committed.
#pragma once

#include <optional>
#include <string>

#include "engine/collections/collection.h"
#include "engine/foundation/result.h"
#include "engine/library/find_query.h"
#include "engine/library/records.h"
#include "storage/blocks/block.h"

namespace smidgen {

/// Marks a star among a block's tags.
inline constexpr const char* kStarTag = "starred";

/// A file that a block stands for.
struct KeptFile {
    std::string place;  ///< below the library's folder: "takes/<id>.wav"
    std::int64_t bytes = 0;
    std::string sum;  ///< xxh3-128, 32 hexadecimal digits
};
/// Classes of blocks that stand for files.
inline constexpr storage::BlockClass kFileClasses[] = {storage::BlockClass::take, storage::BlockClass::model,
                                                       storage::BlockClass::cube};
/// Folders of such files.
inline constexpr const char* kFileFolders[] = {"takes", "models", "cubes"};
/// Whether a place that a block names is a file of takes/, models/ or cubes/: blocks come from other
/// libraries, too.
[[nodiscard]] bool isPlainPlace(const std::string& place);
/// Reads the file. Errors: io, notFound.
[[nodiscard]] Result<KeptFile> keptFile(const std::filesystem::path& library,
                                        const std::filesystem::path& file);
/// Nothing when the block names no file.
[[nodiscard]] std::optional<KeptFile> keptFileOf(const storage::Block& block);

/// Our id of what a block holds; empty when it is none of the library's items.
[[nodiscard]] std::string itemIdOf(const storage::Block& block);
/// What a block holds; nothing when it is no item of its own.
[[nodiscard]] std::optional<ItemKind> itemKindOf(const storage::Block& block);
/// The name of a project, or of who asks: 1 to 256 bytes on one line. Errors: invalidArgument.
[[nodiscard]] Status checkCallerName(const std::string& name);
/// A block's id made of 32 hexadecimal digits.
[[nodiscard]] std::optional<storage::BlockId> blockIdFrom(const std::string& digits);

/// What makes a block, read with its content, another item: that id, and that file when it has one.
[[nodiscard]] storage::BlockEdit asAnotherItem(const storage::Block& block, const std::string& id,
                                               const std::optional<KeptFile>& file);
/// For an item that cannot have its own id, because another has it: the same whenever it is asked.
[[nodiscard]] std::string idOfTwin(const storage::Block& block);
/// Where the file of an item with that id belongs that is now at `place`.
[[nodiscard]] std::string placeFor(const std::string& id, const std::string& place);

[[nodiscard]] storage::BlockDraft draftOf(const TakeRecord& take, const KeptFile& file);
[[nodiscard]] storage::BlockDraft draftOf(const ModelRecord& model, const KeptFile& file);
[[nodiscard]] storage::BlockDraft draftOf(const CubeRecord& cube, const KeptFile& file);
[[nodiscard]] storage::BlockDraft draftOf(const PresetRecord& preset);
[[nodiscard]] storage::BlockDraft draftOf(const Collection& collection);

/// Errors: unusableInput. The record's `file` is below `library`.
[[nodiscard]] Result<TakeRecord> takeOf(const storage::Block& block, const std::filesystem::path& library);
[[nodiscard]] Result<CubeRecord> cubeOf(const storage::Block& block, const std::filesystem::path& library);
[[nodiscard]] Result<PresetRecord> presetOf(const storage::Block& block);
[[nodiscard]] Result<Collection> collectionOf(const storage::Block& block);

}  // namespace smidgen
