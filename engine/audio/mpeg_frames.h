// MPEG-1/2/2.5 layer III streams, frame by frame (ISO/IEC 11172-3, 13818-3), without decoding.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/audio/byte_stream.h"

namespace smidgen {

struct MpegFrame {
    std::array<std::byte, 4> header{};
    int bytes = 0;    ///< with its header
    int samples = 0;  ///< per channel
    int rate = 0;     ///< Hz
    int sideInformationBytes = 0;
};

/// nullopt: no layer III header, or one of free format.
[[nodiscard]] std::optional<MpegFrame> parseMpegFrame(std::span<const std::byte> header);

/// Where the first of two consecutive frames begins (or of a single last one), at or at most 64 KiB after
/// `from`.
[[nodiscard]] std::optional<std::int64_t> findFirstMpegFrame(ByteStream& stream, std::int64_t from);

/// What a Xing, Info or VBRI header says of its stream.
struct MpegCounts {
    std::optional<std::int64_t> frames;
    std::optional<std::int64_t> bytes;  ///< from the header's own frame on
};
[[nodiscard]] MpegCounts readMpegCounts(ByteStream& stream, std::int64_t start);

/// Counts the whole frames from `start` to the end, stepping over damage. Reads the file once.
[[nodiscard]] std::int64_t countMpegFrames(ByteStream& stream, std::int64_t start);

/// A silent Xing frame that says `frames`, fit to stand before a stream that begins with `first`. Empty when
/// none fits.
[[nodiscard]] std::vector<std::byte> makeFrameCountHeader(const MpegFrame& first, std::int64_t frames);

}  // namespace smidgen
