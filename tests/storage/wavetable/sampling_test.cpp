#include "storage/wavetable/sampler.h"
#include "tests/storage/wavetable/material.h"

namespace smidgen::storage {
namespace {

using namespace testing;

constexpr NodeShape kSmall{3, 5, 2};

/// A function that is linear along each axis: trilinear sampling must give it exactly.
double trilinearTruth(double x, double y, double z, std::size_t i) {
    return 1 + 2 * x - 3 * y + 0.5 * z + 0.25 * x * y - 0.125 * y * z + 0.0625 * x * y * z +
           static_cast<double>(i);
}

std::unique_ptr<Cube> trilinearCube(const CubeLayout& layout) {
    return valueOf(Cube::dense(layout, kSmall, [](const GridPoint& p, std::span<float> out) {
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = static_cast<float>(trilinearTruth(p.x, p.y, p.z, i));
    }));
}

TEST(Sampling, TrilinearIsExactOnAFunctionLinearAlongEachAxis) {
    const auto cube = trilinearCube({.size = {4, 3, 5}});
    auto sampler = valueOf(Sampler::create(*cube));
    Random random(1);
    for (int i = 0; i < 2000; ++i) {
        const Coordinate at{random.uniform(0, 3), random.uniform(0, 2), random.uniform(0, 4)};
        const auto node = valueOf(sampler.sample(at));
        for (std::size_t j = 0; j < kSmall.count(); ++j)
            ASSERT_NEAR(trilinearTruth(at.x, at.y, at.z, j), node->values[j], 1e-5 * 40);
    }
}

TEST(Sampling, OnAGridPointGivesTheNodeItself) {
    const auto cube = trilinearCube({.size = {4, 3, 5}});
    auto sampler = valueOf(Sampler::create(*cube));
    for (const GridPoint p : {GridPoint{0, 0, 0}, GridPoint{3, 2, 4}, GridPoint{1, 2, 3}}) {
        const auto sampled = valueOf(sampler.sample({double(p.x), double(p.y), double(p.z)}));
        EXPECT_EQ(0, largestDifference(valueOf(cube->load(p))->floats(), sampled->floats()));
    }
}

TEST(Sampling, BilinearStaysOnTheNearestSlice) {
    const auto cube = trilinearCube({.size = {4, 3, 5}});
    for (std::uint32_t axis = 0; axis < 3; ++axis) {
        auto sampler =
            valueOf(Sampler::create(*cube, {.interpolation = Interpolation::bilinear, .sliceAxis = axis}));
        const auto node = valueOf(sampler.sample({1.3, 0.7, 2.6}));
        const double x = axis == 0 ? 1 : 1.3;
        const double y = axis == 1 ? 1 : 0.7;
        const double z = axis == 2 ? 3 : 2.6;
        EXPECT_NEAR(trilinearTruth(x, y, z, 4), node->values[4], 1e-4) << axis;
    }
}

TEST(Sampling, NearestGivesTheNearestNodeUnmixed) {
    const auto cube = trilinearCube({.size = {4, 3, 5}});
    auto sampler = valueOf(Sampler::create(*cube, {.interpolation = Interpolation::nearest}));
    const auto node = valueOf(sampler.sample({1.4, 0.6, 3.51}));
    EXPECT_EQ(0, largestDifference(valueOf(cube->load({1, 1, 4}))->floats(), node->floats()));
}

TEST(Sampling, OutsideIsClampedOrRefusedByChoice) {
    const auto cube = trilinearCube({.size = {4, 3, 5}});
    auto clamping = valueOf(Sampler::create(*cube));
    EXPECT_EQ(0, largestDifference(valueOf(clamping.sample({-2, 9, 4.5}))->floats(),
                                   valueOf(cube->load({0, 2, 4}))->floats()));
    auto strict = valueOf(Sampler::create(*cube, {.outside = OutsideRule::error}));
    const auto refused = strict.sample({0, 0, 4.01});
    ASSERT_FALSE(refused);
    expectRefused(refused.error(), ErrorCode::invalidArgument);
    EXPECT_TRUE(strict.sample({3, 2, 4}));
    EXPECT_FALSE(clamping.sample({std::nan(""), 0, 0}));
}

TEST(Sampling, GapsNeverFadeTowardsSilence) {
    const auto cube = valueOf(Cube::sparse({.size = {2, 2, 2}}));
    ASSERT_TRUE(cube->set({0, 0, 0}, constantNode(kSmall, 5)));
    ASSERT_TRUE(cube->set({1, 1, 0}, constantNode(kSmall, 5)));
    auto sampler = valueOf(Sampler::create(*cube));
    Random random(2);
    for (int i = 0; i < 500; ++i) {
        const auto node = valueOf(sampler.sample({random.uniform(), random.uniform(), random.uniform()}));
        for (const float value : node->floats()) ASSERT_NEAR(5, value, 1e-5);
    }
    // The very spots of the gaps, too.
    for (const double x : {0.0, 1.0}) {
        for (const double y : {0.0, 1.0}) {
            for (const double z : {0.0, 1.0})
                EXPECT_NEAR(5, valueOf(sampler.sample({x, y, z}))->values[0], 1e-5);
        }
    }
}

TEST(Sampling, PresentCornersShareTheWeightInProportion) {
    const auto cube = valueOf(Cube::sparse({.size = {2, 2, 1}}));
    ASSERT_TRUE(cube->set({0, 0, 0}, constantNode(kSmall, 1)));
    ASSERT_TRUE(cube->set({1, 0, 0}, constantNode(kSmall, 3)));
    ASSERT_TRUE(cube->set({1, 1, 0}, constantNode(kSmall, 11)));
    auto sampler = valueOf(Sampler::create(*cube));
    const double w00 = 0.75 * 0.6;
    const double w10 = 0.25 * 0.6;
    const double w11 = 0.25 * 0.4;
    const double expected = (1 * w00 + 3 * w10 + 11 * w11) / (w00 + w10 + w11);
    EXPECT_NEAR(expected, valueOf(sampler.sample({0.25, 0.4, 0}))->values[0], 1e-5);
}

TEST(Sampling, FarFromEveryNodeIsRefusedInWords) {
    const auto cube = valueOf(Cube::sparse({.size = {9, 9, 9}}));
    ASSERT_TRUE(cube->set({0, 0, 0}, constantNode(kSmall, 1)));
    auto sampler = valueOf(Sampler::create(*cube));
    const auto refused = sampler.sample({7.5, 7.5, 7.5});
    ASSERT_FALSE(refused);
    expectRefused(refused.error(), ErrorCode::notFound);
    const auto empty = valueOf(Cube::sparse({}));
    EXPECT_FALSE(Sampler::create(*empty));
}

TEST(Sampling, NodesOfDifferentSizesMeetOnACommonGrid) {
    const auto cube = valueOf(Cube::sparse({.size = {2, 1, 1}}));
    ASSERT_TRUE(cube->set({0, 0, 0}, constantNode({8, 8, 1}, 2)));
    ASSERT_TRUE(cube->set({1, 0, 0}, constantNode({16, 4, 2}, 6)));
    auto sampler = valueOf(Sampler::create(*cube));
    EXPECT_EQ((NodeShape{16, 8, 2}), sampler.shape());
    const auto node = valueOf(sampler.sample({0.25, 0, 0}));
    for (const float value : node->floats()) EXPECT_NEAR(3, value, 1e-5);
}

TEST(Sampling, BatchAndRowEqualSingleSamples) {
    const auto cube = trilinearCube({.size = {4, 3, 5}});
    auto sampler = valueOf(Sampler::create(*cube));
    const std::vector<Coordinate> corners{{0, 0, 0}, {3, 2, 4}, {3, 0, 0}};
    const auto places = valueOf(alongPath(corners, 40));
    std::vector<float> batch(places.size() * kSmall.count());
    ASSERT_TRUE(sampler.sampleBatch(places, batch));
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto single = valueOf(sampler.sample(places[i]));
        const std::span<const float> whole(batch.data() + i * kSmall.count(), kSmall.count());
        ASSERT_EQ(0, largestDifference(single->floats(), whole));
        std::vector<float> row(kSmall.rowCount());
        ASSERT_TRUE(sampler.sampleRow(places[i], 1, row));
        ASSERT_EQ(0, largestDifference(row, whole.subspan(kSmall.rowCount(), kSmall.rowCount())));
    }
}

TEST(Sampling, APathIsWalkedAtEqualSteps) {
    const std::vector<Coordinate> corners{{0, 0, 0}, {3, 0, 0}, {3, 0, 0}, {3, 1, 0}};
    const auto places = valueOf(alongPath(corners, 9));
    EXPECT_EQ(0, places.front().x);
    EXPECT_EQ(1, places.back().y);
    for (std::size_t i = 1; i < places.size(); ++i)
        EXPECT_NEAR(0.5, std::hypot(places[i].x - places[i - 1].x, places[i].y - places[i - 1].y), 1e-12);
    EXPECT_FALSE(alongPath({}, 3));
}

TEST(Sampling, APlaneCoversTheOtherTwoAxes) {
    const auto places = valueOf(overPlane({.size = {4, 3, 5}}, 1, 1.5, 2, 3));
    ASSERT_EQ(6U, places.size());
    EXPECT_EQ(0, places[0].x);
    EXPECT_EQ(1.5, places[0].y);
    EXPECT_EQ(2, places[1].z);
    EXPECT_EQ(3, places[5].x);
    EXPECT_EQ(4, places[5].z);
}

TEST(Cube, ReplacingANodeLeavesWhatWasHandedOutAlone) {
    const auto cube = trilinearCube({.size = {2, 1, 1}});
    const auto before = valueOf(cube->load({0, 0, 0}));
    const float first = before->values[0];
    ASSERT_TRUE(cube->set({0, 0, 0}, constantNode(kSmall, 99)));
    EXPECT_EQ(first, before->values[0]);
    EXPECT_EQ(99, valueOf(cube->load({0, 0, 0}))->values[0]);
}

TEST(Cube, CountsNamesAndRefuses) {
    const auto cube = valueOf(Cube::sparse({.size = {2, 2, 2}}));
    EXPECT_EQ("Timbre", cube->layout().axes[0]);
    ASSERT_TRUE(cube->nameAxes({"Bow", "Air", "Wood"}));
    EXPECT_EQ("Wood", cube->layout().axes[2]);
    EXPECT_FALSE(cube->nameAxes({"Bow", "", "Wood"}));
    ASSERT_TRUE(cube->set({1, 1, 1}, constantNode({8, 8, 1}, 1)));
    EXPECT_EQ(1U, cube->nodeCount());
    EXPECT_EQ(256U, cube->bytes());
    expectRefused(cube->set({2, 0, 0}, constantNode({8, 8, 1}, 1)).error(), ErrorCode::invalidArgument);
    expectRefused(cube->load({0, 0, 0}).error(), ErrorCode::notFound);
    ASSERT_TRUE(cube->erase({1, 1, 1}));
    EXPECT_FALSE(cube->erase({1, 1, 1}));
    EXPECT_FALSE(Cube::sparse({.size = {0, 1, 1}}));
    EXPECT_FALSE(Cube::sparse({.size = {1024, 1024, 2}}));
    EXPECT_FALSE(makeNode({4097, 1, 1}, {}));
    EXPECT_FALSE(makeNode({2, 2, 1}, std::vector<float>(3)));
}

}  // namespace
}  // namespace smidgen::storage
