#include "storage/wavetable/resample.h"

#include "tests/storage/wavetable/material.h"

namespace smidgen::storage {
namespace {

using namespace testing;

TEST(Resample, KeepsConstantsAtEverySize) {
    const auto node = constantNode({37, 53, 2}, 4.5F);
    for (const NodeShape shape : {NodeShape{8, 8, 2}, NodeShape{37, 106, 2}, NodeShape{128, 53, 2},
                                  NodeShape{1, 1, 2}, NodeShape{500, 7, 2}}) {
        const auto changed = valueOf(resampled(node, shape));
        ASSERT_EQ(shape, changed->shape);
        for (const float value : changed->floats()) ASSERT_NEAR(4.5, value, 1e-5);
    }
}

TEST(Resample, DoublingIsLinearBetweenCentres) {
    const auto node = valueOf(makeNode({1, 4, 1}, std::vector<float>{0, 4, 8, 4}));
    const auto doubled = valueOf(resampled(node, {1, 8, 1}));
    const std::vector<float> expected{0, 1, 3, 5, 7, 7, 5, 4};
    EXPECT_LT(largestDifference(expected, doubled->floats()), 1e-6);
}

TEST(Resample, ShrinkingKeepsTheMeanAndDropsFineDetail) {
    std::vector<float> values(256);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = i % 2 == 0 ? 3.0F : 1.0F;
    const auto shrunk = valueOf(resampled(valueOf(makeNode({1, 256, 1}, values)), {1, 64, 1}));
    for (std::size_t i = 2; i + 2 < 64; ++i) EXPECT_NEAR(2, shrunk->values[i], 0.02);
}

TEST(Resample, OneChannelStandsInForSeveralButNotTwoForThree) {
    const auto node = noiseNode({4, 4, 1}, 1);
    const auto stereo = valueOf(resampled(node, {4, 4, 2}));
    for (std::size_t i = 0; i < 16; ++i) {
        EXPECT_EQ(node->values[i], stereo->values[2 * i]);
        EXPECT_EQ(node->values[i], stereo->values[2 * i + 1]);
    }
    expectRefused(resampled(stereo, {4, 4, 3}).error(), ErrorCode::invalidArgument);
}

TEST(Resample, TheSameShapeIsTheSameNode) {
    const auto node = noiseNode({4, 4, 1}, 1);
    EXPECT_EQ(node, valueOf(resampled(node, {4, 4, 1})));
}

TEST(Resample, AThumbnailKeepsTheProportions) {
    const auto picture = valueOf(thumbnail(constantNode({200, 100, 2}, 3), 64));
    EXPECT_EQ((NodeShape{64, 32, 1}), picture->shape);
    EXPECT_NEAR(3, picture->values[100], 1e-5);
    EXPECT_EQ((NodeShape{8, 4, 1}), valueOf(thumbnail(constantNode({8, 4, 1}, 3), 64))->shape);
}

}  // namespace
}  // namespace smidgen::storage
