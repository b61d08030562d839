// The files numpy_*.npz were written by NumPy: see numpy_files.py.
#include "storage/wavetable/npz.h"

#include <filesystem>
#include <fstream>

#include "storage/wavetable/npy.h"
#include "tests/storage/wavetable/material.h"

namespace smidgen::storage {
namespace {

using namespace testing;
namespace fs = std::filesystem;

fs::path shipped(const std::string& name) {
    return fs::path(SMIDGEN_SOURCE_DIR) / "tests/storage/wavetable" / name;
}

class Folder {
 public:
    Folder() {
        std::string pattern = (fs::temp_directory_path() / "smidgen_npz_XXXXXX").string();
        m_path = ::mkdtemp(pattern.data());
    }
    ~Folder() { fs::remove_all(m_path); }
    [[nodiscard]] fs::path file(const std::string& name) const { return m_path / name; }

 private:
    fs::path m_path;
};

Bytes bytesOf(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

std::vector<float> pattern(std::size_t count) {
    std::vector<float> values(count);
    for (std::size_t i = 0; i < count; ++i)
        values[i] = static_cast<float>(static_cast<double>(7 * i % 97) / 8 - 5);
    return values;
}

std::unique_ptr<Cube> smallCube() {
    auto cube = valueOf(Cube::sparse({.size = {2, 1, 2}, .axes = {"Bow", "Air", "Höhe"}}));
    EXPECT_TRUE(cube->set({0, 0, 0}, valueOf(makeNode({4, 6, 2}, pattern(48)))));
    EXPECT_TRUE(cube->set({1, 0, 1}, valueOf(makeNode({4, 6, 2}, pattern(48), R"({"name":"Ton 𝄞"})"))));
    return cube;
}

TEST(Npz, ReadsWhatNumPyWroteInManyTypesAndOrders) {
    const auto cube = valueOf(importNpz(shipped("numpy_nodes.npz")));
    EXPECT_EQ((std::array<std::uint32_t, 3>{3, 2, 2}), cube->layout().size);
    EXPECT_EQ("Höhe", cube->layout().axes[2]);
    EXPECT_EQ(7U, cube->nodeCount());
    for (const GridPoint p : {GridPoint{0, 0, 0}, GridPoint{1, 0, 0}, GridPoint{2, 0, 0}, GridPoint{0, 1, 0},
                              GridPoint{1, 1, 0}}) {
        const auto node = valueOf(cube->load(p));
        ASSERT_EQ((NodeShape{4, 6, 2}), node->shape);
        EXPECT_EQ(0, largestDifference(pattern(48), node->floats())) << pointText(p);
    }
    const auto integers = valueOf(cube->load({2, 1, 0}));
    ASSERT_EQ((NodeShape{8, 16, 1}), integers->shape);
    for (std::size_t i = 0; i < 128; ++i) EXPECT_EQ(static_cast<float>(7 * i % 97) - 40, integers->values[i]);
    EXPECT_EQ((NodeShape{1, 100, 1}), valueOf(cube->load({0, 0, 1}))->shape);
    EXPECT_EQ(R"({"name":"erste Übung"})", valueOf(cube->load({0, 0, 0}))->metadata);
}

TEST(Npz, ReadsOneArrayAsADenseCube) {
    const auto cube = valueOf(importNpz(shipped("numpy_array.npz")));
    EXPECT_EQ((std::array<std::uint32_t, 3>{2, 3, 1}), cube->layout().size);
    const auto whole = pattern(2 * 3 * 40);
    for (std::size_t i = 0; i < 6; ++i) {
        const auto node = valueOf(cube->load(cube->layout().pointAt(i)));
        ASSERT_EQ((NodeShape{5, 8, 1}), node->shape);
        EXPECT_EQ(0, largestDifference(std::span(whole).subspan(i * 40, 40), node->floats()));
    }
}

TEST(Npz, WritesWhatNumPyReads) {
    // SMIDGEN_KEEP_NPZ names a folder where the files stay, for numpy_files.py to check.
    const Folder folder;
    const char* kept = std::getenv("SMIDGEN_KEEP_NPZ");
    const auto cube = smallCube();
    for (const bool deflate : {true, false}) {
        const std::string name = deflate ? "deflated.npz" : "stored.npz";
        const fs::path path = kept != nullptr ? fs::path(kept) / name : folder.file(name);
        ASSERT_TRUE(exportNpz(*cube, path, {deflate}));
        const auto again = valueOf(importNpz(path));
        EXPECT_EQ(cube->layout(), again->layout());
        EXPECT_EQ(2U, again->nodeCount());
        const auto node = valueOf(again->load({1, 0, 1}));
        EXPECT_EQ(0, largestDifference(pattern(48), node->floats()));
        EXPECT_EQ(R"({"name":"Ton 𝄞"})", node->metadata);
        const Bytes first = bytesOf(path);
        ASSERT_TRUE(exportNpz(*again, path, {deflate}));
        EXPECT_EQ(first, bytesOf(path));
    }
}

TEST(Npz, TenThousandFlipsAndTruncationsDoNoHarm) {
    const std::array<Bytes, 2> files{bytesOf(shipped("numpy_nodes.npz")),
                                     bytesOf(shipped("numpy_array.npz"))};
    Random random(5);
    int refused = 0;
    for (int i = 0; i < 10000; ++i) {
        Bytes bytes = files[static_cast<std::size_t>(i) % 2];
        if (i % 4 == 0) {
            bytes.resize(static_cast<std::size_t>(random.below(bytes.size())));
        } else {
            bytes[static_cast<std::size_t>(random.below(bytes.size()))] ^=
                static_cast<std::byte>(1U << random.below(8));
        }
        const auto cube = parseNpz(bytes, 1U << 20, "damaged.npz");
        if (cube) continue;
        ++refused;
        ASSERT_EQ(ErrorCode::unusableInput, cube.error().code) << cube.error().sentence;
    }
    EXPECT_GT(refused, 5000);
}

/// An archive with one entry "node_0_0_0.npy" of `content`, its directory then changed by `change`.
Bytes archiveOf(std::span<const std::byte> content, bool deflate, int copies = 1) {
    Bytes bytes;
    ZipWriter zip(
        [&bytes](std::span<const std::byte> piece) -> Status {
            bytes.insert(bytes.end(), piece.begin(), piece.end());
            return {};
        },
        deflate);
    for (int i = 0; i < copies; ++i) EXPECT_TRUE(zip.add("node_" + std::to_string(i) + "_0_0.npy", content));
    EXPECT_TRUE(zip.finish());
    return bytes;
}

TEST(Npz, RefusesBombs) {
    const std::array<std::uint64_t, 2> shape{1024, 1024};
    const Bytes array = composeNpy(shape, std::vector<float>(1024 * 1024));
    const Bytes deflated = archiveOf(array, true, 16);
    EXPECT_LT(deflated.size(), 100000U);
    EXPECT_TRUE(parseNpz(deflated, 80U << 20, "large.npz"));
    const auto bomb = parseNpz(deflated, 32U << 20, "bomb.npz");
    ASSERT_FALSE(bomb);
    expectRefused(bomb.error(), ErrorCode::unusableInput);

    // A directory that promises more than deflate can hold is refused before anything is allocated.
    Bytes lying = archiveOf(array, true);
    const std::size_t directory = lying.size() - 22 - 46 - 14;
    for (std::size_t i = 0; i < 4; ++i) lying[directory + 24 + i] = std::byte{0x7F};
    EXPECT_FALSE(parseNpz(lying, std::uint64_t{8} << 30, "lying.npz"));

    // Two entries that share their data.
    Bytes sharing = archiveOf(array, true, 2);
    const std::size_t second = sharing.size() - 22 - 46 - 14;
    for (std::size_t i = 0; i < 4; ++i) sharing[second + 42 + i] = std::byte{0};
    EXPECT_FALSE(parseNpz(sharing, std::uint64_t{8} << 30, "sharing.npz"));
}

TEST(Npy, RefusesHostileHeaders) {
    const auto withHeader = [](const std::string& header, std::size_t data) {
        Bytes bytes;
        NodeWriter writer(bytes);
        writer.text("\x93NUMPY");
        writer.integer(std::uint8_t{1});
        writer.integer(std::uint8_t{0});
        writer.integer(static_cast<std::uint16_t>(header.size()));
        writer.text(header);
        bytes.resize(bytes.size() + data);
        return bytes;
    };
    const auto refused = [&](const std::string& header, std::size_t data) {
        return !parseNpy(withHeader(header, data), 1000, "array");
    };
    EXPECT_FALSE(refused("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", 24));
    EXPECT_FALSE(refused("{'shape': (), 'fortran_order': True, 'descr': '>f8'}\n", 8));
    EXPECT_FALSE(refused("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 9), }", 0));
    EXPECT_TRUE(refused("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", 8));
    EXPECT_TRUE(refused("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", 8));
    EXPECT_TRUE(refused("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", 4));
    EXPECT_TRUE(refused("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", 23));
    EXPECT_TRUE(refused("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", 4));
    EXPECT_TRUE(refused("{'descr': '<f4', 'shape': (1,), }", 4));
    EXPECT_TRUE(refused("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", 4));
    EXPECT_TRUE(refused("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", 0));
    EXPECT_TRUE(refused("{'descr': '<U0', 'fortran_order': False, 'shape': (1000,), }", 0));
    EXPECT_TRUE(refused("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } import os", 4));
}

}  // namespace
}  // namespace smidgen::storage
