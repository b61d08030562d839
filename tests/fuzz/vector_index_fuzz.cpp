// Any bytes at all as an index of vectors, and a good index with any bytes changed. What is accepted can be
// searched, changed and written again.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "engine/foundation/atomic_file.h"
#include "storage/vectors/checked_stream.h"
#include "storage/vectors/vector_index.h"
#include "tests/fuzz/memory_file.h"

namespace {

using namespace smidgen;
using namespace smidgen::storage;
using fuzz::expect;

constexpr std::uint64_t kGeneration = 3;

IndexOptions smallGraph() {
    IndexOptions options;
    options.background = false;
    options.graphFrom = 1;
    options.graph.links = 2;
    options.graph.buildEffort = 8;
    return options;
}

Space flatSpace() {
    return Space::hyperbolic(2);
}

std::vector<std::uint8_t> goodIndex() {
    VectorIndex index(flatSpace(), smallGraph());
    for (std::uint64_t key = 0; key < 40; ++key) {
        const std::array<double, 2> place{0.02 * static_cast<double>(key),
                                          0.3 - 0.01 * static_cast<double>(key)};
        expect(index.put(key, flatSpace().pack(Chart::ball, place).value().point).has_value());
    }
    expect(index.refresh().has_value());
    index.erase(5);
    const std::string path = "/tmp/smidgen-fuzz-" + std::to_string(::getpid()) + ".index";
    expect(index.save(path, kGeneration).has_value());
    const std::string bytes = readWholeFile(path, 1U << 20U).value();
    ::unlink(path.c_str());
    return {bytes.begin(), bytes.end()};
}

/// After an even first byte the bytes as they are. After an odd one the good index with changes of three
/// bytes each: place (two) and what is put there. The second bit asks for a checksum that fits.
std::vector<std::uint8_t> fileFrom(const std::uint8_t* bytes, std::size_t size) {
    static const std::vector<std::uint8_t> good = goodIndex();
    if (size == 0) return {};
    std::vector<std::uint8_t> file(bytes + 1, bytes + size);
    if (bytes[0] % 2 == 1) {
        file = good;
        for (std::size_t i = 1; i + 3 <= size; i += 3)
            file[(bytes[i] + 256U * bytes[i + 1]) % file.size()] = bytes[i + 2];
    }
    if ((bytes[0] & 2U) != 0 && file.size() > StreamHash::kSize) {
        StreamHash hash;
        hash.add(std::as_bytes(std::span(file).first(file.size() - StreamHash::kSize)));
        const auto digest = hash.digest();
        std::memcpy(&file[file.size() - StreamHash::kSize], digest.data(), StreamHash::kSize);
    }
    return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const fuzz::MemoryFile file;
    const std::vector<std::uint8_t> content = fileFrom(bytes, size);
    file.fill(content.data(), content.size());

    VectorIndex index(flatSpace(), smallGraph());
    const auto loaded = index.load(file.path(), kGeneration);
    if (!loaded) {
        expect(loaded.error().code == ErrorCode::unusableInput);
        fuzz::expectSentence(loaded.error());
        expect(index.size() == 0);
        return 0;
    }
    const std::array<double, 2> place{0.1, 0.2};
    const PackedPoint query = flatSpace().pack(Chart::ball, place).value().point;
    for (const SearchWay way : {SearchWay::scan, SearchWay::graph}) {
        const auto found = index.search(query, {5, {}, 0, way});
        expect(found.has_value() && found->size() <= 5);
    }
    expect(index.put(7, query).has_value());
    expect(index.refresh().has_value());
    expect(index.rebuild().has_value());
    expect(index.search(query, {1, {}, 0, SearchWay::scan}).value().front().distance == 0.0);
    return 0;
}
