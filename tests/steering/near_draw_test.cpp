#include "engine/steering/near_draw.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace smidgen {
namespace {

const std::vector<double> kUsual{3, 1, 2, 2, 0, 2};
const std::vector<double> kShares{0.1, 0.3, 0.2, 0.1, 0.1, 0.2};

std::size_t drawUsual(Random& random) {
    double left = 10 * random.uniform();
    for (std::size_t i = 0; i < kUsual.size(); ++i)
        if ((left -= kUsual[i]) < 0) return i;
    return kUsual.size() - 1;
}

TEST(NearDraw, IsDistributedAsTheSharesSayAndSeldomAnother) {
    constexpr int kDraws = 200000;
    std::vector<double> found(kUsual.size());
    double changed = 0;
    Random random(5);
    for (int draw = 0; draw < kDraws; ++draw) {
        const std::size_t drawn = drawUsual(random);
        const std::size_t near =
            drawNear(drawn, kUsual, kShares, Random(mixSeed(7, static_cast<std::uint64_t>(draw))));
        found[near] += 1.0 / kDraws;
        if (near != drawn) changed += 1.0 / kDraws;
    }
    double apart = 0;  // total variation
    for (std::size_t i = 0; i < kShares.size(); ++i) {
        EXPECT_NEAR(kShares[i], found[i], 0.004) << i;
        apart += std::max(0.0, kShares[i] - kUsual[i] / 10);
    }
    EXPECT_GE(changed, apart - 0.004);
    EXPECT_LE(changed, 2 * apart / (1 + apart) + 0.004);
}

TEST(NearDraw, EqualSharesChangeNothing) {
    std::vector<double> halves = kUsual;
    for (double& share : halves) share /= 2;
    Random random(3);
    for (std::uint64_t draw = 0; draw < 1000; ++draw) {
        const std::size_t drawn = drawUsual(random);
        EXPECT_EQ(drawn, drawNear(drawn, kUsual, halves, Random(draw)));
    }
}

TEST(NearDraw, AsSharesMoveOnTheAnswerMovesOnOnce) {
    // One item's share grows: whoever goes over to it stays there.
    Random random(9);
    for (std::uint64_t draw = 0; draw < 300; ++draw) {
        const std::size_t drawn = drawUsual(random);
        int changes = 0;
        std::size_t before = drawn;
        for (double more = 0; more < 40; more += 0.5) {
            std::vector<double> shares = kUsual;
            shares[1] += more;
            const std::size_t now = drawNear(drawn, kUsual, shares, Random(mixSeed(11, draw)));
            changes += now != before;
            EXPECT_TRUE(now == before || now == 1);
            before = now;
        }
        EXPECT_LE(changes, 1);
    }
}

TEST(NearDraw, WhatHasNoShareIsNotDrawn) {
    const std::vector<double> shares{0, 0, 0, 1, 0, 0};
    for (std::uint64_t draw = 0; draw < 100; ++draw) EXPECT_EQ(3U, drawNear(0, kUsual, shares, Random(draw)));
}

}  // namespace
}  // namespace smidgen
