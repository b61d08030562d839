#include "storage/wavetable/integer_planes.h"

#include <zstd.h>

#include <algorithm>
#include <bit>
#include <memory>

#include "storage/wavetable/codec_loops.h"

namespace smidgen::storage {
namespace {

/// What is left after a prediction hardly repeats itself: short matches cost more than they save.
constexpr int kLevel = 1;
constexpr int kShortestMatch = 7;
constexpr unsigned kMostPlanes = 4;

struct ContextDeleter {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

ZSTD_CCtx* compressor() {
    thread_local const std::unique_ptr<ZSTD_CCtx, ContextDeleter> context = [] {
        std::unique_ptr<ZSTD_CCtx, ContextDeleter> made(ZSTD_createCCtx());
        if (!made) throw std::bad_alloc();
        ZSTD_CCtx_setParameter(made.get(), ZSTD_c_compressionLevel, kLevel);
        ZSTD_CCtx_setParameter(made.get(), ZSTD_c_strategy, ZSTD_fast);
        ZSTD_CCtx_setParameter(made.get(), ZSTD_c_minMatch, kShortestMatch);
        return made;
    }();
    return context.get();
}

ZSTD_DCtx* decompressor() {
    thread_local const std::unique_ptr<ZSTD_DCtx, ContextDeleter> context(ZSTD_createDCtx());
    if (!context) throw std::bad_alloc();
    return context.get();
}

}  // namespace

void writePlanes(std::span<const std::uint32_t> values, Bytes& out) {
    const unsigned bits = static_cast<unsigned>(std::bit_width(bitsUsed(values.data(), values.size())));
    const unsigned planes = (bits + 7) / 8;
    NodeWriter writer(out);
    writer.integer(static_cast<std::uint8_t>(planes));
    Bytes plane(planes > 0 ? values.size() : 0);
    for (unsigned p = 0; p < planes; ++p) {
        takePlane(values.data(), p, plane.data(), plane.size());
        const std::size_t lengthAt = out.size();
        const std::size_t room = ZSTD_compressBound(plane.size());
        out.resize(lengthAt + sizeof(std::uint32_t) + room);
        const std::size_t length = ZSTD_compress2(compressor(), out.data() + lengthAt + sizeof(std::uint32_t),
                                                  room, plane.data(), plane.size());
        if (ZSTD_isError(length) != 0U) throw std::bad_alloc();  // with enough room only memory can be short
        for (std::size_t i = 0; i < sizeof(std::uint32_t); ++i)
            out[lengthAt + i] = static_cast<std::byte>(length >> (8 * i));
        out.resize(lengthAt + sizeof(std::uint32_t) + length);
    }
}

bool readPlanes(NodeReader& reader, std::span<std::uint32_t> values) {
    std::uint8_t planes = 0;
    if (!reader.integer(planes) || planes > kMostPlanes) return false;
    std::fill(values.begin(), values.end(), 0U);
    Bytes plane;
    for (unsigned p = 0; p < planes; ++p) {
        std::uint32_t length = 0;
        std::span<const std::byte> frame;
        if (!reader.integer(length) || !reader.raw(length, frame)) return false;
        if (ZSTD_getFrameContentSize(frame.data(), frame.size()) != values.size()) return false;
        plane.resize(values.size());
        const std::size_t got =
            ZSTD_decompressDCtx(decompressor(), plane.data(), plane.size(), frame.data(), frame.size());
        if (got != values.size()) return false;
        addPlane(plane.data(), p, values.data(), values.size());
    }
    return true;
}

}  // namespace smidgen::storage
