// Writing a sound so that the file, decoded again, has the level that was asked for.
#pragma once

#include <filesystem>

#include "engine/audio/audio_writer.h"
#include "engine/audio/sound_level.h"

namespace smidgen {

/// What came of a target.
enum class LevelOutcome {
    reached,
    missed,    ///< the loudness cannot be had under the ceiling: even 26 dB of limiting fall short
    heldDown,  ///< the ceiling keeps the peak lower than was asked for
    silent     ///< there is nothing to bring to a level
};

struct LevelledFile {
    WrittenFile file;  ///< with its loudness, measured on what it decodes to
    LevelOutcome outcome = LevelOutcome::reached;
};

/// Resamples first, sets the level at the file's rate, then encodes, decodes and measures. Where a lossy
/// coder has raised peaks or changed the loudness, encodes again from the sound as it was, with so much more
/// head-room, at most eight times; only the last takes the target's name. The decoded file's true peak lies
/// below the ceiling, and its loudness within kLoudnessTolerance of the target unless the outcome says
/// otherwise. Errors: as setLevel and writeAudio; internal when no try stays below the ceiling.
[[nodiscard]] Result<LevelledFile> writeLevelled(const AudioBuffer& buffer,
                                                 const std::filesystem::path& target,
                                                 const LevelTarget& level, const WriteOptions& options,
                                                 const CancelToken& cancel = {});

}  // namespace smidgen
