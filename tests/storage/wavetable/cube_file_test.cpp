#include "storage/wavetable/cube_file.h"

#include <filesystem>
#include <fstream>

#include "storage/wavetable/lazy_cube.h"
#include "storage/wavetable/sampler.h"
#include "tests/storage/wavetable/material.h"

namespace smidgen::storage {
namespace {

using namespace testing;
namespace fs = std::filesystem;

class CubeFiles : public ::testing::Test {
 protected:
    CubeFiles() {
        std::string pattern = (fs::temp_directory_path() / "smidgen_cube_XXXXXX").string();
        m_folder = ::mkdtemp(pattern.data());
    }
    ~CubeFiles() override { fs::remove_all(m_folder); }
    [[nodiscard]] fs::path file(const std::string& name) const { return m_folder / name; }

 private:
    fs::path m_folder;
};

/// Nodes of many sizes, a third of the places empty.
std::unique_ptr<Cube> mixedCube() {
    auto cube = valueOf(Cube::sparse({.size = {3, 2, 4}, .axes = {"Bow", "Air", "Höhe"}}));
    for (std::size_t i = 0; i < 24; ++i) {
        if (i % 3 == 2) continue;
        const auto side = static_cast<std::uint32_t>(8 + i);
        const auto spectrum = spectrumNode({side, 2 * side, 1 + static_cast<std::uint32_t>(i % 2)}, i);
        EXPECT_TRUE(cube->set(cube->layout().pointAt(i), valueOf(makeNode(spectrum->shape, spectrum->floats(),
                                                                          "node " + std::to_string(i)))));
    }
    return cube;
}

Bytes bytesOf(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

TEST_F(CubeFiles, SavingWhatWasLoadedGivesTheSameBytes) {
    const auto encoded = valueOf(EncodedCube::encode(*mixedCube(), {std::nullopt, {.largest = 0.5}}));
    EXPECT_TRUE(encoded->notes().empty());
    const Bytes bytes = valueOf(cubeBytes(*encoded));
    EXPECT_EQ(bytes, valueOf(cubeBytes(*valueOf(parseCube(bytes)))));

    ASSERT_TRUE(writeCubeFile(*encoded, file("first.cube")));
    EXPECT_EQ(bytes, bytesOf(file("first.cube")));
    const auto opened = valueOf(CubeFile::open(file("first.cube")));
    ASSERT_TRUE(writeCubeFile(*opened, file("second.cube")));
    EXPECT_EQ(bytes, bytesOf(file("second.cube")));
}

TEST_F(CubeFiles, HoldsEveryNodeAsExactAsWasAsked) {
    const auto cube = mixedCube();
    for (const double largest : {0.0, 0.25}) {
        const auto encoded = valueOf(EncodedCube::encode(*cube, {std::nullopt, {.largest = largest}}));
        ASSERT_TRUE(writeCubeFile(*encoded, file("a.cube")));
        const LazyCube lazy(valueOf(CubeFile::open(file("a.cube"))), 1U << 20);
        EXPECT_EQ(cube->layout(), lazy.layout());
        for (std::size_t i = 0; i < 24; ++i) {
            const GridPoint point = cube->layout().pointAt(i);
            ASSERT_EQ(cube->presence()[i], lazy.presence()[i]);
            ASSERT_EQ(cube->shapeAt(point), lazy.shapeAt(point));
            if (cube->presence()[i] == 0) continue;
            const auto node = valueOf(lazy.load(point));
            EXPECT_LE(largestDifference(valueOf(cube->load(point))->floats(), node->floats()), largest);
            EXPECT_EQ("node " + std::to_string(i), node->metadata);
        }
    }
}

TEST_F(CubeFiles, ACubeLargerThanTheCacheIsSampledAsIfItWereInMemory) {
    const NodeShape shape{16, 16, 1};
    const auto cube =
        valueOf(Cube::dense({.size = {5, 5, 5}}, shape, [](const GridPoint& p, std::span<float> out) {
            for (std::size_t i = 0; i < out.size(); ++i)
                out[i] = static_cast<float>(p.x * 100 + p.y * 10 + p.z) + static_cast<float>(i) * 0.001F;
        }));
    ASSERT_TRUE(writeCubeFile(*valueOf(EncodedCube::encode(*cube, {})), file("a.cube")));
    const LazyCube lazy(valueOf(CubeFile::open(file("a.cube"))), 10 * shape.bytes());
    auto fromMemory = valueOf(Sampler::create(*cube));
    auto fromFile = valueOf(Sampler::create(lazy));
    Random random(4);
    for (int i = 0; i < 300; ++i) {
        const Coordinate at{random.uniform(0, 4), random.uniform(0, 4), random.uniform(0, 4)};
        ASSERT_EQ(0, largestDifference(valueOf(fromMemory.sample(at))->floats(),
                                       valueOf(fromFile.sample(at))->floats()));
        ASSERT_LE(lazy.counts().bytes, 10 * shape.bytes());
    }
    EXPECT_GT(lazy.counts().hits, 0U);
    EXPECT_GT(lazy.counts().misses, 125U);
}

TEST_F(CubeFiles, ReportsWhereTheBytesGo) {
    const auto cube = mixedCube();
    const auto encoded = valueOf(EncodedCube::encode(*cube, {Codec::quantised, {.largest = 0.5}}));
    const CubeReport report = reportOf(*encoded);
    EXPECT_EQ(cube->nodeCount(), report.nodes);
    EXPECT_EQ(cube->bytes(), report.valueBytes);
    EXPECT_EQ(cube->nodeCount(), report.nodesByCodec[static_cast<std::size_t>(Codec::quantised)]);
    EXPECT_GT(report.largestError, 0.4);
    EXPECT_LE(report.largestError, 0.5);
    EXPECT_GT(report.ratio(), 2);
}

TEST_F(CubeFiles, RefusesWhatIsMissingOrNoCube) {
    expectRefused(CubeFile::open(file("none.cube")).error(), ErrorCode::notFound);
    std::ofstream(file("text.cube")) << "not a cube at all, but long enough to be one, perhaps";
    expectRefused(CubeFile::open(file("text.cube")).error(), ErrorCode::unusableInput);
}

TEST_F(CubeFiles, TenThousandFlipsAndTruncationsAreAllDetected) {
    const auto cube = valueOf(Cube::sparse({.size = {2, 2, 2}}));
    for (std::size_t i = 0; i < 8; i += 3)
        ASSERT_TRUE(cube->set(cube->layout().pointAt(i), spectrumNode({8, 8, 1}, i)));
    const Bytes whole =
        valueOf(cubeBytes(*valueOf(EncodedCube::encode(*cube, {Codec::quantised, {.largest = 1}}))));
    Random random(6);
    for (int i = 0; i < 10000; ++i) {
        Bytes bytes = whole;
        if (i % 4 == 0) {
            bytes.resize(static_cast<std::size_t>(random.below(bytes.size())));
        } else {
            bytes[static_cast<std::size_t>(random.below(bytes.size()))] ^=
                static_cast<std::byte>(1U << random.below(8));
        }
        const auto parsed = parseCube(bytes);
        bool intact = parsed.has_value();
        for (std::size_t n = 0; intact && n < (*parsed)->nodes().size(); ++n)
            intact = decodeNode(valueOf((*parsed)->read(n))).has_value();
        ASSERT_FALSE(intact);
    }
}

}  // namespace
}  // namespace smidgen::storage
