#include "app/cli/output_place.h"

#include <system_error>

#include "engine/foundation/atomic_file.h"

namespace smidgen::cli {
namespace {

constexpr const char* kExtensions = ".wav, .flac, .aiff, .ogg, .opus or .mp3";

}  // namespace

Status checkFolderOf(const std::filesystem::path& file) {
    if (file.empty()) return {};
    std::error_code problem;
    if (std::filesystem::is_directory(file, problem)) {
        return failure(ErrorCode::io, displayName(file) + " is a folder. Name a file in it.");
    }
    const std::filesystem::path folder = std::filesystem::absolute(file, problem).parent_path();
    if (std::filesystem::is_directory(folder, problem)) return {};
    return failure(ErrorCode::io, "There is no folder " + displayName(folder) + " to write " +
                                      displayName(file.filename()) + " into. Make it, or name another.");
}

Result<OutputPlace> outputPlace(const std::string& name) {
    const std::filesystem::path path = name;
    std::error_code problem;
    if (std::filesystem::is_directory(path, problem) || !path.has_filename()) {
        return OutputPlace{true, path, false};
    }
    if (formatOfExtension(path)) {
        if (Status place = checkFolderOf(path); !place) return propagate(place);
        return OutputPlace{false, path, true};
    }
    if (!path.has_extension()) return OutputPlace{true, path, false};
    return failure(ErrorCode::invalidArgument, "'" + displayName(path.extension()) +
                                                   "' is no sound format we write. End the name in " +
                                                   kExtensions + ", or name a folder (ending in '/').");
}

Result<WriteProfile> writeProfile(const SoundOptions& options, const OutputPlace& place,
                                  const WriteProfile& base) {
    WriteProfile profile = base;
    profile.rate = options.rate.value_or(base.rate);
    if (!options.depth.empty()) profile.depth = depthNamed(options.depth).value_or(base.depth);
    const auto byName = place.isFolder ? std::nullopt : formatOfExtension(place.path);
    if (!options.format.empty()) profile.format = formatNamed(options.format).value_or(base.format);
    if (byName && options.format.empty()) profile.format = *byName;
    if (byName && *byName != profile.format) {
        return failure(ErrorCode::invalidArgument, "The file's name ends in '" +
                                                       displayName(place.path.extension()) +
                                                       "', but --format says " + options.format +
                                                       ". Leave --format out, or change the name.");
    }
    if (Status valid = profile.validate(); !valid) return propagate(valid);
    return profile;
}

}  // namespace smidgen::cli
