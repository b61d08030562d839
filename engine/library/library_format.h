// Formats of a library's folder: which one it has, and what is needed of older ones.
//
// Format 1 kept a file an item: collections/<id>.json, takes/<id>.json beside takes/<id>.wav, models/, and
// trash/ with what was removed. Format 2 has the block store.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/collections/collection.h"
#include "engine/foundation/result.h"
#include "engine/library/records.h"

namespace smidgen {

inline constexpr int kLibraryFormat = 2;

struct LibraryFormat {
    int version = kLibraryFormat;
    bool damaged = false;  ///< library.json cannot be read; taken for an old one, which loses nothing
};
/// Of a library that is there; nothing is written. Errors: notFound, io, unusableInput (a newer Smidgen's).
[[nodiscard]] Result<LibraryFormat> libraryFormatOf(const std::filesystem::path& library);
/// Writes library.json when there is none. Errors: io, unusableInput (a newer Smidgen's).
[[nodiscard]] Result<LibraryFormat> readLibraryFormat(const std::filesystem::path& library);
[[nodiscard]] Status writeLibraryFormat(const std::filesystem::path& library);

struct OldCollection {
    Collection collection;
    bool trashed = false;
};
/// A library of format 1, with models of its trash moved back to models/.
struct OldLibrary {
    std::vector<OldCollection> collections;
    std::vector<TakeRecord> takes;
    std::vector<ModelId> trashedModels;
    std::vector<std::string> problems;
};
[[nodiscard]] OldLibrary readOldLibrary(const std::filesystem::path& library);
/// Moves the records of format 1 to format-1/: the store has them. Errors: io.
[[nodiscard]] Status putOldRecordsAside(const std::filesystem::path& library);

/// models/*.safetensors, without files still being written; sorted.
[[nodiscard]] std::vector<std::filesystem::path> modelFilesIn(const std::filesystem::path& library);

}  // namespace smidgen
