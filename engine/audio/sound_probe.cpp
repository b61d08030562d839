#include "engine/audio/sound_probe.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

#include "engine/audio/byte_order.h"
#include "engine/audio/mpeg_frames.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen {
namespace {

using Bytes = std::span<const std::byte>;

std::string quoted(const std::filesystem::path& name) {
    return "'" + displayName(name) + "'";
}

std::string withThousands(double value) {
    char text[64];
    std::snprintf(text, sizeof text, "%.0f", value);
    const std::string_view digits = text;
    std::string grouped;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) grouped += ' ';
        grouped += digits[i];
    }
    return grouped;
}

bool isText(Bytes bytes) {
    return !bytes.empty() && std::ranges::all_of(bytes, [](std::byte b) {
        const auto c = std::to_integer<unsigned char>(b);
        return c >= 0x20 || c == '\n' || c == '\r' || c == '\t';
    });
}

tl::unexpected<Error> notSound(Bytes head, const std::filesystem::path& name) {
    struct Known {
        std::size_t at;
        std::string_view magic;
        std::string_view kind;
    };
    static constexpr std::array<Known, 8> kKnown{{{4, "ftyp", "an MP4 or M4A file"},
                                                  {0, "caff", "a CAF file"},
                                                  {0, "wvpk", "a WavPack file"},
                                                  {0, "MAC ", "a Monkey's Audio file"},
                                                  {0, "\x30\x26\xB2\x75", "a Windows Media file"},
                                                  {0, ".snd", "an AU file"},
                                                  {0, "riff", "a Wave64 file"},
                                                  {0, "MThd", "a MIDI file, notes without sound"}}};
    for (const Known& known : kKnown) {
        if (head.size() > known.at && startsWith(head.subspan(known.at), known.magic)) {
            return failure(ErrorCode::unusableInput,
                           quoted(name) + " is " + std::string(known.kind) +
                               ", which is not read here. Convert it to WAV or FLAC.");
        }
    }
    if (isText(head)) {
        return failure(ErrorCode::unusableInput,
                       quoted(name) + " holds text, not sound, whatever its name says. Choose a sound file.");
    }
    return failure(ErrorCode::unusableInput,
                   quoted(name) +
                       " is not a sound file, or its beginning is destroyed: nothing of WAV, AIFF, FLAC, Ogg "
                       "or MP3 is there. Choose another file, or copy it again from its source.");
}

/// The bytes an ID3v2 tag at `at` takes, 0 when there is none.
std::int64_t id3Bytes(ByteStream& stream, std::int64_t at) {
    std::array<std::byte, 10> head{};
    if (stream.readAt(at, head) < 10 || !startsWith(head, "ID3")) return 0;
    std::int64_t size = 0;
    for (std::size_t i = 6; i < 10; ++i) size = (size << 7) | (std::to_integer<std::int64_t>(head[i]) & 0x7F);
    const bool hasFooter = (head[5] & std::byte{0x10}) != std::byte{0};
    return 10 + size + (hasFooter ? 10 : 0);
}

Status checkFlac(ByteStream& stream, std::int64_t start, const std::filesystem::path& name) {
    // "fLaC", a block header of 4 bytes, STREAMINFO of 34.
    std::array<std::byte, 42> head{};
    if (stream.readAt(start, head) < 42) return brokenPromise(name, 42, stream.length() - start);
    const Bytes info = Bytes(head).subspan(8);
    const auto largestBlock = static_cast<double>(bigEndian(info.subspan(2, 2)));
    const std::uint64_t fields = bigEndian(info.subspan(10, 8));  // 20 rate, 3 channels − 1, 5 depth − 1, 36
    const auto rate = static_cast<double>(fields >> 44U);
    const auto length = static_cast<double>(fields & 0xFFFFFFFFFULL);
    if (rate < kLowestRate || rate > kHighestRate) return absurdRate(name, rate);
    // The smallest frame is a constant block: 6 bytes of header, 1 + 1 a channel, 2 of check sum.
    const std::int64_t present = stream.length() - start;
    const double mostFrames = static_cast<double>(present) / 10.0 + 1.0;
    if (length > mostFrames * std::max(16.0, largestBlock))
        return brokenPromise(name, 10.0 * length / std::max(16.0, largestBlock), present);
    return {};
}

struct OggPage {
    std::int64_t samples = -1;  ///< the granule position: of the stream up to this page's end; −1: not said
    std::uint64_t stream = 0;
    std::size_t bytes = 0;  ///< as far as the header is there
};

OggPage parseOggPage(Bytes page) {
    OggPage parsed;
    parsed.bytes = 27;
    if (page.size() < 27) return parsed;
    parsed.samples = static_cast<std::int64_t>(littleEndian(page.subspan(6, 8)));
    parsed.stream = littleEndian(page.subspan(14, 4));
    const auto segments = std::to_integer<std::size_t>(page[26]);
    parsed.bytes += segments;
    for (std::size_t i = 27; i < std::min(page.size(), 27 + segments); ++i)
        parsed.bytes += std::to_integer<std::size_t>(page[i]);
    return parsed;
}

/// A copy that was interrupted ends inside an Ogg page (RFC 3533).
Status checkLastOggPages(ByteStream& stream, SoundProbe& probe, const std::filesystem::path& name) {
    constexpr std::int64_t kLargestPage = 27 + 255 + 255 * 255;
    std::vector<std::byte> tail(static_cast<std::size_t>(std::min(stream.length(), 2 * kLargestPage)));
    const std::int64_t from = stream.length() - static_cast<std::int64_t>(tail.size());
    if (stream.readAt(from, tail) < static_cast<std::int64_t>(tail.size())) return {};
    std::optional<OggPage> last;
    for (std::size_t at = tail.size(); at-- > 0;) {
        const Bytes rest = Bytes(tail).subspan(at);
        if (!startsWith(rest, "OggS")) continue;
        const OggPage page = parseOggPage(rest);
        if (rest.size() < page.bytes)
            return brokenPromise(name, static_cast<double>(from) + static_cast<double>(at + page.bytes),
                                 stream.length());
        if (last) {
            if (page.stream == last->stream && page.samples >= 0 && last->samples >= page.samples)
                probe.lastPageSamples = last->samples - page.samples;
            break;
        }
        last = page;
    }
    return {};
}

Result<SoundProbe> probeMpeg(ByteStream& stream, std::int64_t start, const std::filesystem::path& name) {
    SoundProbe probe{Container::mpeg, start, {}, std::nullopt, true};
    const MpegCounts counts = readMpegCounts(stream, start);
    // Taggers that append or strip a tag do not correct the count.
    const std::int64_t present = stream.length() - start;
    if (counts.bytes && static_cast<double>(*counts.bytes) > 1.01 * static_cast<double>(present) + 4096.0)
        return brokenPromise(name, static_cast<double>(*counts.bytes), present);
    if (counts.frames) return probe;
    // libsndfile guesses the length from the first frame's bit rate, and stops reading there: too early for
    // a variable rate. With the true count in front it cannot guess.
    std::array<std::byte, 4> header{};
    stream.readAt(start, header);
    probe.lengthIsPromised = false;
    if (const auto first = parseMpegFrame(header))
        probe.prefix = makeFrameCountHeader(*first, countMpegFrames(stream, start));
    return probe;
}

}  // namespace

tl::unexpected<Error> brokenPromise(const std::filesystem::path& name, double promisedBytes,
                                    std::int64_t presentBytes) {
    return failure(ErrorCode::unusableInput, quoted(name) + " is cut short or damaged: its header promises " +
                                                 withThousands(promisedBytes) + " bytes of sound, and only " +
                                                 withThousands(static_cast<double>(presentBytes)) +
                                                 " are there. Copy it again from its source.");
}

tl::unexpected<Error> absurdChannels(const std::filesystem::path& name, std::int64_t channels) {
    return failure(ErrorCode::unusableInput, quoted(name) + " has a damaged header: it claims " +
                                                 std::to_string(channels) +
                                                 " channels. Export it again from its source.");
}

tl::unexpected<Error> absurdRate(const std::filesystem::path& name, double rate) {
    return failure(ErrorCode::unusableInput,
                   quoted(name) + " has a damaged header: it claims a sample rate of " + withThousands(rate) +
                       " Hz. Export it again from its source.");
}

Result<SoundProbe> probeSound(ByteStream& stream, const std::filesystem::path& name) {
    if (stream.length() == 0) {
        return failure(ErrorCode::unusableInput,
                       quoted(name) + " is empty (0 bytes). Copy it again from its source.");
    }
    std::array<std::byte, 512> block{};
    const auto read = [&](std::int64_t at) {
        return Bytes(block).first(static_cast<std::size_t>(stream.readAt(at, block)));
    };
    std::int64_t start = 0;
    // Careless taggers put one ID3v2 tag before another.
    for (int tags = 0; tags < 8; ++tags) start += id3Bytes(stream, start);
    const Bytes head = read(start);
    if (stream.errorNumber() != 0) return systemFailure(stream.errorNumber(), "read", name);
    const auto isForm = [&](std::string_view outer, std::string_view inner) {
        return startsWith(head, outer) && head.size() >= 12 && startsWith(head.subspan(8), inner);
    };

    SoundProbe probe;
    probe.start = start;
    Status checked;
    if (isForm("RIFF", "WAVE") || isForm("RIFX", "WAVE") || isForm("RF64", "WAVE")) {
        probe.container = Container::wave;
        checked = checkChunks(stream, probe, name);
    } else if (isForm("FORM", "AIFF") || isForm("FORM", "AIFC")) {
        probe.container = Container::aiff;
        checked = checkChunks(stream, probe, name);
    } else if (startsWith(head, "fLaC")) {
        probe.container = Container::flac;
        checked = checkFlac(stream, start, name);
    } else if (startsWith(head, "OggS")) {
        probe.container = Container::ogg;
        checked = checkLastOggPages(stream, probe, name);
    } else if (const bool tagged = start > 0; tagged || parseMpegFrame(head)) {
        const auto first = findFirstMpegFrame(stream, start);
        if (!first) return notSound(head.empty() ? read(0) : head, name);
        return probeMpeg(stream, *first, name);
    } else {
        return notSound(head, name);
    }
    if (!checked) return propagate(checked);
    return probe;
}

}  // namespace smidgen
