// What exported files are called.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/foundation/result.h"
#include "engine/jobs/export_settings.h"
#include "engine/library/records.h"

namespace smidgen {

/// A field of a name template, written {word}.
struct NameField {
    std::string_view word;
    std::string_view meaning;
};
inline constexpr NameField kNameFields[] = {
    {"name", "the take's name"},
    {"model", "the model's name"},
    {"seed", "the take's seed"},
    {"number", "1, 2, 3 … in the order of the export, with as many digits as the last one needs"},
    {"date", "the day the take was made, 2024-05-06"},
    {"time", "the time it was made, 17-30-05"},
    {"lufs", "the target loudness, or without one the take's own, -16.0LUFS"},
    {"seconds", "the take's length, 8.00s"},
    {"space", "mono, stereo or binaural"},
    {"format", "wav, flac, aiff, vorbis, opus or mp3"},
    {"rate", "the file's sample rate, 48000"},
};

/// Errors: invalidArgument for an unknown field, with the nearest there is; for a brace without its partner;
/// for an empty template.
[[nodiscard]] Status checkNameTemplate(const std::string& nameTemplate);

/// The name, with extension, of the `index`-th (from 0) of `count` takes. Characters no file system likes
/// become '_'; an empty name becomes "take"; a long one is cut. Errors: as checkNameTemplate.
[[nodiscard]] Result<std::string> exportName(const ExportSettings& settings, const TakeRecord& take,
                                             std::size_t index, std::size_t count);

}  // namespace smidgen
