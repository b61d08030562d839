// Any bytes at all as a cube, and a good cube with any bytes changed. What is accepted is saved as the same
// bytes.
//
// Input: a byte of choices (1: changes of a good cube, 2: the table's checksum made right), then the file or
// the changes.
#include <xxhash.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "storage/wavetable/cube.h"
#include "storage/wavetable/cube_file.h"
#include "storage/wavetable/cube_table.h"
#include "storage/wavetable/lazy_cube.h"
#include "tests/fuzz/edited_bytes.h"
#include "tests/fuzz/memory_file.h"

namespace {

using namespace smidgen;
using namespace smidgen::storage;
using fuzz::expect;

std::vector<std::uint8_t> goodCube() {
    CubeLayout layout;
    layout.size = {2, 3, 1};
    auto cube = Cube::sparse(layout);
    for (std::uint32_t y = 0; y < 3; ++y) {
        const NodeShape shape{2 + y, 5, 1 + y % 2};
        std::vector<float> values(shape.count());
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i % 7) - 2.5F;
        expect((*cube)->set({1, y, 0}, makeNode(shape, values, "{}").value()).has_value());
    }
    auto encoded = EncodedCube::encode(**cube, {Codec::quantised, {.largest = 0.1}});
    return fuzz::octets(std::span<const std::byte>(cubeBytes(**encoded).value()));
}

/// The table ends where it says; its sum is the last of it.
void sealTable(std::vector<std::uint8_t>& file) {
    const auto bytes = std::as_bytes(std::span(file));
    const std::uint64_t size = cubeTableSize(bytes.first(std::min(bytes.size(), kLongestCubeHead)));
    if (size > file.size() || size < sizeof(std::uint64_t)) return;
    const std::uint64_t sum = XXH3_64bits(file.data(), size - sizeof(sum));
    std::memcpy(file.data() + size - sizeof(sum), &sum, sizeof(sum));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const fuzz::MemoryFile file;
    static const std::vector<std::uint8_t> good = goodCube();
    fuzz::Choices choices(bytes, size);
    const std::uint8_t flags = choices.byte();
    const auto rest = choices.rest();
    std::vector<std::uint8_t> content =
        (flags & 1U) != 0 ? fuzz::edited(good, choices) : std::vector<std::uint8_t>(rest.begin(), rest.end());
    if ((flags & 2U) != 0) sealTable(content);
    const auto given = std::as_bytes(std::span(content));
    file.fill(content.data(), content.size());
    const auto cube = parseCube(given);
    auto opened = CubeFile::open(file.path());
    if (!opened) {
        expect(!cube && opened.error().code == ErrorCode::unusableInput);
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
    expect(saved && std::ranges::equal(*saved, given));
    return 0;
}
