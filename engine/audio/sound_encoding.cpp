#include "engine/audio/sound_encoding.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "engine/audio/aiff_loop.h"
#include "engine/audio/audio_reader.h"
#include "engine/audio/byte_stream.h"
#include "engine/audio/resampler.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kBlock = 1 << 14;
constexpr std::uint64_t kDitherSeed = 0x5A11D1E5;

}  // namespace

tl::unexpected<Error> stoppedWriting(const fs::path& target) {
    return failure(ErrorCode::cancelled,
                   "Writing '" + displayName(target) + "' was stopped; nothing was written.");
}

SoundEncoding::SoundEncoding(const AudioBuffer& buffer, const WriteOptions& options, const fs::path& target,
                             const CancelToken& cancel)
    : m_buffer(buffer),
      m_options(options),
      m_target(target),
      m_cancel(cancel),
      m_quantizer(options.profile.depth == SampleDepth::int16 ? 16 : 24, options.profile.dither,
                  kDitherSeed) {}

Status SoundEncoding::run(const fs::path& part) {
    auto stream = ByteStream::openForWriting(part);
    if (!stream) return propagate(stream);
    const WriteProfile& profile = m_options.profile;
    std::optional<LoopSamples> loop;
    if (m_options.loop && hasLoopChunk(profile.format))
        loop = samplesOf(*m_options.loop, resampledLength(m_buffer.length(), m_buffer.rate, profile.rate),
                         profile.rate);
    const bool inWav = profile.format == FileFormat::wav;
    auto codec = SoundCodec::encode(**stream, profile, m_buffer.channelCount(), m_target,
                                    inWav ? loop : std::optional<LoopSamples>());
    if (!codec) return propagate(codec);
    std::optional<StreamResampler> resampler;
    if (m_buffer.rate != profile.rate) {
        auto created = StreamResampler::create(m_buffer.rate, profile.rate, m_buffer.channelCount());
        if (!created) return propagate(created);
        resampler.emplace(std::move(*created));
    }
    const auto channels = static_cast<std::size_t>(m_buffer.channelCount());
    const auto total = static_cast<std::size_t>(m_buffer.length().value);
    std::vector<float> block;
    std::vector<float> converted;
    for (std::size_t start = 0; start < total; start += kBlock) {
        if (m_cancel.cancelled()) return stoppedWriting(m_target);
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
    if (auto finished = (*codec)->finish(); !finished) return finished;
    if (loop && !inWav) appendAiffLoop(**stream, *loop);
    if ((*stream)->errorNumber() != 0) return systemFailure((*stream)->errorNumber(), "write", m_target);
    return {};
}

Status SoundEncoding::write(SoundCodec& codec, std::span<const float> samples) {
    if (isLossy(m_options.profile.format)) return codec.write(samples);
    if (m_options.profile.depth == SampleDepth::float32) {
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

Result<std::optional<Loudness>> verifySound(const fs::path& part, const WriteOptions& options, int channels,
                                            Samples length, const SampleDigest& expected,
                                            const fs::path& target, const CancelToken& cancel) {
    const WriteProfile& profile = options.profile;
    const auto differs = [&](const std::string& detail) {
        return failure(
            ErrorCode::internal,
            "'" + displayName(target) +
                "' was read back and is not what was to be written, so it was not kept. The disk may be "
                "failing: choose another place.",
            detail);
    };
    auto reader = AudioReader::open(part);
    if (!reader) return differs(reader.error().sentence);
    const AudioFormat& format = reader->format();
    if (format.rate != profile.rate || format.channels != channels || format.length != length)
        return differs("rate, channels or length");
    if (options.loop && hasLoopChunk(profile.format) &&
        format.loop != samplesOf(*options.loop, length, profile.rate))
        return differs("loop points");
    std::optional<LoudnessMeter> meter;
    if (options.measure) {
        auto created = LoudnessMeter::create(profile.rate, channels, true);
        if (!created) return propagate(created);
        meter.emplace(std::move(*created));
    }
    SampleDigest digest;
    std::vector<float> block(static_cast<std::size_t>(kBlock * channels));
    std::int64_t total = 0;
    for (;;) {
        if (cancel.cancelled()) return stoppedWriting(target);
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
        if (meter)
            if (auto fed = meter->append(samples); !fed) return propagate(fed);
    }
    if (total != length.value) return differs("length");
    if (!isLossy(profile.format) && !(digest == expected)) return differs("samples");
    if (!meter) return std::optional<Loudness>();
    auto measured = meter->finish();
    if (!measured) return propagate(measured);
    return std::optional<Loudness>(*measured);
}

}  // namespace smidgen
