#include "storage/blocks/compression.h"

#include <zstd.h>

#include <algorithm>
#include <memory>
#include <new>

namespace smidgen::storage {
namespace {

constexpr std::size_t kSmallestWorthTrying = 128;
constexpr std::size_t kSample = 2048;
constexpr int kLevel = 3;
/// Four bytes of a frame stand for 128 KiB at most (RFC 8878, 3.1.1.2).
constexpr std::uint64_t kMostExpansion = 32'768;

bool saves(std::size_t packed, std::size_t plain) {
    return packed <= plain - plain / 16;
}

/// One context a thread: making one costs more than compressing a small block.
ZSTD_CCtx* compressor() {
    struct Free {
        void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
    };
    thread_local const std::unique_ptr<ZSTD_CCtx, Free> context(ZSTD_createCCtx());
    return context.get();
}

bool looksCompressible(std::span<const std::byte> content) {
    if (content.size() <= 4 * kSample) return true;
    std::vector<std::byte> sample;
    for (const std::size_t at : {std::size_t{0}, content.size() / 2, content.size() - kSample}) {
        const auto part = content.subspan(at, kSample);
        sample.insert(sample.end(), part.begin(), part.end());
    }
    std::vector<std::byte> out(ZSTD_compressBound(sample.size()));
    const std::size_t size =
        ZSTD_compressCCtx(compressor(), out.data(), out.size(), sample.data(), sample.size(), 1);
    return !ZSTD_isError(size) && saves(size, sample.size());
}

tl::unexpected<Error> damaged() {
    return failure(ErrorCode::unusableInput,
                   "Stored content cannot be unpacked: it is damaged. Run a repair, or restore a backup.");
}

}  // namespace

Packed packWhenItPays(std::span<const std::byte> content) {
    if (content.size() < kSmallestWorthTrying || compressor() == nullptr || !looksCompressible(content))
        return {};
    Packed packed{Compression::zstd, std::vector<std::byte>(ZSTD_compressBound(content.size()))};
    const std::size_t size = ZSTD_compressCCtx(compressor(), packed.bytes.data(), packed.bytes.size(),
                                               content.data(), content.size(), kLevel);
    if (ZSTD_isError(size) || !saves(size, content.size())) return {};
    packed.bytes.resize(size);
    return packed;
}

Result<std::vector<std::byte>> unpack(Compression codec, std::span<const std::byte> stored,
                                      std::uint64_t size) try {
    if (codec == Compression::plain) {
        if (stored.size() != size) return damaged();
        return std::vector<std::byte>(stored.begin(), stored.end());
    }
    if (codec != Compression::zstd || ZSTD_getFrameContentSize(stored.data(), stored.size()) != size)
        return damaged();
    // Before that much is allocated.
    if (size / kMostExpansion > stored.size()) return damaged();
    std::vector<std::byte> content(static_cast<std::size_t>(size));
    const std::size_t got = ZSTD_decompress(content.data(), content.size(), stored.data(), stored.size());
    if (ZSTD_isError(got) || got != size) return damaged();
    return content;
} catch (const std::bad_alloc&) {
    return failure(ErrorCode::outOfMemory, "There is not enough memory to unpack stored content.");
} catch (const std::length_error&) {
    return damaged();
}

}  // namespace smidgen::storage
