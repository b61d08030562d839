// How takes are written as files: a plain value that a person can save under a name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/audio/audio_writer.h"
#include "engine/audio/sound_edges.h"
#include "engine/audio/sound_level.h"
#include "engine/foundation/result.h"

namespace smidgen {

enum class ExportChannels {
    asTheyAre,
    mono,   ///< the mean of left and right
    stereo  ///< of a mono take: the same twice
};
/// "as-is", "mono" or "stereo".
[[nodiscard]] std::string_view nameOf(ExportChannels channels);
[[nodiscard]] std::optional<ExportChannels> exportChannelsNamed(std::string_view name);

struct ExportSettings {
    WriteProfile profile;
    ExportChannels channels = ExportChannels::asTheyAre;
    SoundEdges edges;
    LevelTarget level;
    std::optional<LoopRange> loop;        ///< in the file, after what is cut off
    std::string nameTemplate = "{name}";  ///< see export_name.h
    Tags tags;                            ///< besides title, software, date and recipe
    bool sidecar = false;                 ///< also the recipe as JSON beside the sound

    /// Errors: invalidArgument, of every part that can be judged without a sound.
    [[nodiscard]] Status validate() const;
    bool operator==(const ExportSettings&) const = default;
};

[[nodiscard]] std::string toJson(const ExportSettings& settings);
/// Errors: unusableInput (not JSON, wrong types, unknown words, newer version); not validated.
[[nodiscard]] Result<ExportSettings> exportSettingsFromJson(const std::string& text);

}  // namespace smidgen
