#include "engine/audio/audio_reader.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "engine/audio/sound_codec.h"
#include "engine/audio/sound_probe.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen {
namespace {

// Longer than any recording: where a file does not say its length, counting stops here.
constexpr std::int64_t kLongestSeconds = 24 * 3600;
constexpr std::int64_t kBlock = 1 << 14;
// Lossy decoders are exact a little after a jump: Opus asks for 80 ms, MP3's bit reservoir for four frames,
// Vorbis for a block.
constexpr std::int64_t kPreRoll = 8192;
// Encoders disagree by a frame or two over what the count in an MP3 header includes.
constexpr std::int64_t kMpegTolerance = 4 * 1152;

}  // namespace

struct AudioReader::Impl {
    std::filesystem::path path;
    std::unique_ptr<ByteStream> stream;
    SoundProbe probe;
    std::unique_ptr<SoundCodec> codec;
    AudioFormat format;
    std::int64_t position = 0;
    std::vector<float> scratch;

    [[nodiscard]] std::string name() const { return "'" + displayName(path) + "'"; }
    [[nodiscard]] std::string at(std::int64_t samples) const {
        char text[48];
        std::snprintf(text, sizeof text, "%.2f s", static_cast<double>(samples) / format.rate);
        return text;
    }
    /// The decoder's error at this place; a system error stays what it is.
    [[nodiscard]] tl::unexpected<Error> damagedAt(std::int64_t samples, Error error) const {
        if (error.code != ErrorCode::unusableInput) return tl::unexpected<Error>(std::move(error));
        return failure(error.code,
                       name() + " is damaged: it cannot be decoded beyond " + at(samples) +
                           ". Copy it again from its source.",
                       std::move(error.detail));
    }
    [[nodiscard]] std::int64_t landingFor(std::int64_t target) const;
    [[nodiscard]] Status start();
    [[nodiscard]] Status checkFormat();
    [[nodiscard]] Status countLength();
    [[nodiscard]] Result<std::int64_t> read(std::span<float> interleaved);
    [[nodiscard]] Status skip(std::int64_t frames);
};

/// Where to jump, so that decoding from there on is exact at `target`.
std::int64_t AudioReader::Impl::landingFor(std::int64_t target) const {
    switch (codec->format().coding) {
        case Coding::opus:
        case Coding::mpeg:
            return std::max<std::int64_t>(0, target - kPreRoll);
        case Coding::vorbis:
            // Within the last page, whose count of samples may be cut short, libsndfile 1.2.0 lands beside.
            if (!probe.lastPageSamples) return 0;
            return std::max<std::int64_t>(
                0, std::min(target, format.length.value - *probe.lastPageSamples) - kPreRoll);
        default:
            return target;
    }
}

/// (Re)opens the decoder at the first sample.
Status AudioReader::Impl::start() {
    codec.reset();
    position = 0;
    stream->present(probe.prefix, probe.start);
    auto opened = SoundCodec::decode(*stream, path);
    if (!opened) return propagate(opened);
    codec = std::move(*opened);
    return {};
}

Status AudioReader::Impl::checkFormat() {
    const std::int64_t bytes = stream->length();
    const CodecFormat& found = codec->format();
    if (found.channels <= 0) return absurdChannels(path, found.channels);
    if (found.rate < kLowestRate || found.rate > kHighestRate) return absurdRate(path, found.rate);
    if (found.length && *found.length < 0) return brokenPromise(path, 0x1p63, bytes);
    if (found.length &&
        static_cast<double>(*found.length) > static_cast<double>(bytes) * found.mostSamplesPerByte)
        return brokenPromise(path, static_cast<double>(*found.length) / found.mostSamplesPerByte, bytes);
    format = {found.container, found.encoding, found.rate, found.channels, Samples(found.length.value_or(0)),
              found.loop};
    scratch.resize(static_cast<std::size_t>(kBlock) * static_cast<std::size_t>(found.channels));
    return {};
}

Status AudioReader::Impl::countLength() {
    probe.lengthIsPromised = false;
    std::int64_t length = 0;
    for (;;) {
        auto got = codec->read(scratch);
        if (!got) return damagedAt(length, std::move(got.error()));
        if (*got == 0) break;
        length += *got;
        if (length > kLongestSeconds * format.rate) {
            return failure(ErrorCode::unusableInput,
                           name() + " holds more than 24 h of sound. Cut it into shorter files.");
        }
    }
    format.length = Samples(length);
    return start();
}

Result<std::int64_t> AudioReader::Impl::read(std::span<float> interleaved) {
    const std::int64_t wanted = std::min<std::int64_t>(
        static_cast<std::int64_t>(interleaved.size()) / format.channels, format.length.value - position);
    if (wanted <= 0) return 0;
    auto got = codec->read(
        interleaved.first(static_cast<std::size_t>(wanted) * static_cast<std::size_t>(format.channels)));
    if (!got) return damagedAt(position, std::move(got.error()));
    position += *got;
    const std::int64_t missing = *got < wanted ? format.length.value - position : 0;
    const std::int64_t forgiven = codec->format().coding == Coding::mpeg ? kMpegTolerance : 0;
    if (probe.lengthIsPromised && missing > forgiven) {
        return failure(ErrorCode::unusableInput, name() + " breaks off after " + at(position) + " of " +
                                                     at(format.length.value) +
                                                     ". Copy it again from its source.");
    }
    return got;
}

Status AudioReader::Impl::skip(std::int64_t frames) {
    while (frames > 0) {
        const auto block = static_cast<std::size_t>(std::min(frames, kBlock) * format.channels);
        auto got = read(std::span(scratch).first(block));
        if (!got) return propagate(got);
        if (*got == 0) break;
        frames -= *got;
    }
    return {};
}

AudioReader::AudioReader(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
AudioReader::AudioReader(AudioReader&&) noexcept = default;
AudioReader& AudioReader::operator=(AudioReader&&) noexcept = default;
AudioReader::~AudioReader() = default;

Result<AudioReader> AudioReader::open(const std::filesystem::path& path) {
    auto stream = ByteStream::openForReading(path);
    if (!stream) return propagate(stream);
    auto probe = probeSound(**stream, path);
    if (!probe) return propagate(probe);
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    impl->stream = std::move(*stream);
    impl->probe = std::move(*probe);
    if (auto started = impl->start(); !started) return propagate(started);
    if (auto checked = impl->checkFormat(); !checked) return propagate(checked);
    if (!impl->codec->format().length)
        if (auto counted = impl->countLength(); !counted) return propagate(counted);
    return AudioReader(std::move(impl));
}

const AudioFormat& AudioReader::format() const {
    return m_impl->format;
}

Result<std::int64_t> AudioReader::read(std::span<float> interleaved, std::int64_t frames) {
    const auto channels = static_cast<std::int64_t>(m_impl->format.channels);
    if (frames < 0 || frames > static_cast<std::int64_t>(interleaved.size()) / channels)
        return failure(ErrorCode::invalidArgument,
                       "A block of sound was asked for that does not fit its place.");
    return m_impl->read(interleaved.first(static_cast<std::size_t>(frames * channels)));
}

Status AudioReader::seek(Samples position) {
    Impl& impl = *m_impl;
    const std::int64_t target = position.value;
    if (target < 0 || target > impl.format.length.value) {
        return failure(ErrorCode::invalidArgument,
                       impl.name() + " has " + std::to_string(impl.format.length.value) +
                           " samples; there is no place " + std::to_string(target) + " in it.");
    }
    const std::int64_t landing = impl.landingFor(target);
    if (impl.position < landing || impl.position > target) {
        // After an error, at the end, or in the middle of Ogg Vorbis, libsndfile 1.2.0 does not always find
        // the place; a fresh decoder does.
        if (auto restarted = impl.start(); !restarted) return restarted;
        if (landing > 0) {
            if (impl.codec->seek(landing)) {
                impl.position = landing;
            } else if (auto again = impl.start(); !again) {
                return again;
            }
        }
    }
    return impl.skip(target - impl.position);
}

bool hasAudioExtension(const std::filesystem::path& path) {
    static constexpr std::array<std::string_view, 10> kExtensions{".wav",  ".wave", ".aif", ".aiff", ".aifc",
                                                                  ".flac", ".ogg",  ".oga", ".opus", ".mp3"};
    std::string extension = path.extension().string();
    std::ranges::transform(extension, extension.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::ranges::find(kExtensions, extension) != kExtensions.end();
}

}  // namespace smidgen
