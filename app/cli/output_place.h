// Where results go, checked before the work that makes them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "engine/audio/audio_writer.h"
#include "engine/foundation/result.h"

namespace smidgen::cli {

/// Whether the folder that `file` will be written into is there. An empty name is fine. Errors: io, also when
/// `file` is itself a folder.
[[nodiscard]] Status checkFolderOf(const std::filesystem::path& file);

/// Where takes go: one file, or a folder that is made when missing.
struct OutputPlace {
    bool isFolder = false;
    std::filesystem::path path;
    bool replace = false;  ///< files of the same name; a file that was named itself always is
};
/// A name with the extension of a sound format is a file; an existing folder, a name ending in '/' or one
/// without extension is a folder. Errors: invalidArgument for another extension.
[[nodiscard]] Result<OutputPlace> outputPlace(const std::string& name);

/// The sound format options of every command that writes sound.
struct SoundOptions {
    std::string format;       ///< empty: by the file's extension, else wav
    std::optional<int> rate;  ///< Hz; none: 48000, or the input's where there is one
    std::string depth;        ///< empty: 24
};
/// `base`: what is not said. Errors: invalidArgument, also when the file's extension says another format.
[[nodiscard]] Result<WriteProfile> writeProfile(const SoundOptions& options, const OutputPlace& place,
                                                const WriteProfile& base = {});

}  // namespace smidgen::cli
