#include "engine/generation/latent_path.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/foundation/random.h"

namespace smidgen {
namespace {

constexpr int kDims = 4;

/// A slow sine in every dimension, each anchor with its own speed and level.
std::vector<models::Latents> smoothAnchors(int count, int frames) {
    std::vector<models::Latents> anchors;
    for (int a = 0; a < count; ++a) {
        models::Latents anchor;
        anchor.latentDims = kDims;
        for (int t = 0; t < frames; ++t) {
            for (int d = 0; d < kDims; ++d)
                anchor.z.push_back(static_cast<float>(std::sin(0.02 * (a + 1) * t + d)));
        }
        anchor.g = {static_cast<float>(a), static_cast<float>(-a)};
        anchors.push_back(std::move(anchor));
    }
    return anchors;
}

const std::vector<float> kSpread(kDims, 1.0F);

double largestStep(const models::Latents& path) {
    double largest = 0;
    for (std::size_t i = kDims; i < path.z.size(); ++i) {
        largest = std::max(largest, static_cast<double>(std::abs(path.z[i] - path.z[i - kDims])));
    }
    return largest;
}

TEST(LatentPath, HasOneRowOfZAndGForEveryFrame) {
    const auto path = walkLatents(smoothAnchors(3, 100), kSpread, {Frames(777), 23.4375, 1.0, 5, 6});
    EXPECT_EQ(path.frames().value, 777);
    EXPECT_EQ(path.g.size(), 777U * 2);
}

TEST(LatentPath, SameSeedsRepeatOtherSeedsDiffer) {
    const auto anchors = smoothAnchors(3, 100);
    const LatentPathSettings settings{Frames(300), 23.4375, 1.0, 5, 6};
    const auto path = walkLatents(anchors, kSpread, settings);
    EXPECT_EQ(path.z, walkLatents(anchors, kSpread, settings).z);
    LatentPathSettings other = settings;
    other.seed = 7;
    EXPECT_NE(path.z, walkLatents(anchors, kSpread, other).z);
}

TEST(LatentPath, SharesSayWhichAnchorsAreFollowedAndEvenOnesChangeNothing) {
    const auto anchors = smoothAnchors(4, 100);
    LatentPathSettings settings{Frames(400), 23.4375, 0.0, 5, 6};
    const auto usual = walkLatents(anchors, kSpread, settings);
    settings.shares.assign(4, 0.25);
    const auto even = walkLatents(anchors, kSpread, settings);
    EXPECT_EQ(usual.g, even.g);
    EXPECT_EQ(usual.z, even.z);
    settings.shares = {0, 0, 1, 0};
    const auto third = walkLatents(anchors, kSpread, settings);
    for (std::size_t i = 0; i < third.g.size(); i += 2) EXPECT_FLOAT_EQ(2.0F, third.g[i]);
}

TEST(LatentPath, SharesOnlyChangeWhatMustDiffer) {
    // Anchors of one length, so that a gesture that is another does not move those after it.
    const auto anchors = smoothAnchors(5, 40);
    LatentPathSettings settings{Frames(20000), 23.4375, 0.0, 5, 6};
    const auto usual = walkLatents(anchors, kSpread, settings);
    settings.shares = {0.3, 0.175, 0.175, 0.175, 0.175};
    const auto tilted = walkLatents(anchors, kSpread, settings);
    double other = 0;
    for (std::size_t i = 0; i < usual.g.size(); i += 2) other += usual.g[i] != tilted.g[i];
    other /= static_cast<double>(usual.g.size()) / 2;
    EXPECT_GT(other, 0.04) << "a tenth must differ";
    EXPECT_LT(other, 0.25) << "and little more does: a fifth of the gestures, and where they overlap";
}

/// Frames between the beginnings of gestures: of anchors that are 1 in their first frame and 0 after it.
std::vector<double> spacings(const WalkRhythm& rhythm) {
    std::vector<models::Latents> anchors;
    for (const int frames : {13, 29, 47, 62}) {
        models::Latents anchor;
        anchor.latentDims = 1;
        anchor.z.assign(static_cast<std::size_t>(frames), 0.0F);
        anchor.z[0] = anchor.z[1] = anchor.z[2] = anchor.z[3] = 1.0F;
        anchors.push_back(std::move(anchor));
    }
    LatentPathSettings settings{Frames(6000), 48, 0.0, 7, 8};
    settings.rhythm = rhythm;
    const auto path = walkLatents(anchors, {}, settings);
    std::vector<double> found;
    double last = 0;
    for (std::size_t t = 1; t < path.z.size(); ++t)
        if (path.z[t] > 0 && path.z[t - 1] == 0) {
            found.push_back(static_cast<double>(t) - last);
            last = static_cast<double>(t);
        }
    return found;
}

TEST(LatentPath, GesturesFollowAsFastAndAsRegularlyAsAsked) {
    const auto usual = spacings({}), twice = spacings({2, 0}), grid = spacings({1, 1}),
               uneven = spacings({1, -1});
    EXPECT_NEAR(2.0, static_cast<double>(twice.size()) / static_cast<double>(usual.size()), 0.15);
    for (std::size_t i = 1; i < grid.size(); ++i) EXPECT_EQ(0, std::fmod(grid[i], 24.0)) << i;
    const auto unevenness = [](const std::vector<double>& all) {
        double mean = 0, square = 0;
        for (const double each : all) mean += each / static_cast<double>(all.size());
        for (const double each : all)
            square += (each - mean) * (each - mean) / static_cast<double>(all.size());
        return std::sqrt(square) / mean;
    };
    EXPECT_GT(unevenness(uneven), 1.25 * unevenness(usual));
    EXPECT_LT(unevenness(grid), 1.01 * unevenness(usual));
}

TEST(LatentPath, NoiseSeedAloneKeepsTheGestures) {
    const auto anchors = smoothAnchors(3, 100);
    const auto a = walkLatents(anchors, kSpread, {Frames(300), 23.4375, 0.5, 5, 6});
    const auto b = walkLatents(anchors, kSpread, {Frames(300), 23.4375, 0.5, 5, 99});
    EXPECT_EQ(a.g, b.g);
    EXPECT_NE(a.z, b.z);
}

TEST(LatentPath, WithoutVariationItFollowsOneAnchorExactly) {
    const auto anchors = smoothAnchors(1, 30);
    const auto path = walkLatents(anchors, kSpread, {Frames(26), 23.4375, 0.0, 1, 1});
    for (std::size_t i = 0; i < path.z.size(); ++i) ASSERT_FLOAT_EQ(path.z[i], anchors[0].z[i]);
}

TEST(LatentPath, JoinsOfGesturesAreNoLargerThanACrossFadeAllows) {
    const auto anchors = smoothAnchors(4, 40);
    const auto path = walkLatents(anchors, kSpread, {Frames(2000), 23.4375, 0.0, 3, 1});
    // Values lie in ±1: an unfaded join may step by 2; faded over four frames the steepest part of the ramp
    // is 0.30.
    EXPECT_LT(largestStep(path), 2 * 0.30 + 0.1);
}

TEST(LatentPath, NoiseHasTheAskedSpread) {
    models::Latents still;
    still.latentDims = kDims;
    still.z.assign(100 * kDims, 0.0F);
    still.g = {0.0F};
    const auto path = walkLatents({still}, kSpread, {Frames(20000), 23.4375, 1.0, 3, 1});
    double sum = 0;
    for (const float z : path.z) sum += static_cast<double>(z) * z;
    EXPECT_NEAR(std::sqrt(sum / static_cast<double>(path.z.size())), 0.12, 0.01);
}

TEST(LatentPath, ShortestAnchorAndOneFrameWork) {
    models::Latents blip;
    blip.latentDims = kDims;
    blip.z.assign(kDims, 0.5F);
    blip.g = {1.0F};
    const auto path = walkLatents({blip}, kSpread, {Frames(1), 23.4375, 2.0, 3, 1});
    EXPECT_EQ(path.frames().value, 1);
    EXPECT_TRUE(std::ranges::all_of(path.z, [](float z) { return std::isfinite(z); }));
}

TEST(LatentPath, NoAnchorsGiveAnEmptyPath) {
    EXPECT_TRUE(walkLatents({}, kSpread, {Frames(10), 23.4375, 1.0, 3, 1}).z.empty());
}

}  // namespace
}  // namespace smidgen
