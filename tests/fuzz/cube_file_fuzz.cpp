// Any bytes at all as a cube. What is accepted is saved as the same bytes.
#include <algorithm>
#include <cstdint>

#include "storage/wavetable/cube_file.h"
#include "storage/wavetable/lazy_cube.h"
#include "tests/fuzz/memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace smidgen;
    using namespace smidgen::storage;
    static const fuzz::MemoryFile file;
    const auto given = std::as_bytes(std::span(bytes, size));
    file.fill(bytes, size);
    const auto cube = parseCube(given);
    auto opened = CubeFile::open(file.path());
    if (!opened) {
        fuzz::expect(!cube && opened.error().code == ErrorCode::unusableInput);
        fuzz::expectSentence(opened.error());
        return 0;
    }
    const std::shared_ptr<const NodeStorage> storage(std::move(*opened));
    const LazyCube lazy(storage, 1U << 20);
    for (const StoredNode& node : storage->nodes()) {
        if (node.header.shape.count() <= std::size_t{1} << 16) (void)lazy.load(node.point);
    }
    if (!cube) {
        fuzz::expectSentence(cube.error());
        return 0;
    }
    const auto saved = cubeBytes(**cube);
    fuzz::expect(saved && std::ranges::equal(*saved, given));
    return 0;
}
