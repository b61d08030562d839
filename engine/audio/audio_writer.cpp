#include "engine/audio/audio_writer.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <new>
#include <string>
#include <utility>

#include "engine/audio/audio_reader.h"
#include "engine/audio/byte_stream.h"
#include "engine/audio/quantizer.h"
#include "engine/audio/resampler.h"
#include "engine/audio/sidecar.h"
#include "engine/audio/sound_codec.h"
#include "engine/audio/sound_tags.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kBlock = 1 << 14;
constexpr std::uint64_t kDitherSeed = 0x5A11D1E5;
constexpr std::size_t kLongestName = 255;  // bytes, of every file system we know

std::string quoted(const fs::path& path) {
    return "'" + displayName(path) + "'";
}

bool isLossy(FileFormat format) {
    return format == FileFormat::vorbis || format == FileFormat::opus || format == FileFormat::mp3;
}

/// Order-sensitive digest of samples, to compare what was written with what is read back.
class Digest {
 public:
    void add(std::span<const float> samples) {
        for (const float sample : samples) {
            m_state = (m_state ^ std::bit_cast<std::uint32_t>(sample)) * 0x9E3779B97F4A7C15ULL;
            m_state ^= m_state >> 29U;
        }
    }
    bool operator==(const Digest&) const = default;

 private:
    std::uint64_t m_state = 0;
};

Status checkChannels(const AudioBuffer& buffer, FileFormat format) {
    const int most = format == FileFormat::mp3                                    ? 2
                     : format == FileFormat::flac                                 ? 8
                     : format == FileFormat::vorbis || format == FileFormat::opus ? 255
                                                                                  : 1024;
    if (buffer.channelCount() <= most) return {};
    return failure(ErrorCode::invalidArgument, "A " + std::string(fileExtension(format)) +
                                                   " file holds at most " + std::to_string(most) +
                                                   " channels, and this sound has " +
                                                   std::to_string(buffer.channelCount()) + ". Choose WAV.");
}

Status checkBuffer(const AudioBuffer& buffer, const WriteProfile& profile) {
    if (buffer.length().value == 0) {
        return failure(ErrorCode::invalidArgument,
                       "There is no sound to write: its length is 0. Choose a longer part.");
    }
    const auto length = static_cast<std::size_t>(buffer.length().value);
    for (const std::vector<float>& channel : buffer.channels) {
        if (channel.size() != length)
            return failure(ErrorCode::invalidArgument, "The channels of this sound differ in length.");
        if (!std::ranges::all_of(channel, [](float x) { return std::isfinite(x); })) {
            return failure(
                ErrorCode::unusableInput,
                "The sound holds invalid samples (not a number or infinity) and was not written. Make "
                "it again.");
        }
    }
    if (profile.format == FileFormat::wav || profile.format == FileFormat::aiff) {
        const double bytes =
            static_cast<double>(resampledLength(buffer.length(), buffer.rate, profile.rate).value) *
            buffer.channelCount() *
            (profile.depth == SampleDepth::int16   ? 2
             : profile.depth == SampleDepth::int24 ? 3
                                                   : 4);
        if (bytes > 0xFF000000U) {
            return failure(ErrorCode::invalidArgument, "The sound is larger than the 4 GiB a " +
                                                           std::string(fileExtension(profile.format)) +
                                                           " file can hold. Choose FLAC, or cut it.");
        }
    }
    return checkChannels(buffer, profile.format);
}

Status checkTarget(const fs::path& target, bool overwrite, bool sidecar) {
    const std::size_t nameBytes = target.filename().native().size() + (sidecar ? sidecarSuffix().size() : 0);
    if (nameBytes == 0)
        return failure(ErrorCode::invalidArgument,
                       "'" + displayName(target) + "' names no file. Add a name.");
    if (nameBytes > kLongestName) {
        return failure(ErrorCode::invalidArgument, "The name " + quoted(target) + " is " +
                                                       std::to_string(nameBytes - kLongestName) +
                                                       " bytes too long for a file. Choose a shorter one.");
    }
    std::error_code ignored;
    if (fs::is_directory(target, ignored)) {
        return failure(ErrorCode::invalidArgument,
                       quoted(target) + " is a folder, and a file cannot replace it. Choose another name.");
    }
    if (!overwrite && fs::exists(target, ignored)) {
        return failure(ErrorCode::invalidArgument,
                       quoted(target) + " exists already. Choose another name, or allow it to be replaced.");
    }
    return {};
}

tl::unexpected<Error> stopped(const fs::path& target) {
    return failure(ErrorCode::cancelled, "Writing " + quoted(target) + " was stopped; nothing was written.");
}

/// Feeds the buffer through rate conversion and quantisation into the encoder.
class Encoding {
 public:
    Encoding(const AudioBuffer& buffer, const WriteOptions& options, const fs::path& target,
             const CancelToken& cancel)
        : m_buffer(buffer), m_profile(options.profile), m_target(target), m_cancel(cancel) {}

    Status run(const fs::path& part) {
        auto stream = ByteStream::openForWriting(part);
        if (!stream) return propagate(stream);
        auto codec = SoundCodec::encode(**stream, m_profile, m_buffer.channelCount(), m_target);
        if (!codec) return propagate(codec);
        std::optional<StreamResampler> resampler;
        if (m_buffer.rate != m_profile.rate) {
            auto created = StreamResampler::create(m_buffer.rate, m_profile.rate, m_buffer.channelCount());
            if (!created) return propagate(created);
            resampler.emplace(std::move(*created));
        }
        const auto channels = static_cast<std::size_t>(m_buffer.channelCount());
        const auto total = static_cast<std::size_t>(m_buffer.length().value);
        std::vector<float> block;
        std::vector<float> converted;
        for (std::size_t start = 0; start < total; start += kBlock) {
            if (m_cancel.cancelled()) return stopped(m_target);
            const std::size_t frames = std::min<std::size_t>(kBlock, total - start);
            block.resize(frames * channels);
            for (std::size_t c = 0; c < channels; ++c)
                for (std::size_t i = 0; i < frames; ++i)
                    block[i * channels + c] = m_buffer.channels[c][start + i];
            Status written;
            if (resampler) {
                converted.clear();
                if (auto done = resampler->process(block, converted); !done) return done;
                written = write(**codec, converted);
            } else {
                written = write(**codec, block);
            }
            if (!written) return written;
        }
        if (resampler) {
            converted.clear();
            if (auto done = resampler->finish(converted); !done) return done;
            if (auto written = write(**codec, converted); !written) return written;
        }
        return (*codec)->finish();
    }
    [[nodiscard]] const Digest& digest() const { return m_digest; }

 private:
    Status write(SoundCodec& codec, std::span<const float> samples) {
        if (isLossy(m_profile.format)) return codec.write(samples);
        if (m_profile.depth == SampleDepth::float32) {
            m_digest.add(samples);
            return codec.write(samples);
        }
        m_integers.clear();
        m_quantizer.quantize(samples, m_integers);
        m_expected.resize(m_integers.size());
        std::ranges::transform(m_integers, m_expected.begin(),
                               [](std::int32_t level) { return static_cast<float>(level) * 0x1.0p-31F; });
        m_digest.add(m_expected);
        return codec.write(std::span<const std::int32_t>(m_integers));
    }

    const AudioBuffer& m_buffer;
    const WriteProfile& m_profile;
    const fs::path& m_target;
    const CancelToken& m_cancel;
    Quantizer m_quantizer{m_profile.depth == SampleDepth::int16 ? 16 : 24, m_profile.dither, kDitherSeed};
    Digest m_digest;
    std::vector<std::int32_t> m_integers;
    std::vector<float> m_expected;
};

/// So that what is verified has reached the disk, and a full or broken one has said so.
Status syncFile(const fs::path& part, const fs::path& target) {
    auto stream = ByteStream::openForWriting(part);
    if (!stream) return propagate(stream);
    if (!(*stream)->sync()) return systemFailure((*stream)->errorNumber(), "write", target);
    return {};
}

/// Decodes the whole part file again.
Status verify(const fs::path& part, const WriteProfile& profile, int channels, Samples length,
              const Digest& expected, const fs::path& target, const CancelToken& cancel) {
    const auto differs = [&](const std::string& detail) {
        return failure(
            ErrorCode::internal,
            quoted(target) +
                " was read back and is not what was to be written, so it was not kept. The disk may be "
                "failing: choose another place.",
            detail);
    };
    auto reader = AudioReader::open(part);
    if (!reader) return differs(reader.error().sentence);
    const AudioFormat& format = reader->format();
    if (format.rate != profile.rate || format.channels != channels || format.length != length)
        return differs("rate, channels or length");
    Digest digest;
    std::vector<float> block(static_cast<std::size_t>(kBlock * channels));
    std::int64_t total = 0;
    for (;;) {
        if (cancel.cancelled()) return stopped(target);
        auto got = reader->read(block, kBlock);
        if (!got) return differs(got.error().sentence);
        if (*got == 0) break;
        total += *got;
        const auto samples = std::span<const float>(block).first(static_cast<std::size_t>(*got * channels));
        if (!isLossy(profile.format)) {
            digest.add(samples);
        } else if (!std::ranges::all_of(samples, [](float x) { return std::isfinite(x); })) {
            return differs("invalid samples");
        }
    }
    if (total != length.value) return differs("length");
    if (!isLossy(profile.format) && !(digest == expected)) return differs("samples");
    return {};
}

}  // namespace

Result<WrittenFile> writeAudio(const AudioBuffer& buffer, const fs::path& target, const WriteOptions& options,
                               const CancelToken& cancel) try {
    const WriteProfile& profile = options.profile;
    if (auto valid = profile.validate(); !valid) return propagate(valid);
    if (auto valid = checkBuffer(buffer, profile); !valid) return propagate(valid);
    if (auto valid = checkTarget(target, options.overwrite, options.sidecar); !valid) return propagate(valid);
    auto tags = completeTags(options.tags, options.recipeJson);
    if (!tags) return propagate(tags);

    auto part = AtomicFile::create(target);
    if (!part) return propagate(part);
    Encoding encoding(buffer, options, target, cancel);
    if (auto encoded = encoding.run(part->partPath()); !encoded) return propagate(encoded);
    if (auto tagged = writeTags(part->partPath(), profile.format, *tags, target); !tagged)
        return propagate(tagged);
    if (auto synced = syncFile(part->partPath(), target); !synced) return propagate(synced);

    WrittenFile written;
    written.path = target;
    written.length = resampledLength(buffer.length(), buffer.rate, profile.rate);
    if (auto same = verify(part->partPath(), profile, buffer.channelCount(), written.length,
                           encoding.digest(), target, cancel);
        !same)
        return propagate(same);
    written.bytes = static_cast<std::int64_t>(fs::file_size(part->partPath()));
    if (cancel.cancelled()) return stopped(target);

    Sidecar sidecar(target);
    if (options.sidecar) {
        if (auto placed = sidecar.place(options.recipeJson.empty() ? "{}" : options.recipeJson); !placed)
            return propagate(placed);
        written.sidecar = sidecar.path();
    }
    if (auto valid = checkTarget(target, options.overwrite, options.sidecar); !valid) return propagate(valid);
    if (auto committed = part->commit(); !committed) return propagate(committed);
    sidecar.keep();
    return written;
} catch (const std::bad_alloc&) {
    return failure(ErrorCode::outOfMemory, "There is not enough memory to write " + quoted(target) + ".");
} catch (const fs::filesystem_error& problem) {
    return systemFailure(problem.code().value(), "write", target);
}

}  // namespace smidgen
