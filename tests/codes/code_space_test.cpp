// Distances, tints and usage of codes.
#include "engine/codes/code_space.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/analysis/principal_axes.h"
#include "engine/codes/code_usage.h"
#include "tests/codes/made_up_codes.h"

namespace smidgen {
namespace {

using namespace testing;

double turnsApart(double a, double b) {
    const double apart = std::abs(a - b);
    return std::min(apart, 1 - apart);
}

TEST(CodeSpace, KnowsChordsOfTheCircle) {
    const CodeSpace space = circleSpace();
    EXPECT_EQ(space.levels(), kLevels);
    EXPECT_EQ(space.codebookSize(), kCodes);
    EXPECT_NEAR(space.distance(0, 0, 1), 2 * std::sin(std::numbers::pi / 8), 1e-6);
    EXPECT_NEAR(space.distance(0, 0, 4), 2, 1e-6);
    EXPECT_EQ(space.neighbours(1, 6).front(), 6);
    EXPECT_EQ(space.neighbours(1, 6).back(), 2);
    EXPECT_EQ(space.between(0, 0, 4, 0.3).code, 0) << "nothing lies between opposite codes but they";
}

TEST(CodeSpace, ACodeComesBeforeItsDoubles) {
    const CodeSpace space({{1, 0, 1, 0, 0, 1}}, 2, {{1, 0, 1, 0, 0, 1}}, 2);
    EXPECT_EQ(space.neighbours(0, 1)[0], 1);
    EXPECT_EQ(space.neighbours(0, 1)[1], 0);
    EXPECT_EQ(space.between(0, 1, 1, 0.5).code, 1);
}

TEST(CodeSpace, TintsGoEvenlyRoundAndNeighboursAreAlike) {
    const CodeSpace space = circleSpace();
    std::vector<double> hues;
    for (int code = 0; code < kCodes; ++code) {
        hues.push_back(space.tint(0, code).hue);
        EXPECT_NEAR(turnsApart(space.tint(0, code).hue, space.tint(0, (code + 1) % kCodes).hue), 1.0 / kCodes,
                    1e-9)
            << "an eighth of a turn of sound is an eighth of a turn of hue";
    }
    std::ranges::sort(hues);
    for (int i = 0; i < kCodes; ++i) EXPECT_NEAR(hues[static_cast<std::size_t>(i)], i / 8.0, 1e-9);
}

TEST(CodeSpace, LatentsAreSumsOfTheLevelsHeard) {
    const CodeSpace space = circleSpace();
    const models::MelCodes codes{3, {0, 2, 4, 1, 1, 1}, {7}};
    const models::Latents all = space.latents(codes, {true, true, true}, 0, 2);
    EXPECT_NEAR(all.z[0], 10 + 0 - 10, 1e-5);
    EXPECT_NEAR(all.z[1], 0 + 10 + 0, 1e-5);
    EXPECT_NEAR(all.z[2], 30 * std::sqrt(0.5), 1e-4);
    EXPECT_EQ(all.g, codes.g);
    const models::Latents some = space.latents(codes, {false, true, false}, 0, 1);
    EXPECT_NEAR(some.z[0], 0, 1e-5);
    EXPECT_NEAR(some.z[1], 10, 1e-5);
}

TEST(PrincipalAxes, AreThoseOfALongFlatCloud) {
    // Points along (3, 4) / 5 with a little across: known by construction.
    std::vector<float> points;
    for (int i = -10; i <= 10; ++i) {
        const float across = i % 2 == 0 ? 0.5F : -0.5F;
        points.push_back(static_cast<float>(i) * 0.6F - 0.8F * across + 5);
        points.push_back(static_cast<float>(i) * 0.8F + 0.6F * across - 2);
    }
    const auto places = projectOnPrincipalAxes(points, 2, 3);
    for (int i = -10; i <= 10; ++i)
        EXPECT_NEAR(places[static_cast<std::size_t>(3 * (i + 10))], i, 0.05) << "the long axis";
    EXPECT_EQ(places[2], 0) << "there is no third";
}

TEST(CodeUsage, CountsSharesAndHealth) {
    CodeUsage usage(2, 4);
    usage.add({2, {0, 1, 0, 1, 2, 1, 3, 1}, {}});
    usage.add({3, {0, 0, 0}, {}});  // of another model
    EXPECT_EQ(usage.frames, 4);
    EXPECT_EQ(usage.share(0, 0), 0.5);
    const auto health = usage.health();
    EXPECT_EQ(health[0].deadCodes, 1);
    EXPECT_EQ(health[0].usage, 0.75);
    // Shares of 1/2, 1/4, 1/4: e to the entropy is 2^1.5.
    EXPECT_NEAR(health[0].perplexity, std::pow(2, 1.5), 1e-9);
    EXPECT_NEAR(health[1].perplexity, 1, 1e-9);
}

}  // namespace
}  // namespace smidgen
