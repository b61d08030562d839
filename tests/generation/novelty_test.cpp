#include "engine/generation/novelty.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "engine/foundation/random.h"

namespace smidgen {
namespace {

/// `frames` of one level everywhere but in one group of four bands, which is louder by `decibels`.
LogMel toneMel(int group, int frames, double decibels = 40) {
    LogMel mel{128, std::vector<float>(static_cast<std::size_t>(frames) * 128, -6.0F)};
    for (std::size_t t = 0; t < static_cast<std::size_t>(frames); ++t)
        for (std::size_t b = 0; b < 4; ++b)
            mel.values[t * 128 + 4 * static_cast<std::size_t>(group) + b] +=
                static_cast<float>(decibels / 20 * std::numbers::ln10);
    return mel;
}

/// Random columns that change all the time: no two are alike.
LogMel noiseMel(std::uint64_t seed, int frames) {
    Random random(seed);
    LogMel mel{128, {}};
    for (int i = 0; i < frames * 128; ++i) mel.values.push_back(static_cast<float>(random.uniform(-6, -2)));
    return mel;
}

TEST(NoveltyTest, DistanceIsTheMeanDifferenceInUnitsOfTwentyDecibels) {
    // Two tones of 40 dB in different groups differ by 2 in two of 32 groups: 2 · 2 / 32.
    NoveltyIndex index;
    index.add("low", toneMel(3, 48));
    const auto nearest = index.nearest(toneMel(20, 48));
    ASSERT_EQ(nearest.distances.size(), 1U);
    EXPECT_NEAR(nearest.mean, 4.0 / 32, 1e-6);
    EXPECT_EQ(nearest.source, "low");
}

TEST(NoveltyTest, CopyIsFoundWhereverItStandsInItsSource) {
    NoveltyIndex index;
    index.add("other", noiseMel(1, 400));
    index.add("source", noiseMel(2, 400));
    const LogMel source = noiseMel(2, 400);
    // From a place on the grid that is searched.
    const LogMel piece{128, {source.values.begin() + 120 * 128, source.values.begin() + 260 * 128}};
    const auto nearest = index.nearest(piece);
    EXPECT_EQ(nearest.source, "source");
    EXPECT_LT(nearest.mean, 0.02);
    EXPECT_EQ(nearest.distances.size(), 4U);
    EXPECT_GT(index.nearest(piece, "source").mean, 10 * nearest.mean);
}

TEST(NoveltyTest, SilenceHasNoWindows) {
    const LogMel silence{128, std::vector<float>(200 * 128, kLogMelFloor)};
    EXPECT_EQ(windowsOf(silence, 12).count(), 0U);
    EXPECT_EQ(windowsOf(LogMel{128, {}}, 12).count(), 0U);
    NoveltyIndex index;
    index.add("tone", toneMel(3, 48));
    EXPECT_TRUE(index.nearest(silence).distances.empty());
}

TEST(NoveltyTest, WhatLiesEightyDecibelsBelowTheLoudestIsNotHeard) {
    LogMel loud = toneMel(5, 48, 60), quiet = loud;
    for (std::size_t i = 0; i < loud.values.size(); ++i)
        if (i % 128 >= 64) {
            loud.values[i] = -9.2F;
            quiet.values[i] = -10.5F;
        }
    for (float& value : loud.values) value += 3;
    for (float& value : quiet.values) value += 3;
    NoveltyIndex index;
    index.add("loud", loud);
    EXPECT_LT(index.nearest(quiet).mean, 0.03);
}

TEST(NoveltyTest, ScaleIsMeanAndFirstPercentile) {
    std::vector<double> distances;
    for (int i = 100; i >= 0; --i) distances.push_back(i);
    const NoveltyScale scale = noveltyScaleOf(distances);
    EXPECT_NEAR(scale.heldOutMean, 50, 1e-9);
    EXPECT_NEAR(scale.copyBelow, 1, 1e-9);
    EXPECT_EQ(noveltyScaleOf({}), NoveltyScale{});
}

TEST(NoveltyTest, CopiesAreFlaggedAndNewSoundsAreNot) {
    NoveltyIndex training;
    for (std::uint64_t i = 0; i < 4; ++i) training.add("sound " + std::to_string(i), noiseMel(i, 300));
    std::vector<double> heldOut;
    for (std::uint64_t i = 10; i < 13; ++i)
        for (const double one : training.nearest(noiseMel(i, 300)).distances) heldOut.push_back(one);
    const NoveltyScale scale = noveltyScaleOf(heldOut);
    const NoveltyReport copy = noveltyOf(noiseMel(2, 300), training, scale);
    EXPECT_TRUE(copy.copied());
    EXPECT_EQ(copy.closest, "sound 2");
    EXPECT_LT(copy.novelty, 0.1);
    const NoveltyReport fresh = noveltyOf(toneMel(9, 300), training, scale);
    EXPECT_FALSE(fresh.copied());
    EXPECT_GT(fresh.novelty, 0.8);
}

TEST(NoveltyTest, DiversityComparesTheSpreadOfTakesAndTraining) {
    NoveltyIndex training, varied, alike;
    for (int i = 0; i < 4; ++i) {
        training.add("t", toneMel(4 + 6 * i, 96));
        varied.add("v", toneMel(5 + 6 * i, 96));
        alike.add("a", toneMel(5, 96));
    }
    EXPECT_NEAR(training.spread(), 4.0 / 32, 1e-6);
    EXPECT_NEAR(diversityOf(varied, training), 1, 1e-5);
    EXPECT_NEAR(diversityOf(alike, training), 0, 1e-6);
    EXPECT_EQ(diversityOf(NoveltyIndex{}, training), 0);
}

}  // namespace
}  // namespace smidgen
