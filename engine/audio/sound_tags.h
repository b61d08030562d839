// Tags inside sound files (TagLib): Xiph comments, ID3v2, RIFF INFO.
#pragma once

#include <filesystem>
#include <string>

#include "engine/audio/audio_writer.h"
#include "engine/foundation/result.h"

namespace smidgen {

/// `tags` with the recipe in them and every value made valid UTF-8 without NUL. Errors: invalidArgument (a
/// field's name is no word, the recipe is no JSON).
[[nodiscard]] Result<Tags> completeTags(const Tags& tags, const std::string& recipeJson);

/// Puts `tags` (from completeTags) into a finished file of this format, and reads them back. `name` is the
/// file that sentences speak of. Errors: io, internal.
[[nodiscard]] Status writeTags(const std::filesystem::path& file, FileFormat format, const Tags& tags,
                               const std::filesystem::path& name);

}  // namespace smidgen
