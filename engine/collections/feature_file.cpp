#include "engine/collections/feature_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "engine/collections/content_hash.h"
#include "engine/collections/half_float.h"

namespace smidgen {
namespace {

constexpr std::uint32_t kVersion = 1;
constexpr char kMagic[] = "SMDGFEAT";
constexpr char kEndMagic[] = "SMDGDONE";
constexpr std::size_t kMagicBytes = 8;

struct Head {
    char magic[kMagicBytes];
    std::uint32_t version;
    std::uint32_t reserved;
};
struct Tail {
    std::uint64_t indexOffset;
    std::uint64_t indexBytes;
    std::uint64_t indexChecksum;
    char magic[kMagicBytes];
};
static_assert(sizeof(Head) == 16 && sizeof(Tail) == 32);

tl::unexpected<Error> damaged(const char* detail) {
    return failure(ErrorCode::unusableInput, "A cached feature file is damaged.", detail);
}

template <typename T>
std::span<std::byte> bytesOf(T& value) {
    return std::as_writable_bytes(std::span(&value, 1));
}

}  // namespace

tl::expected<void, int> readFully(int descriptor, std::span<std::byte> bytes, std::uint64_t offset) {
    while (!bytes.empty()) {
        const ssize_t got = ::pread(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return tl::unexpected(errno);
        if (got == 0) return tl::unexpected(0);
        bytes = bytes.subspan(static_cast<std::size_t>(got));
        offset += static_cast<std::uint64_t>(got);
    }
    return {};
}

Result<FeatureFileWriter> FeatureFileWriter::create(const std::filesystem::path& target) {
    auto file = AtomicFile::create(target);
    if (!file) return propagate(file);
    FeatureFileWriter writer(std::move(*file));
    Head head{};
    std::memcpy(head.magic, kMagic, kMagicBytes);
    head.version = kVersion;
    if (auto written = writer.append(bytesOf(head)); !written) return propagate(written);
    return writer;
}

Status FeatureFileWriter::append(std::span<const std::byte> bytes) {
    m_offset += bytes.size();
    return m_file.write(bytes);
}

Status FeatureFileWriter::writeSegment(FeatureSegment& segment, std::span<const float> values,
                                       std::size_t bands) {
    m_halves.resize(values.size());
    toHalf(values, m_halves);
    segment.offset = m_offset;
    const auto bytes = std::as_bytes(std::span(m_halves));
    const std::size_t blockBytes = static_cast<std::size_t>(kBlockFrames) * bands * sizeof(std::uint16_t);
    for (std::size_t at = 0; at < bytes.size(); at += blockBytes)
        segment.checksums.push_back(checksumOf(bytes.subspan(at, std::min(blockBytes, bytes.size() - at))));
    return append(bytes);
}

Status FeatureFileWriter::finish(const FeatureIndex& index) {
    const std::string text = toBytes(index);
    const auto bytes = std::as_bytes(std::span(text));
    Tail tail{m_offset, text.size(), checksumOf(bytes), {}};
    std::memcpy(tail.magic, kEndMagic, kMagicBytes);
    if (auto written = append(bytes); !written) return written;
    if (auto written = append(bytesOf(tail)); !written) return written;
    return m_file.commitWithoutSync();
}

Result<FeatureIndex> readFeatureFile(int descriptor) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) return damaged("cannot be examined");
    const auto size = static_cast<std::uint64_t>(status.st_size);
    if (size < sizeof(Head) + sizeof(Tail)) return damaged("too short");
    Head head{};
    Tail tail{};
    if (!readFully(descriptor, bytesOf(head), 0) ||
        !readFully(descriptor, bytesOf(tail), size - sizeof(Tail)))
        return damaged("cannot be read");
    if (std::memcmp(head.magic, kMagic, kMagicBytes) != 0 || head.version != kVersion || head.reserved != 0 ||
        std::memcmp(tail.magic, kEndMagic, kMagicBytes) != 0)
        return damaged("not of this format and version");
    const std::uint64_t indexEnd = size - sizeof(Tail);
    if (tail.indexOffset < sizeof(Head) || tail.indexOffset > indexEnd ||
        tail.indexBytes != indexEnd - tail.indexOffset)
        return damaged("index out of place");
    std::string text(tail.indexBytes, '\0');
    if (!readFully(descriptor, std::as_writable_bytes(std::span(text)), tail.indexOffset) ||
        checksumOf(std::as_bytes(std::span(text))) != tail.indexChecksum)
        return damaged("index checksum");
    auto index = indexFromBytes(text, tail.indexOffset);
    if (!index) return index;
    std::vector<std::byte> bytes;
    for (const FeatureRendering& rendering : index->renderings) {
        for (const FeatureSegment& segment : rendering.segments) {
            if (segment.offset == 0) continue;
            const std::size_t frameBytes = index->bands * sizeof(std::uint16_t);
            bytes.resize(static_cast<std::size_t>(segment.frames) * frameBytes);
            if (!readFully(descriptor, bytes, segment.offset)) return damaged("data cannot be read");
            const std::size_t blockBytes = static_cast<std::size_t>(kBlockFrames) * frameBytes;
            for (std::size_t b = 0; b < segment.checksums.size(); ++b) {
                const auto block = std::span(bytes).subspan(b * blockBytes);
                if (checksumOf(block.first(std::min(blockBytes, block.size()))) != segment.checksums[b])
                    return damaged("data checksum");
            }
        }
    }
    return index;
}

}  // namespace smidgen
