// The one door to libsndfile: decoding and encoding through a ByteStream.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "engine/audio/audio_writer.h"
#include "engine/audio/byte_stream.h"
#include "engine/foundation/result.h"

namespace smidgen {

enum class Coding { pcm, otherWave, flac, vorbis, opus, mpeg };

struct CodecFormat {
    Coding coding = Coding::pcm;
    std::string container;  ///< as AudioFormat
    std::string encoding;   ///< as AudioFormat
    int rate = 0;
    int channels = 0;
    std::optional<std::int64_t> length;  ///< per channel; nullopt when the file does not say
    std::optional<LoopSamples> loop;     ///< as AudioFormat
    /// No file of this coding holds more samples per channel in one byte.
    double mostSamplesPerByte = 1.0;
};

/// One stream being decoded or encoded; it must outlive the codec. Not thread-safe. `name` is the file that
/// sentences speak of.
class SoundCodec {
 public:
    /// Errors: unusableInput, io.
    [[nodiscard]] static Result<std::unique_ptr<SoundCodec>> decode(ByteStream& stream,
                                                                    const std::filesystem::path& name);
    /// `profile` must be valid, its rate the rate of what follows, and `channels` few enough for the format.
    /// Errors: io, internal.
    /// `loop`: for WAV alone.
    [[nodiscard]] static Result<std::unique_ptr<SoundCodec>> encode(
        ByteStream& stream, const WriteProfile& profile, int channels, const std::filesystem::path& name,
        const std::optional<LoopSamples>& loop = {});
    /// WAV of 32-bit float of any length: RF64 (EBU Tech 3306) beyond 4 GiB. Errors: io, internal.
    [[nodiscard]] static Result<std::unique_ptr<SoundCodec>> encodeGrowing(ByteStream& stream, int rate,
                                                                           int channels,
                                                                           const std::filesystem::path& name);
    ~SoundCodec();

    [[nodiscard]] const CodecFormat& format() const;
    /// Interleaved; returns samples per channel, fewer than asked only at the end or where the stream is
    /// damaged. Errors: io, unusableInput (the decoder met damage).
    [[nodiscard]] Result<std::int64_t> read(std::span<float> interleaved);
    /// False when the decoder could not go there.
    [[nodiscard]] bool seek(std::int64_t position);

    /// Interleaved, left-justified in 32 bits, for integer depths.
    [[nodiscard]] Status write(std::span<const std::int32_t> interleaved);
    /// Interleaved, for 32-bit float and the lossy formats.
    [[nodiscard]] Status write(std::span<const float> interleaved);
    /// The header speaks of what was written so far, as if it ended here.
    [[nodiscard]] Status updateHeader();
    /// Writes what is buffered and the final header. Required after writing; nothing may follow.
    [[nodiscard]] Status finish();

 private:
    struct Impl;
    explicit SoundCodec(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen
