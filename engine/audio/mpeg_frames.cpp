#include "engine/audio/mpeg_frames.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "engine/audio/byte_order.h"

namespace smidgen {
namespace {

// kbit/s by index; 0: free format. Layer III.
constexpr std::array<int, 15> kBitRatesMpeg1{0,   32,  40,  48,  56,  64,  80, 96,
                                             112, 128, 160, 192, 224, 256, 320};
constexpr std::array<int, 15> kBitRatesMpeg2{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
constexpr std::array<int, 3> kRatesMpeg1{44100, 48000, 32000};

constexpr std::int64_t kSearchBytes = 1 << 16;
constexpr std::size_t kXingBytes = 12;  // name, flags, frame count
constexpr std::size_t kVbriAt = 36;

/// Blocks of the file with the frame headers in them never torn.
class Window {
 public:
    explicit Window(ByteStream& stream) : m_stream(stream), m_block(1 << 16) {}
    /// Up to four bytes at `position`, fewer at the end.
    std::span<const std::byte> at(std::int64_t position) {
        if (position < m_from || position + 4 > m_from + m_length) {
            m_from = position;
            m_length = m_stream.readAt(position, m_block);
        }
        const auto rest = static_cast<std::size_t>(m_from + m_length - position);
        return std::span<const std::byte>(m_block).subspan(static_cast<std::size_t>(position - m_from),
                                                           std::min<std::size_t>(4, rest));
    }

 private:
    ByteStream& m_stream;
    std::vector<std::byte> m_block;
    std::int64_t m_from = 0;
    std::int64_t m_length = 0;
};

}  // namespace

std::optional<MpegFrame> parseMpegFrame(std::span<const std::byte> header) {
    if (header.size() < 4) return std::nullopt;
    const auto word = static_cast<std::uint32_t>(bigEndian(header.first(4)));
    const unsigned version = (word >> 19) & 3U;  // 0: MPEG-2.5, 2: MPEG-2, 3: MPEG-1
    const unsigned layer = (word >> 17) & 3U;    // 1: layer III
    const unsigned bitRate = (word >> 12) & 15U;
    const unsigned rate = (word >> 10) & 3U;
    const bool mono = ((word >> 6) & 3U) == 3U;
    if ((word >> 21) != 0x7FFU || version == 1 || layer != 1 || bitRate == 0 || bitRate == 15 || rate == 3)
        return std::nullopt;
    MpegFrame frame;
    std::copy_n(header.begin(), 4, frame.header.begin());
    frame.rate = kRatesMpeg1[rate] / (version == 3 ? 1 : version == 2 ? 2 : 4);
    frame.samples = version == 3 ? 1152 : 576;
    const int kilobits = (version == 3 ? kBitRatesMpeg1 : kBitRatesMpeg2)[bitRate];
    frame.bytes = frame.samples / 8 * kilobits * 1000 / frame.rate + static_cast<int>((word >> 9) & 1U);
    frame.sideInformationBytes = version == 3 ? (mono ? 17 : 32) : (mono ? 9 : 17);
    return frame;
}

std::optional<std::int64_t> findFirstMpegFrame(ByteStream& stream, std::int64_t from) {
    Window window(stream);
    const std::int64_t end = std::min(stream.length() - 4, from + kSearchBytes);
    for (std::int64_t at = from; at <= end; ++at) {
        const auto frame = parseMpegFrame(window.at(at));
        if (!frame) continue;
        const std::int64_t next = at + frame->bytes;
        std::array<std::byte, 4> header{};
        if (next + 4 > stream.length()) {
            if (at == from && next <= stream.length()) return at;
            continue;
        }
        if (stream.readAt(next, header) == 4 && parseMpegFrame(header)) return at;
    }
    return std::nullopt;
}

MpegCounts readMpegCounts(ByteStream& stream, std::int64_t start) {
    std::array<std::byte, 64> bytes{};
    const auto got = static_cast<std::size_t>(stream.readAt(start, bytes));
    const auto frame = parseMpegFrame(std::span(bytes).first(got));
    if (!frame) return {};
    const auto holds = [&](std::size_t at, std::string_view name) {
        return at + kXingBytes + 4 <= got && startsWith(std::span(bytes).subspan(at), name);
    };
    const auto number = [&](std::size_t at) {
        return static_cast<std::int64_t>(bigEndian(std::span(bytes).subspan(at, 4)));
    };
    MpegCounts counts;
    const std::size_t xing = 4 + static_cast<std::size_t>(frame->sideInformationBytes);
    if (holds(xing, "Xing") || holds(xing, "Info")) {
        const std::int64_t flags = number(xing + 4);
        std::size_t at = xing + 8;
        if ((flags & 1) != 0) counts.frames = number(std::exchange(at, at + 4));
        if ((flags & 2) != 0) counts.bytes = number(at);
    } else if (holds(kVbriAt, "VBRI")) {
        counts.bytes = number(kVbriAt + 10);
        counts.frames = number(kVbriAt + 14);
    }
    return counts;
}

std::int64_t countMpegFrames(ByteStream& stream, std::int64_t start) {
    Window window(stream);
    std::int64_t frames = 0;
    for (std::int64_t at = start; at + 4 <= stream.length();) {
        const auto header = window.at(at);
        if (header.size() < 4) break;
        if (const auto frame = parseMpegFrame(header)) {
            at += frame->bytes;
            if (at <= stream.length()) ++frames;
        } else {
            ++at;
        }
    }
    return frames;
}

std::vector<std::byte> makeFrameCountHeader(const MpegFrame& first, std::int64_t frames) {
    if (frames > 0xFFFFFFFFLL) return {};
    // The same stream parameters without a check sum, in the smallest frame with room for the count.
    std::array<std::byte, 4> header = first.header;
    header[1] |= std::byte{0x01};
    for (unsigned bitRate = 1; bitRate < 15; ++bitRate) {
        header[2] = (header[2] & std::byte{0x0C}) | static_cast<std::byte>(bitRate << 4U);
        const auto frame = parseMpegFrame(header);
        const std::size_t at = 4 + static_cast<std::size_t>(first.sideInformationBytes);
        if (!frame || static_cast<std::size_t>(frame->bytes) < at + kXingBytes) continue;
        std::vector<std::byte> bytes(static_cast<std::size_t>(frame->bytes), std::byte{0});
        std::ranges::copy(header, bytes.begin());
        constexpr std::array<unsigned char, 8> kNameAndFlags{'X', 'i', 'n', 'g', 0, 0, 0, 1};
        std::ranges::transform(kNameAndFlags, bytes.begin() + static_cast<std::ptrdiff_t>(at),
                               [](unsigned char c) { return static_cast<std::byte>(c); });
        for (std::size_t i = 0; i < 4; ++i)
            bytes[at + 8 + i] = static_cast<std::byte>(frames >> (8 * (3 - i)));
        return bytes;
    }
    return {};
}

}  // namespace smidgen
