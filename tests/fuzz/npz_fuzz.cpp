// After an even first byte any bytes at all as an NPZ archive; after an odd one as an array, put into an
// archive with the right checksums, so that what lies behind them is reached.
#include <array>
#include <cstdint>

#include "storage/wavetable/npy.h"
#include "storage/wavetable/npz.h"
#include "tests/fuzz/memory_file.h"

namespace {

using namespace smidgen;
using namespace smidgen::storage;

constexpr std::uint64_t kMostBytes = 1U << 22;

Bytes archiveOf(const char* name, std::span<const std::byte> content, bool deflate) {
    Bytes bytes;
    ZipWriter zip(
        [&bytes](std::span<const std::byte> piece) -> Status {
            bytes.insert(bytes.end(), piece.begin(), piece.end());
            return {};
        },
        deflate);
    const std::array<std::uint64_t, 1> shape{4};
    const std::array<float, 4> values{1, 2, 3, 4};
    fuzz::expect(zip.add("node_1_0_0.npy", composeNpy(shape, values)).has_value() &&
                 zip.add(name, content).has_value() && zip.finish().has_value());
    return bytes;
}

void tryArchive(std::span<const std::byte> bytes) {
    const auto cube = parseNpz(bytes, kMostBytes, "fuzz.npz");
    if (cube) {
        fuzz::expect((*cube)->bytes() <= 8 * kMostBytes);
        return;
    }
    fuzz::expect(cube.error().code == ErrorCode::unusableInput);
    fuzz::expectSentence(cube.error());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size == 0) return 0;
    const auto rest = std::as_bytes(std::span(bytes, size)).subspan(1);
    if (bytes[0] % 2 == 0) {
        tryArchive(rest);
        return 0;
    }
    const char* const names[] = {"node_0_0_0.npy", "metadata_1_0_0.npy", "size.npy", "axes.npy"};
    tryArchive(archiveOf(names[bytes[0] / 2 % 4], rest, bytes[0] >= 128));
    return 0;
}
