#include "storage/blocks/log_inspection.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <vector>

namespace smidgen::storage {
namespace {

constexpr std::uint64_t kHeaderBytes = 32;
constexpr std::uint64_t kFrameHeaderBytes = 24;
constexpr std::uint64_t kFramesAtOnce = 256;

std::uint32_t bigEndian(std::span<const std::byte> bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = (value << 8) | std::to_integer<std::uint32_t>(bytes[at + i]);
    return value;
}

/// The log's own checksum: two running sums over pairs of words.
struct RunningSum {
    std::uint32_t s0 = 0, s1 = 0;
    void add(std::span<const std::byte> bytes, bool bigEndianWords) {
        const bool swapped = bigEndianWords == (std::endian::native == std::endian::little);
        for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
            std::array<std::uint32_t, 2> words{};
            std::memcpy(words.data(), bytes.data() + at, sizeof words);
            s0 += (swapped ? __builtin_bswap32(words[0]) : words[0]) + s1;
            s1 += (swapped ? __builtin_bswap32(words[1]) : words[1]) + s0;
        }
    }
    [[nodiscard]] bool equals(std::span<const std::byte> bytes, std::size_t at) const {
        return bigEndian(bytes, at) == s0 && bigEndian(bytes, at + 4) == s1;
    }
};

}  // namespace

Result<LogInspection> inspectLog(FileSystem& files, const std::filesystem::path& log) {
    LogInspection found;
    auto file = files.open(log, FileUse::read);
    if (!file && file.error().code == ErrorCode::notFound) return found;
    if (!file) return propagate(file);
    auto size = (*file)->size();
    if (!size) return propagate(size);
    if (*size < kHeaderBytes) {
        found.isSuspicious = *size > 0;
        return found;
    }
    std::array<std::byte, kHeaderBytes> header{};
    if (auto read = (*file)->readAt(0, header); !read) return propagate(read);
    const std::uint32_t magic = bigEndian(header, 0);
    const std::uint32_t pageBytes = bigEndian(header, 8);
    const bool big = (magic & 1) != 0;
    RunningSum sum;
    sum.add(std::span(header).first(24), big);
    if ((magic & ~1U) != 0x377F0682 || pageBytes < 512 || pageBytes > 65'536 || !sum.equals(header, 24)) {
        // The header is written and synced before the first frame that is acknowledged.
        found.isSuspicious = *size > kHeaderBytes;
        return found;
    }
    const std::uint64_t frameBytes = kFrameHeaderBytes + pageBytes;
    const std::uint64_t frames = (*size - kHeaderBytes) / frameBytes;
    std::vector<std::byte> read(std::min(frames, kFramesAtOnce) * frameBytes);
    bool broken = false, committed = true;
    for (std::uint64_t f = 0; f < frames; ++f) {
        if (f % kFramesAtOnce == 0) {
            const std::uint64_t count = std::min(kFramesAtOnce, frames - f);
            const auto part = std::span(read).first(count * frameBytes);
            if (auto done = (*file)->readAt(kHeaderBytes + f * frameBytes, part); !done)
                return propagate(done);
        }
        const auto bytes =
            std::span<const std::byte>(read).subspan(f % kFramesAtOnce * frameBytes, frameBytes);
        const bool firstSalt = bigEndian(bytes, 8) == bigEndian(header, 16);
        const bool secondSalt = bigEndian(bytes, 12) == bigEndian(header, 20);
        if (!broken) {
            RunningSum next = sum;
            next.add(bytes.first(8), big);
            next.add(bytes.subspan(kFrameHeaderBytes), big);
            if (firstSalt && secondSalt && bigEndian(bytes, 0) != 0 && next.equals(bytes, 16)) {
                sum = next;
                committed = bigEndian(bytes, 4) != 0;
                ++found.frames;
                continue;
            }
            broken = true;
        }
        // A frame of this very log that cannot be used; frames of an earlier log share neither salt.
        if (firstSalt || secondSalt) found.isSuspicious = true;
    }
    // It ends within a transaction, or within a frame.
    if (!broken && (!committed || kHeaderBytes + frames * frameBytes != *size)) found.isSuspicious = true;
    return found;
}

}  // namespace smidgen::storage
