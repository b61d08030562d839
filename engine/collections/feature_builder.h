// Decodes one sound and writes the features of it and of its variants.
#pragma once

#include <filesystem>
#include <string>

#include "engine/collections/feature_cache.h"

namespace smidgen {

/// Seconds of sound that are in memory at once and share one set of drawn amounts.
inline constexpr double kSegmentSeconds = 20.0;

/// Frames of a whole segment of the clean rendering.
[[nodiscard]] std::int64_t segmentFrames(const MelShape& shape);

enum class BuildFault { sound, cache };
struct BuildError {
    BuildFault fault =
        BuildFault::sound;  ///< cache: the folder cannot be written, so no other sound can be kept
    Error error;
};

/// Streams the sound into a feature file at `target`. Clean frames are those of the whole sound analysed at
/// once; a variant is drawn anew every segment from (seed, content hash, channel, variant, segment) and comes
/// with a second of what precedes it, so that filters and rooms have settled. The result depends on nothing
/// else. Errors: as AudioReader, cancelled (fault sound); io of the target (fault cache).
[[nodiscard]] tl::expected<void, BuildError> buildFeatures(
    const std::filesystem::path& source, const std::string& contentHash, const FeatureSettings& settings,
    const std::string& settingsHash, const std::filesystem::path& target, const CancelToken& cancel);

}  // namespace smidgen
