// Whole sounds into memory.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <new>
#include <string>
#include <vector>

#include "engine/audio/audio_reader.h"
#include "engine/audio/resampler.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen {
namespace {

constexpr std::int64_t kBlock = 1 << 14;

tl::unexpected<Error> outOfMemory(const std::filesystem::path& path) {
    return failure(ErrorCode::outOfMemory, "There is not enough memory to read '" + displayName(path) +
                                               "' as a whole. Close other programs, or cut it.");
}

/// Appends interleaved samples to a planar buffer that will reach `expected` samples. Grows step by step:
/// what a header promises is not believed before it has been decoded.
void append(AudioBuffer& buffer, std::span<const float> interleaved, std::int64_t expected) {
    const std::size_t channels = buffer.channels.size();
    const std::size_t frames = interleaved.size() / channels;
    for (std::size_t c = 0; c < channels; ++c) {
        std::vector<float>& plane = buffer.channels[c];
        const std::size_t old = plane.size();
        if (old + frames > plane.capacity()) {
            plane.reserve(std::max(
                old + frames,
                std::min(static_cast<std::size_t>(std::max<std::int64_t>(0, expected)), 2 * (old + frames))));
        }
        plane.resize(old + frames);
        for (std::size_t i = 0; i < frames; ++i) plane[old + i] = interleaved[i * channels + c];
    }
}

Status refuseInvalid(std::span<const float> interleaved, std::int64_t position, const AudioFormat& format,
                     const std::filesystem::path& path) {
    const auto bad = std::ranges::find_if(interleaved, [](float x) { return !std::isfinite(x); });
    if (bad == interleaved.end()) return {};
    char at[48];
    std::snprintf(
        at, sizeof at, "%.2f s",
        static_cast<double>(position + (bad - interleaved.begin()) / format.channels) / format.rate);
    return failure(ErrorCode::unusableInput, "'" + displayName(path) + "' holds an invalid sample (" +
                                                 (std::isnan(*bad) ? "not a number" : "infinity") + ") at " +
                                                 at + ". Export it again from its source.");
}

using BlockSink = std::function<Status(std::span<const float> interleaved)>;

/// Decodes `range` block by block into `sink`. `begin` learns the format and the number of samples first.
Status decodeRange(const std::filesystem::path& path, const ReadRange& range,
                   const std::function<Status(const AudioFormat&, std::int64_t)>& begin,
                   const BlockSink& sink) {
    auto reader = AudioReader::open(path);
    if (!reader) return propagate(reader);
    const AudioFormat& format = reader->format();
    if (format.length.value == 0) {
        return failure(ErrorCode::unusableInput,
                       "'" + displayName(path) + "' holds no sound: its length is 0. Choose another file.");
    }
    std::int64_t left =
        format.length.value - std::clamp<std::int64_t>(range.start.value, 0, format.length.value);
    if (range.length) left = std::clamp<std::int64_t>(range.length->value, 0, left);
    if (static_cast<double>(left) > range.maxSeconds * format.rate) {
        char hours[96];
        std::snprintf(hours, sizeof hours, "is %.2f h long; at most %.2f h are read at once",
                      static_cast<double>(left) / format.rate / 3600.0, range.maxSeconds / 3600.0);
        return failure(ErrorCode::unusableInput,
                       "'" + displayName(path) + "' " + hours + ". Cut it into shorter files.");
    }
    if (range.start.value != 0)
        if (auto sought = reader->seek(range.start); !sought) return sought;
    if (auto begun = begin(format, left); !begun) return begun;
    std::vector<float> block(static_cast<std::size_t>(kBlock * format.channels));
    for (std::int64_t position = range.start.value; left > 0;) {
        auto got = reader->read(block, std::min(kBlock, left));
        if (!got) return propagate(got);
        if (*got == 0) break;
        const auto samples =
            std::span<const float>(block).first(static_cast<std::size_t>(*got * format.channels));
        if (auto valid = refuseInvalid(samples, position, format, path); !valid) return valid;
        if (auto taken = sink(samples); !taken) return taken;
        position += *got;
        left -= *got;
    }
    return {};
}

}  // namespace

Result<AudioBuffer> readAudio(const std::filesystem::path& path, const ReadRange& range) try {
    AudioBuffer buffer;
    std::int64_t expected = 0;
    const auto begin = [&](const AudioFormat& format, std::int64_t length) -> Status {
        buffer = AudioBuffer(format.channels, Samples(0), format.rate);
        expected = length;
        return {};
    };
    const auto sink = [&](std::span<const float> interleaved) -> Status {
        append(buffer, interleaved, expected);
        return {};
    };
    if (auto decoded = decodeRange(path, range, begin, sink); !decoded) return propagate(decoded);
    return buffer;
} catch (const std::bad_alloc&) {
    return outOfMemory(path);
}

Result<AudioBuffer> readAudioAtInternalRate(const std::filesystem::path& path) try {
    AudioBuffer buffer;
    std::int64_t expected = 0;
    std::optional<StreamResampler> resampler;
    std::vector<float> converted;
    const auto begin = [&](const AudioFormat& format, std::int64_t length) -> Status {
        buffer = AudioBuffer(format.channels, Samples(0), kSampleRate);
        expected = resampledLength(Samples(length), format.rate, kSampleRate).value;
        if (format.rate == kSampleRate) return {};
        auto created = StreamResampler::create(format.rate, kSampleRate, format.channels);
        if (!created) return propagate(created);
        resampler.emplace(std::move(*created));
        return {};
    };
    const auto sink = [&](std::span<const float> interleaved) -> Status {
        if (!resampler) {
            append(buffer, interleaved, expected);
            return {};
        }
        converted.clear();
        if (auto done = resampler->process(interleaved, converted); !done) return done;
        append(buffer, converted, expected);
        return {};
    };
    if (auto decoded = decodeRange(path, {}, begin, sink); !decoded) return propagate(decoded);
    if (resampler) {
        converted.clear();
        if (auto done = resampler->finish(converted); !done) return propagate(done);
        append(buffer, converted, expected);
    }
    return buffer;
} catch (const std::bad_alloc&) {
    return outOfMemory(path);
}

}  // namespace smidgen
