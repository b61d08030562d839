#include "engine/library/library_format.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/foundation/atomic_file.h"
#include "engine/library/library.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFormatKey = "smidgen_library";
constexpr std::size_t kLargestRecord = std::size_t{64} << 20;

std::vector<fs::path> filesWith(const fs::path& folder, const char* extension) {
    std::vector<fs::path> files;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        // Names starting with a dot are files still being written, or left by a crash.
        if (entry.path().extension() == extension && entry.path().filename().string().front() != '.') {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

Status moveFile(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::create_directories(to.parent_path(), error);
    if (!error) fs::rename(from, to, error);
    if (error) return systemFailure(error.value(), "move", from);
    return {};
}

void readCollections(const fs::path& folder, bool trashed, OldLibrary& old) {
    for (const fs::path& file : filesWith(folder, ".json")) {
        auto text = readWholeFile(file, kLargestRecord);
        auto collection = text ? collectionFromJson(*text) : Result<Collection>(propagate(text));
        if (collection)
            old.collections.push_back({std::move(*collection), trashed});
        else
            old.problems.push_back(displayName(file) + ": " + collection.error().sentence);
    }
}

}  // namespace

Status writeLibraryFormat(const fs::path& library) {
    const nlohmann::json json = {{kFormatKey, kLibraryFormat}};
    return writeFileAtomically(library / "library.json", json.dump());
}

Result<LibraryFormat> readLibraryFormat(const fs::path& library) {
    if (!fs::exists(library / "library.json")) {
        if (auto written = writeLibraryFormat(library); !written) return propagate(written);
        return LibraryFormat{};
    }
    return libraryFormatOf(library);
}

Result<LibraryFormat> libraryFormatOf(const fs::path& library) {
    const fs::path mark = library / "library.json";
    std::error_code error;
    if (!fs::exists(mark, error)) {
        if (error) return systemFailure(error.value(), "look into", library);
        const bool folder = fs::exists(library, error);
        return failure(ErrorCode::notFound,
                       folder ? "There is no library in '" + displayName(library) + "'."
                              : "The folder '" + displayName(library) +
                                    "' is not there. If it lies on another drive, connect that first.");
    }
    auto text = readWholeFile(mark, 1 << 16);
    if (!text) return propagate(text);
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    if (!json.is_object() || !json.contains(kFormatKey) || !json[kFormatKey].is_number_integer())
        return LibraryFormat{1, true};
    const int version = json[kFormatKey].get<int>();
    if (version > kLibraryFormat) {
        return failure(ErrorCode::unusableInput,
                       "The library '" + displayName(library) +
                           "' was written by a newer Smidgen. Update Smidgen to open it.");
    }
    return LibraryFormat{version, false};
}

OldLibrary readOldLibrary(const fs::path& library) {
    OldLibrary old;
    readCollections(library / "collections", false, old);
    readCollections(library / "trash" / "collections", true, old);
    for (const fs::path& file : filesWith(library / "takes", ".json")) {
        auto text = readWholeFile(file, kLargestRecord);
        auto take = text ? takeFromJson(*text) : Result<TakeRecord>(propagate(text));
        if (!take) {
            old.problems.push_back(displayName(file) + ": " + take.error().sentence);
            continue;
        }
        take->id = displayName(file.stem());
        take->file = library / "takes" / (take->id + ".wav");
        old.takes.push_back(std::move(*take));
    }
    for (const fs::path& file : filesWith(library / "trash" / "models", ".safetensors")) {
        if (auto moved = moveFile(file, library / "models" / file.filename()); !moved) {
            old.problems.push_back(moved.error().sentence);
            continue;
        }
        old.trashedModels.push_back(displayName(file.stem()));
    }
    return old;
}

Status putOldRecordsAside(const fs::path& library) {
    for (const char* part : {"collections", "trash/collections", "takes"})
        for (const fs::path& file : filesWith(library / part, ".json"))
            if (auto moved = moveFile(file, library / "format-1" / part / file.filename()); !moved)
                return moved;
    return {};
}

std::vector<fs::path> modelFilesIn(const fs::path& library) {
    return filesWith(library / "models", ".safetensors");
}

}  // namespace smidgen
