// Streaming reading of sound files: WAV, RF64, AIFF, FLAC, Ogg Vorbis, Opus, MP3.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "engine/audio/audio_buffer.h"
#include "engine/audio/loop_points.h"
#include "engine/foundation/result.h"

namespace smidgen {

struct AudioFormat {
    std::string container;  ///< "WAV", "AIFF", "FLAC", "Ogg Vorbis", "Opus", "MP3" …
    std::string encoding;   ///< "16-bit", "24-bit", "32-bit float" …
    int rate = 0;           ///< Hz
    int channels = 0;
    Samples length;  ///< per channel, as the header says; counted when it does not say; may be 0
    std::optional<LoopSamples> loop;  ///< the first of a WAV's or AIFF's chunks
};

/// Reads one file from start to end, or from any place. Not thread-safe; use one per thread.
class AudioReader {
 public:
    /// Errors: notFound, io, unusableInput (not audio, hostile header, zero channels, absurd rate or length:
    /// a length beyond what the file's bytes can hold is refused before anything is allocated).
    [[nodiscard]] static Result<AudioReader> open(const std::filesystem::path& path);

    AudioReader(AudioReader&&) noexcept;
    AudioReader& operator=(AudioReader&&) noexcept;
    ~AudioReader();

    [[nodiscard]] const AudioFormat& format() const;
    /// Fills up to `frames` samples per channel, interleaved, into `interleaved` (size ≥ frames × channels).
    /// Returns how many were read; 0 at the end. NaN and infinity inside the file are passed on as they are.
    /// Errors: unusableInput when the stream breaks off inside or is damaged there, io.
    [[nodiscard]] Result<std::int64_t> read(std::span<float> interleaved, std::int64_t frames);
    /// Exact to the sample in every format. Errors: invalidArgument beyond the end, unusableInput, io.
    [[nodiscard]] Status seek(Samples position);

 private:
    struct Impl;
    explicit AudioReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Reads a whole file, or `[start, start + length)` of it (in the file's own samples, up to its end), at its
/// own rate. Errors as AudioReader, and unusableInput for no sound at all, NaN or infinity inside, or more
/// than `maxSeconds` of sound; invalidArgument for a start beyond the end; outOfMemory.
struct ReadRange {
    Samples start{0};
    std::optional<Samples> length{};
    double maxSeconds = 4 * 3600.0;
};
[[nodiscard]] Result<AudioBuffer> readAudio(const std::filesystem::path& path, const ReadRange& range = {});

/// readAudio, then resampled to kSampleRate.
[[nodiscard]] Result<AudioBuffer> readAudioAtInternalRate(const std::filesystem::path& path);

/// Whether the extension is one we read (case-insensitive: wav, wave, aif, aiff, aifc, flac, ogg, oga, opus,
/// mp3).
[[nodiscard]] bool hasAudioExtension(const std::filesystem::path& path);

}  // namespace smidgen
