// The index file: what it brings back, and what it refuses.
#include "storage/vectors/index_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "engine/foundation/atomic_file.h"
#include "tests/storage/vectors/brute_force.h"
#include "tests/storage/vectors/random_points.h"

namespace smidgen::storage {
namespace {

namespace fs = std::filesystem;
using testing::byHand;
using testing::clusteredPoints;
using testing::fill;
using testing::Reference;

class IndexFile : public ::testing::Test {
 protected:
    IndexFile() : m_folder(fs::temp_directory_path() / ("smidgen-index-" + std::to_string(::getpid()))) {
        fs::create_directories(m_folder);
    }
    ~IndexFile() override { fs::remove_all(m_folder); }
    [[nodiscard]] fs::path path() const { return m_folder / "vectors.index"; }
    [[nodiscard]] std::string contents() const { return readWholeFile(path(), 1U << 28U).value(); }
    void overwrite(const std::string& bytes) const {
        std::ofstream(path(), std::ios::binary | std::ios::trunc)
            .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }

    fs::path m_folder;
};

void prepare(VectorIndex& index, Reference& reference, std::size_t count) {
    fill(index, reference, clusteredPoints(index.space(), count, 20, 1));
    ASSERT_TRUE(index.refresh().has_value());
    for (std::uint64_t key = 1; key < count / 4; key += 3) {
        index.erase(key);
        reference.erase(key);
    }
    fill(index, reference, clusteredPoints(index.space(), 50, 20, 2), 100000);
}

TEST_F(IndexFile, BringsBackTheSameSearches) {
    for (const Space& space : testing::allSpaces()) {
        VectorIndex index(space, byHand());
        Reference reference(space);
        prepare(index, reference, 1200);
        ASSERT_TRUE(index.save(path(), 42).has_value());
        VectorIndex loaded(space, byHand());
        ASSERT_TRUE(loaded.load(path(), 42).has_value());
        EXPECT_EQ(loaded.size(), reference.points().size());
        EXPECT_EQ(loaded.statistics().indexedRows, 1200U);
        EXPECT_EQ(loaded.statistics().effort, index.statistics().effort);
        for (const PackedPoint& query : clusteredPoints(space, 30, 20, 3))
            for (const SearchWay way : {SearchWay::scan, SearchWay::graph}) {
                const SearchOptions options{10, {}, 0, way};
                EXPECT_EQ(loaded.search(query, options).value(), index.search(query, options).value());
            }
        // What was loaded can be changed and written on.
        ASSERT_TRUE(loaded.put(7, reference.points().begin()->second).has_value());
        ASSERT_TRUE(loaded.refresh().has_value());
        ASSERT_TRUE(loaded.save(path(), 43).has_value());
    }
}

TEST_F(IndexFile, OfNothingIsAFileToo) {
    const Space space = Space::hyperbolic(12);
    VectorIndex index(space, byHand());
    ASSERT_TRUE(index.save(path(), 1).has_value());
    ASSERT_TRUE(index.load(path(), 1).has_value());
    EXPECT_EQ(index.size(), 0U);
}

TEST_F(IndexFile, OfOtherDataIsRefusedWithAReason) {
    const Space space = Space::hyperbolic(12);
    VectorIndex index(space, byHand());
    Reference reference(space);
    prepare(index, reference, 400);
    ASSERT_TRUE(index.save(path(), 5).has_value());
    const auto refused = [&](VectorIndex& other, std::uint64_t generation, const char* reason) {
        const auto loaded = other.load(path(), generation);
        return !loaded && loaded.error().code == ErrorCode::unusableInput &&
               loaded.error().sentence.find(reason) != std::string::npos;
    };
    EXPECT_TRUE(refused(index, 6, "changed since"));
    VectorIndex otherSpace(Space::hyperbolic(12, 2.0), byHand());
    EXPECT_TRUE(refused(otherSpace, 5, "another space"));
    VectorIndex otherDimension(Space::hyperbolic(11), byHand());
    EXPECT_TRUE(refused(otherDimension, 5, "another space"));
    IndexOptions options = byHand();
    options.graph.links = 8;
    VectorIndex otherShape(space, options);
    EXPECT_TRUE(refused(otherShape, 5, "other settings"));
    overwrite("not an index");
    EXPECT_TRUE(refused(index, 5, "not an index"));
    fs::remove(path());
    EXPECT_EQ(index.load(path(), 5).error().code, ErrorCode::notFound);
    EXPECT_EQ(index.size(), reference.points().size());
    EXPECT_EQ(index.search(reference.points().at(2), {1, {}, 0, {}}).value().front().key, 2U);
}

TEST_F(IndexFile, NoDamageGoesUnnoticed) {
    const Space space = Space::hyperbolic(4);
    VectorIndex index(space, byHand());
    Reference reference(space);
    prepare(index, reference, 150);
    ASSERT_TRUE(index.save(path(), 5).has_value());
    const std::string good = contents();
    Random random(6);
    VectorIndex target(space, byHand());
    const char* asked = std::getenv("SMIDGEN_DAMAGE_ROUNDS");
    const int rounds = asked != nullptr ? std::atoi(asked) : 600;
    for (int i = 0; i < rounds; ++i) {
        std::string bad = good;
        if (i % 4 == 3) {
            bad.resize(random.below(good.size()));
        } else {
            // Small files are mostly rows: every other flip goes to the header.
            const std::size_t reach = i % 4 == 0 ? 140 : good.size();
            bad[random.below(reach)] ^= static_cast<char>(1U << random.below(8));
        }
        overwrite(bad);
        const auto loaded = target.load(path(), 5);
        ASSERT_FALSE(loaded.has_value()) << i;
        EXPECT_EQ(loaded.error().code, ErrorCode::unusableInput);
    }
    EXPECT_EQ(target.size(), 0U);
    overwrite(good + "x");
    EXPECT_FALSE(target.load(path(), 5).has_value());
    overwrite(good);
    EXPECT_TRUE(target.load(path(), 5).has_value());
}

}  // namespace
}  // namespace smidgen::storage
