// Names for what the numbers of vectors mean.
#include "storage/blocks/vector_spaces.h"

#include <gtest/gtest.h>

#include "storage/blocks/maintenance.h"
#include "storage/blocks/store_core.h"
#include "tests/storage/blocks/fault_script.h"
#include "tests/storage/blocks/store_folder.h"

namespace smidgen::storage {
namespace {

using testing::codeOf;
using testing::draft;
using testing::kAda;
using testing::openStore;
using testing::StoreFolder;

BlockDraft with(const std::string& space, std::vector<float> values) {
    BlockDraft made = draft("block");
    made.vectors = {{space, std::move(values)}};
    return made;
}

TEST(VectorSpaces, HoldTheVectorsOfTheirName) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    const VectorSpace ball{"ball", Space::hyperbolic(3), Chart::ball};
    ASSERT_TRUE(defineSpace(*store, ball));
    ASSERT_TRUE(defineSpace(*store, ball)) << "again";
    const BlockId id = testing::putOne(*store, with("ball", {0.1F, 0.2F, 0.3F}));
    EXPECT_EQ(codeOf(store->put(kAda, with("ball", {0.1F, 0.2F}))), ErrorCode::invalidArgument);
    EXPECT_EQ(codeOf(store->put(kAda, with("ball", {0.9F, 0.9F, 0.9F}))), ErrorCode::invalidArgument);
    EXPECT_TRUE(store->put(kAda, with("other", {0.9F}))) << "has no definition yet";
    BlockEdit edit;
    edit.vectors = std::vector<BlockVector>{{"ball", {2.0F, 0.0F, 0.0F}}};
    EXPECT_EQ(codeOf(store->edit(kAda, id, 0, edit)), ErrorCode::invalidArgument);
    EXPECT_EQ(codeOf(defineSpace(*store, {"ball", Space::hyperbolic(4), Chart::ball})), ErrorCode::conflict);
    EXPECT_EQ(codeOf(defineSpace(*store, {"other", Space::hyperbolic(2), Chart::ball})), ErrorCode::conflict)
        << "the vector that is there has one number";
    EXPECT_EQ(codeOf(defineSpace(*store, {"", Space::hyperbolic(2), Chart::ball})),
              ErrorCode::invalidArgument);
    EXPECT_EQ(definedSpaces(*store)->size(), 1U);
}

TEST(VectorSpaces, SurviveARestartAndARepairAndShowDamage) {
    StoreFolder folder;
    const VectorSpace mixed{
        "mixed", *Space::create({{FactorKind::hyperbolic, 4, 0.5}, {FactorKind::spherical, 2, 1.0}}),
        Chart::tangent};
    {
        auto store = openStore(folder.path());
        ASSERT_TRUE(defineSpace(*store, mixed));
        ASSERT_TRUE(defineSpace(*store, {"flat", *Space::create({{FactorKind::euclidean, 2, 1.0}})}));
    }
    ASSERT_TRUE(repairStore(folder.path(), testing::quietOptions()));
    {
        auto store = openStore(folder.path());
        auto spaces = definedSpaces(*store);
        ASSERT_TRUE(spaces);
        ASSERT_EQ(spaces->size(), 2U);
        EXPECT_EQ((*spaces)[1], mixed);
        EXPECT_TRUE(verifyStore(*store)->isSound());
    }
    {
        auto raw = Connection::open(databaseOf(folder.path()), OpenMode::readWrite);
        ASSERT_TRUE(raw->execute("UPDATE space SET name = 'renamed' WHERE name = 'flat'"));
    }
    {
        auto store = openStore(folder.path());
        EXPECT_FALSE(verifyStore(*store)->isSound());
    }
    auto report = repairStore(folder.path(), testing::quietOptions());
    ASSERT_TRUE(report);
    EXPECT_EQ(report->lost.size(), 1U);
    EXPECT_TRUE(verifyStore(*openStore(folder.path()))->isSound());
}

TEST(VectorSpaces, KeepDistancesThroughSinglePrecision) {
    const VectorSpace space{"deep", Space::hyperbolic(12), Chart::tangent};
    Random random(9);
    for (int round = 0; round < 300; ++round) {
        std::vector<double> a(12), b(12);
        const double radius = 0.5 + 7.5 * random.uniform();
        double norm = 0.0;
        for (double& x : a) {
            x = random.normal();
            norm += x * x;
        }
        for (std::size_t i = 0; i < 12; ++i) {
            a[i] *= radius / std::sqrt(norm);
            b[i] = a[i] * 0.9;
        }
        const auto exactA = space.space.pack(Chart::tangent, a), exactB = space.space.pack(Chart::tangent, b);
        const auto throughA = pointOf(space, valuesOf(space, exactA->point));
        const auto throughB = pointOf(space, valuesOf(space, exactB->point));
        const double exact = space.space.distance(exactA->point, exactB->point);
        EXPECT_NEAR(space.space.distance(*throughA, *throughB), exact, 1e-3 * exact) << radius;
    }
}

}  // namespace
}  // namespace smidgen::storage
