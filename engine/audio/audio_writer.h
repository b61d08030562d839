// Writing sound files: atomically, with tags, and read back.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/audio/audio_buffer.h"
#include "engine/audio/loop_points.h"
#include "engine/audio/loudness.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"

namespace smidgen {

enum class FileFormat { wav, flac, aiff, vorbis, opus, mp3 };
enum class SampleDepth { int16, int24, float32 };

/// What a file is written as. Not every combination exists: see validate().
struct WriteProfile {
    FileFormat format = FileFormat::wav;
    SampleDepth depth = SampleDepth::int24;  ///< ignored by vorbis, opus, mp3
    int rate = kSampleRate;                  ///< Hz; the buffer is resampled when it differs
    bool dither = true;                      ///< TPDF, ±1 LSB, for integer depths; seeded, so files repeat
    double lossyQuality = 0.7;               ///< 0…1 for vorbis, opus, mp3

    /// Errors: invalidArgument with the nearest valid choice in the sentence. WAV 16/24/32f; FLAC and AIFF
    /// 16/24 (AIFF also 32f); rates 8000…192000 for those; Opus 48000 only (libsndfile accepts 44100 in its
    /// format check and then fails); MP3 32000/44100/48000; Vorbis 8000…192000.
    [[nodiscard]] Status validate() const;
    bool operator==(const WriteProfile&) const = default;
};

/// Vorbis, Opus and MP3.
[[nodiscard]] bool isLossy(FileFormat format);
/// "wav", "flac", "aiff", "vorbis", "opus" or "mp3": what the format is called in options and settings.
[[nodiscard]] std::string_view nameOf(FileFormat format);
[[nodiscard]] std::optional<FileFormat> formatNamed(std::string_view name);
/// "16", "24" or "32f".
[[nodiscard]] std::string_view nameOf(SampleDepth depth);
[[nodiscard]] std::optional<SampleDepth> depthNamed(std::string_view name);
/// The error of asking for loop points in a format that has none.
[[nodiscard]] tl::unexpected<Error> noLoopIn(FileFormat format);
/// Where loop points go: a chunk of their own (WAV, AIFF), else tags.
[[nodiscard]] bool hasLoopChunk(FileFormat format);
[[nodiscard]] std::string_view fileExtension(FileFormat format);  ///< "wav", "flac" …, without the dot
/// From a path's extension. nullopt when unknown.
[[nodiscard]] std::optional<FileFormat> formatOfExtension(const std::filesystem::path& path);

/// Tags by field: "title", "artist", "comment", "software", "date"; other fields by their name in capitals.
/// The recipe travels as JSON text in kRecipeTag (a Xiph comment, or ID3v2 TXXX, which WAV and AIFF hold in a
/// chunk), and in "comment" too unless that was given.
using Tags = std::map<std::string, std::string>;
inline constexpr const char* kRecipeTag = "SMIDGEN_RECIPE";
/// Errors: as AudioReader::open. A file without tags gives none.
[[nodiscard]] Result<Tags> readTags(const std::filesystem::path& path);

struct WriteOptions {
    WriteProfile profile;
    Tags tags;
    std::string recipeJson;  ///< goes into the tags when not empty
    bool sidecar = false;    ///< also writes `<file>.json` with the recipe
    bool overwrite = true;   ///< false: an existing target is an error
    /// WAV: chunk smpl; AIFF: INST and MARK; FLAC, Vorbis, Opus: fields LOOPSTART and LOOPLENGTH, in samples;
    /// MP3: an error.
    std::optional<LoopRange> loop{};
    bool measure = false;  ///< loudness and true peak of what the file decodes to
};

struct WrittenFile {
    std::filesystem::path path;
    std::optional<std::filesystem::path> sidecar;
    std::int64_t bytes = 0;
    Samples length;                    ///< per channel, in the written rate
    std::optional<Loudness> loudness;  ///< when asked for
};

/// Resamples, dithers, encodes beside the target, tags, fsyncs, reads the part file back and compares
/// (length, rate, channels, tags; for lossless formats every sample bit for bit with what was to be written),
/// then renames. On any error or cancel nothing is left behind, and an older file of that name is untouched.
/// Samples beyond ±1 are clipped for integer formats. Memory: a few blocks beside `buffer`. Errors:
/// invalidArgument (profile, loop, no sound, too many channels, a name too long, an existing target, more
/// than the 4 GiB of WAV and AIFF), unusableInput (NaN or infinity), io, cancelled, internal.
[[nodiscard]] Result<WrittenFile> writeAudio(const AudioBuffer& buffer, const std::filesystem::path& target,
                                             const WriteOptions& options, const CancelToken& cancel = {});

}  // namespace smidgen
