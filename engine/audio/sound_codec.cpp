#include "engine/audio/sound_codec.h"

#include <sndfile.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "engine/foundation/atomic_file.h"

namespace smidgen {
namespace {

ByteStream& streamOf(void* user) {
    return *static_cast<ByteStream*>(user);
}

sf_count_t streamLength(void* user) {
    return streamOf(user).length();
}

sf_count_t streamSeek(sf_count_t offset, int whence, void* user) {
    ByteStream& stream = streamOf(user);
    const std::int64_t base = whence == SEEK_CUR   ? stream.position()
                              : whence == SEEK_END ? stream.length()
                                                   : 0;
    stream.seek(base + offset);
    return stream.position();
}

sf_count_t streamRead(void* data, sf_count_t count, void* user) {
    if (count <= 0) return 0;
    return streamOf(user).read({static_cast<std::byte*>(data), static_cast<std::size_t>(count)});
}

sf_count_t streamWrite(const void* data, sf_count_t count, void* user) {
    if (count <= 0) return 0;
    streamOf(user).write({static_cast<const std::byte*>(data), static_cast<std::size_t>(count)});
    return count;
}

sf_count_t streamTell(void* user) {
    return streamOf(user).position();
}

SF_VIRTUAL_IO streamCallbacks() {
    return {streamLength, streamSeek, streamRead, streamWrite, streamTell};
}

std::string containerName(int format) {
    const int subtype = format & SF_FORMAT_SUBMASK;
    switch (format & SF_FORMAT_TYPEMASK) {
        case SF_FORMAT_WAV:
        case SF_FORMAT_WAVEX:
            return "WAV";
        case SF_FORMAT_RF64:
            return "RF64";
        case SF_FORMAT_AIFF:
            return "AIFF";
        case SF_FORMAT_FLAC:
            return "FLAC";
        case SF_FORMAT_OGG:
            return subtype == SF_FORMAT_OPUS ? "Opus" : subtype == SF_FORMAT_VORBIS ? "Ogg Vorbis" : "Ogg";
        case SF_FORMAT_MPEG:
            return subtype == SF_FORMAT_MPEG_LAYER_III ? "MP3" : "MPEG audio";
        default:
            return "other";
    }
}

std::string encodingName(int format) {
    switch (format & SF_FORMAT_SUBMASK) {
        case SF_FORMAT_PCM_S8:
        case SF_FORMAT_PCM_U8:
            return "8-bit";
        case SF_FORMAT_PCM_16:
            return "16-bit";
        case SF_FORMAT_PCM_24:
            return "24-bit";
        case SF_FORMAT_PCM_32:
            return "32-bit";
        case SF_FORMAT_FLOAT:
            return "32-bit float";
        case SF_FORMAT_DOUBLE:
            return "64-bit float";
        case SF_FORMAT_ULAW:
            return "µ-law";
        case SF_FORMAT_ALAW:
            return "A-law";
        case SF_FORMAT_VORBIS:
        case SF_FORMAT_OPUS:
        case SF_FORMAT_MPEG_LAYER_I:
        case SF_FORMAT_MPEG_LAYER_II:
        case SF_FORMAT_MPEG_LAYER_III:
            return "lossy";
        default:
            return "compressed";
    }
}

/// Bytes of one sample, 0 for codings without a fixed size.
int bytesPerSample(int format) {
    switch (format & SF_FORMAT_SUBMASK) {
        case SF_FORMAT_PCM_S8:
        case SF_FORMAT_PCM_U8:
        case SF_FORMAT_ULAW:
        case SF_FORMAT_ALAW:
            return 1;
        case SF_FORMAT_PCM_16:
            return 2;
        case SF_FORMAT_PCM_24:
            return 3;
        case SF_FORMAT_PCM_32:
        case SF_FORMAT_FLOAT:
            return 4;
        case SF_FORMAT_DOUBLE:
            return 8;
        default:
            return 0;
    }
}

CodecFormat describe(const SF_INFO& info) {
    CodecFormat format;
    format.container = containerName(info.format);
    format.encoding = encodingName(info.format);
    format.rate = info.samplerate;
    format.channels = info.channels;
    if (info.frames != SF_COUNT_MAX) format.length = info.frames;
    switch (info.format & SF_FORMAT_TYPEMASK) {
        case SF_FORMAT_FLAC:
            // A constant frame: header, one value a channel, check sum; at most 65535 samples.
            format.coding = Coding::flac;
            format.mostSamplesPerByte = 65535.0 / 10.0;
            break;
        case SF_FORMAT_OGG:
            // A packet has at least a lacing byte: Vorbis blocks advance ≤ 4096 samples, Opus ≤ 120 ms.
            format.coding =
                (info.format & SF_FORMAT_SUBMASK) == SF_FORMAT_OPUS ? Coding::opus : Coding::vorbis;
            format.mostSamplesPerByte = 5760.0;
            break;
        case SF_FORMAT_MPEG:
            // 8 kbit/s at 24 kHz: 576 samples in 24 bytes.
            format.coding = Coding::mpeg;
            format.mostSamplesPerByte = 24.0;
            break;
        default:
            if (const int bytes = bytesPerSample(info.format); bytes > 0) {
                format.coding = Coding::pcm;
                format.mostSamplesPerByte = 1.0 / (static_cast<double>(bytes) * info.channels);
            } else {
                // GSM 6.10, the densest, packs 4.9 samples into a byte.
                format.coding = Coding::otherWave;
                format.mostSamplesPerByte = 8.0;
            }
    }
    return format;
}

int sndfileFormat(const WriteProfile& profile, int channels) {
    const int depth = profile.depth == SampleDepth::int16   ? SF_FORMAT_PCM_16
                      : profile.depth == SampleDepth::int24 ? SF_FORMAT_PCM_24
                                                            : SF_FORMAT_FLOAT;
    switch (profile.format) {
        case FileFormat::wav:
            return (channels > 2 ? SF_FORMAT_WAVEX : SF_FORMAT_WAV) | depth;
        case FileFormat::flac:
            return SF_FORMAT_FLAC | depth;
        case FileFormat::aiff:
            return SF_FORMAT_AIFF | depth;
        case FileFormat::vorbis:
            return SF_FORMAT_OGG | SF_FORMAT_VORBIS;
        case FileFormat::opus:
            return SF_FORMAT_OGG | SF_FORMAT_OPUS;
        case FileFormat::mp3:
            return SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III;
    }
    return 0;
}

/// libsndfile's Opus quality is linear in bit rate, 6…256 kbit/s a channel. Ours runs from 12 to 128, so
/// that the same number sounds alike in every lossy format.
double encoderQuality(const WriteProfile& profile) {
    if (profile.format != FileFormat::opus) return profile.lossyQuality;
    const double kilobits = 12.0 + 116.0 * profile.lossyQuality;
    return (kilobits - 6.0) / 250.0;
}

void setLossyQuality(SNDFILE* file, const WriteProfile& profile) {
    if (profile.format == FileFormat::mp3) {
        int mode = SF_BITRATE_MODE_VARIABLE;
        sf_command(file, SFC_SET_BITRATE_MODE, &mode, sizeof mode);
    }
    double quality = encoderQuality(profile);
    sf_command(file, SFC_SET_VBR_ENCODING_QUALITY, &quality, sizeof quality);
}

/// A sampler's instrument over all keys, with one endless loop.
bool setLoop(SNDFILE* file, const LoopSamples& loop) {
    SF_INSTRUMENT instrument{};
    instrument.gain = 1;
    instrument.basenote = 60;
    instrument.velocity_hi = 127;
    instrument.key_hi = 127;
    instrument.loop_count = 1;
    instrument.loops[0] = {SF_LOOP_FORWARD, static_cast<std::uint32_t>(loop.start),
                           static_cast<std::uint32_t>(loop.end), 0};
    return sf_command(file, SFC_SET_INSTRUMENT, &instrument, sizeof instrument) == SF_TRUE;
}

std::optional<LoopSamples> loopOf(SNDFILE* file) {
    SF_INSTRUMENT instrument{};
    if (sf_command(file, SFC_GET_INSTRUMENT, &instrument, sizeof instrument) != SF_TRUE ||
        instrument.loop_count < 1 || instrument.loops[0].mode == SF_LOOP_NONE)
        return std::nullopt;
    return LoopSamples{instrument.loops[0].start, instrument.loops[0].end};
}

}  // namespace

struct SoundCodec::Impl {
    ByteStream& stream;
    std::filesystem::path name;
    CodecFormat format;
    SNDFILE* file = nullptr;

    ~Impl() {
        if (file != nullptr) sf_close(file);
    }
    [[nodiscard]] static Result<std::unique_ptr<Impl>> openForWriting(ByteStream& stream,
                                                                      const std::filesystem::path& name,
                                                                      int rate, int channels, int format) {
        std::unique_ptr<Impl> impl(new Impl{stream, name, {}, nullptr});
        SF_VIRTUAL_IO callbacks = streamCallbacks();
        SF_INFO info{};
        info.samplerate = rate;
        info.channels = channels;
        info.format = format;
        impl->file = sf_open_virtual(&callbacks, SFM_WRITE, &info, &impl->stream);
        if (impl->file == nullptr) return impl->writeFailure(sf_error(nullptr));
        impl->format = describe(info);
        // The PEAK chunk holds the time of day: without it the same sound gives the same bytes.
        sf_command(impl->file, SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE);
        return impl;
    }
    [[nodiscard]] tl::unexpected<Error> writeFailure(int error) const {
        if (stream.errorNumber() != 0) return systemFailure(stream.errorNumber(), "write", name);
        return failure(
            ErrorCode::internal,
            "Could not encode '" + displayName(name) + "'. Choose another format, and please report this.",
            sf_error_number(error));
    }
    template <typename Sample>
    Status write(std::span<const Sample> samples, sf_count_t (*writer)(SNDFILE*, const Sample*, sf_count_t)) {
        const auto frames = static_cast<sf_count_t>(samples.size()) / format.channels;
        const sf_count_t written = writer(file, samples.data(), frames);
        if (written != frames || sf_error(file) != SF_ERR_NO_ERROR || stream.errorNumber() != 0)
            return writeFailure(sf_error(file));
        return {};
    }
};

SoundCodec::SoundCodec(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
SoundCodec::~SoundCodec() = default;

Result<std::unique_ptr<SoundCodec>> SoundCodec::decode(ByteStream& stream,
                                                       const std::filesystem::path& name) {
    std::unique_ptr<Impl> impl(new Impl{stream, name, {}, nullptr});
    SF_VIRTUAL_IO callbacks = streamCallbacks();
    SF_INFO info{};
    impl->file = sf_open_virtual(&callbacks, SFM_READ, &info, &impl->stream);
    if (impl->stream.errorNumber() != 0) return systemFailure(impl->stream.errorNumber(), "read", name);
    if (impl->file == nullptr) {
        return failure(ErrorCode::unusableInput,
                       "'" + displayName(name) +
                           "' cannot be decoded: its header is damaged, or it is of a kind that is not read "
                           "here. Convert it to WAV or FLAC with the program it came from.",
                       sf_strerror(nullptr));
    }
    impl->format = describe(info);
    impl->format.loop = loopOf(impl->file);
    return std::unique_ptr<SoundCodec>(new SoundCodec(std::move(impl)));
}

Result<std::unique_ptr<SoundCodec>> SoundCodec::encode(ByteStream& stream, const WriteProfile& profile,
                                                       int channels, const std::filesystem::path& name,
                                                       const std::optional<LoopSamples>& loop) {
    auto opened =
        Impl::openForWriting(stream, name, profile.rate, channels, sndfileFormat(profile, channels));
    if (!opened) return propagate(opened);
    std::unique_ptr<Impl> impl = std::move(*opened);
    setLossyQuality(impl->file, profile);
    if (loop && !setLoop(impl->file, *loop)) return impl->writeFailure(sf_error(impl->file));
    return std::unique_ptr<SoundCodec>(new SoundCodec(std::move(impl)));
}

Result<std::unique_ptr<SoundCodec>> SoundCodec::encodeGrowing(ByteStream& stream, int rate, int channels,
                                                              const std::filesystem::path& name) {
    auto opened = Impl::openForWriting(stream, name, rate, channels, SF_FORMAT_RF64 | SF_FORMAT_FLOAT);
    if (!opened) return propagate(opened);
    sf_command((*opened)->file, SFC_RF64_AUTO_DOWNGRADE, nullptr, SF_TRUE);
    return std::unique_ptr<SoundCodec>(new SoundCodec(std::move(*opened)));
}

const CodecFormat& SoundCodec::format() const {
    return m_impl->format;
}

Result<std::int64_t> SoundCodec::read(std::span<float> interleaved) {
    const auto frames = static_cast<sf_count_t>(interleaved.size()) / m_impl->format.channels;
    const sf_count_t got = sf_readf_float(m_impl->file, interleaved.data(), frames);
    if (m_impl->stream.errorNumber() != 0)
        return systemFailure(m_impl->stream.errorNumber(), "read", m_impl->name);
    if (sf_error(m_impl->file) != SF_ERR_NO_ERROR) {
        return failure(ErrorCode::unusableInput, "'" + displayName(m_impl->name) + "' is damaged.",
                       sf_strerror(m_impl->file));
    }
    return std::max<sf_count_t>(0, got);
}

bool SoundCodec::seek(std::int64_t position) {
    return sf_seek(m_impl->file, position, SEEK_SET) == position;
}

Status SoundCodec::write(std::span<const std::int32_t> interleaved) {
    return m_impl->write<int>(interleaved, sf_writef_int);
}

Status SoundCodec::write(std::span<const float> interleaved) {
    return m_impl->write<float>(interleaved, sf_writef_float);
}

Status SoundCodec::updateHeader() {
    sf_command(m_impl->file, SFC_UPDATE_HEADER_NOW, nullptr, 0);
    if (m_impl->stream.errorNumber() != 0) return m_impl->writeFailure(SF_ERR_SYSTEM);
    return {};
}

Status SoundCodec::finish() {
    const int error = sf_close(std::exchange(m_impl->file, nullptr));
    if (error != SF_ERR_NO_ERROR || m_impl->stream.errorNumber() != 0) return m_impl->writeFailure(error);
    return {};
}

}  // namespace smidgen
