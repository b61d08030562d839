// Chunked files: RIFF and RF64 (EBU Tech 3306), AIFF and AIFF-C.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "engine/audio/byte_order.h"
#include "engine/audio/sound_probe.h"

namespace smidgen {
namespace {

// Some programs count a few header bytes as sound; nobody misses a shortage this small.
constexpr std::int64_t kForgivenBytes = 128;
// A file of nothing but tiny chunks is no sound file.
constexpr int kMostChunks = 10000;

/// Sizes that programs writing into a pipe leave in the header, because they cannot go back.
bool isPlaceholder(std::uint64_t size) {
    return size == 0 || (size >= 0x7FFFF000U && size <= 0x7FFFFFFFU) || (size >= 0xFFFFF000U);
}

/// AIFF's rate: an 80-bit extended float, big-endian.
double extendedFloat(std::span<const std::byte> bytes) {
    const auto exponent = static_cast<int>(bigEndian(bytes.first(2)) & 0x7FFFU);
    const double value =
        std::ldexp(static_cast<double>(bigEndian(bytes.subspan(2, 8))), exponent - 16383 - 63);
    return (bigEndian(bytes.first(2)) & 0x8000U) != 0 ? -value : value;
}

struct Chunk {
    std::array<std::byte, 8> header{};
    std::int64_t body = 0;  ///< where its content begins
    std::uint64_t size = 0;
    [[nodiscard]] bool is(std::string_view id) const { return startsWith(header, id); }
};

class ChunkWalk {
 public:
    ChunkWalk(ByteStream& stream, std::int64_t first, bool bigEndianSizes)
        : m_stream(stream), m_next(first), m_bigEndian(bigEndianSizes) {}
    /// False at the end.
    bool next(Chunk& chunk) {
        if (++m_count > kMostChunks || m_stream.readAt(m_next, chunk.header) < 8) return false;
        const auto size = std::span<const std::byte>(chunk.header).subspan(4);
        chunk.size = m_bigEndian ? bigEndian(size) : littleEndian(size);
        chunk.body = m_next + 8;
        m_next = chunk.body + static_cast<std::int64_t>(chunk.size + (chunk.size & 1U));
        return true;
    }

 private:
    ByteStream& m_stream;
    std::int64_t m_next;
    bool m_bigEndian;
    int m_count = 0;
};

/// A recorder that lost its power leaves both sizes unset. The header with the right data size, up to the
/// sound; empty when the file's size is beyond what it can say.
std::vector<std::byte> completeHeader(ByteStream& stream, std::int64_t start, std::int64_t body) {
    const std::int64_t size = stream.length() - body;
    if (size > 0xFFFFF000LL || body - start > (1 << 20)) return {};
    std::vector<std::byte> header(static_cast<std::size_t>(body - start));
    if (stream.readAt(start, header) < body - start) return {};
    for (std::size_t i = 0; i < 4; ++i)
        header[header.size() - 4 + i] = static_cast<std::byte>(size >> (8 * i));
    return header;
}

Status checkRiff(ByteStream& stream, SoundProbe& probe, bool isRf64, bool isBigEndian,
                 const std::filesystem::path& name) {
    const std::int64_t start = probe.start;
    std::array<std::byte, 4> riffSize{};
    stream.readAt(start + 4, riffSize);
    const auto number = [&](std::span<const std::byte> bytes) {
        return isBigEndian ? bigEndian(bytes) : littleEndian(bytes);
    };
    std::uint64_t longDataSize = 0;
    ChunkWalk walk(stream, start + 12, isBigEndian);
    for (Chunk chunk; walk.next(chunk);) {
        std::array<std::byte, 24> content{};
        if (chunk.is("ds64") && isRf64 && stream.readAt(chunk.body, content) == 24)
            longDataSize = littleEndian(std::span(content).subspan(8, 8));
        if (chunk.is("fmt ") && stream.readAt(chunk.body, content) >= 16) {
            const std::uint64_t channels = number(std::span(content).subspan(2, 2));
            const std::uint64_t rate = number(std::span(content).subspan(4, 4));
            if (channels == 0) return absurdChannels(name, 0);
            if (rate < kLowestRate || rate > kHighestRate) return absurdRate(name, static_cast<double>(rate));
        }
        if (chunk.is("data")) {
            const std::int64_t present = std::max<std::int64_t>(0, stream.length() - chunk.body);
            const bool isLong = isRf64 && chunk.size == 0xFFFFFFFFU;
            const std::uint64_t promised = isLong ? longDataSize : chunk.size;
            const bool isUnfinished = promised == 0 && present > 0 && !isBigEndian && !isRf64 &&
                                      static_cast<std::int64_t>(littleEndian(riffSize)) <= chunk.body - start;
            if (isUnfinished) {
                probe.prefix = completeHeader(stream, start, chunk.body);
                if (!probe.prefix.empty()) probe.start = chunk.body;
            }
            if (!isLong && isPlaceholder(promised)) return {};
            if (promised > static_cast<std::uint64_t>(present + kForgivenBytes))
                return brokenPromise(name, static_cast<double>(promised), present);
            return {};
        }
    }
    return {};
}

Status checkAiff(ByteStream& stream, std::int64_t start, const std::filesystem::path& name) {
    ChunkWalk walk(stream, start + 12, true);
    for (Chunk chunk; walk.next(chunk);) {
        std::array<std::byte, 18> content{};
        if (chunk.is("COMM") && stream.readAt(chunk.body, content) == 18) {
            const auto channels =
                static_cast<std::int16_t>(bigEndian(std::span<const std::byte>(content).first(2)));
            const double rate = extendedFloat(std::span<const std::byte>(content).subspan(8, 10));
            if (channels <= 0) return absurdChannels(name, channels);
            if (!(rate >= kLowestRate && rate <= kHighestRate)) return absurdRate(name, rate);
        }
        if (chunk.is("SSND")) {
            const std::int64_t present = std::max<std::int64_t>(0, stream.length() - chunk.body);
            if (!isPlaceholder(chunk.size) &&
                chunk.size > static_cast<std::uint64_t>(present + kForgivenBytes))
                return brokenPromise(name, static_cast<double>(chunk.size), present);
        }
    }
    return {};
}

}  // namespace

Status checkChunks(ByteStream& stream, SoundProbe& probe, const std::filesystem::path& name) {
    std::array<std::byte, 4> magic{};
    stream.readAt(probe.start, magic);
    if (startsWith(magic, "FORM")) return checkAiff(stream, probe.start, name);
    return checkRiff(stream, probe, startsWith(magic, "RF64"), startsWith(magic, "RIFX"), name);
}

}  // namespace smidgen
