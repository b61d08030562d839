#include "engine/steering/tilted_draw.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "engine/foundation/random.h"

namespace smidgen {
namespace {

/// Sounds whose second attribute follows the first.
std::vector<Attributes> sounds(std::size_t count) {
    Random random(4);
    std::vector<Attributes> all(count);
    for (Attributes& each : all) {
        for (double& value : each.values) value = random.normal();
        each.values[1] = 0.8 * each.values[0] + 0.6 * each.values[1];
    }
    return all;
}
double mean(const std::vector<Attributes>& items, const std::vector<double>& shares, std::size_t attribute) {
    double sum = 0;
    for (std::size_t i = 0; i < items.size(); ++i) sum += shares[i] * items[i].values[attribute];
    return sum;
}
DrawTarget target(std::size_t attribute, double wanted) {
    DrawTarget target;
    target.deviation.fill(1);
    target.wanted[attribute] = wanted;
    return target;
}

TEST(TiltedDraw, OneAttributeMovesAndTheOthersStay) {
    const auto items = sounds(200);
    const std::vector<double> even(items.size(), 1.0), before(items.size(), 1.0 / 200);
    const double was = mean(items, before, 0);
    const auto shares = tiltedShares(items, even, target(0, was + 1));
    EXPECT_NEAR(1, std::accumulate(shares.begin(), shares.end(), 0.0), 1e-9);
    EXPECT_NEAR(was + 1, mean(items, shares, 0), 0.1);
    for (std::size_t a = 1; a < kAttributeCount; ++a)
        EXPECT_NEAR(mean(items, before, a), mean(items, shares, a), 0.1) << a;
}

TEST(TiltedDraw, NothingWantedChangesNothing) {
    const auto items = sounds(20);
    std::vector<double> weights(items.size());
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = 1.0 + static_cast<double>(i % 3);
    DrawTarget none;
    none.deviation.fill(1);
    const auto shares = tiltedShares(items, weights, none);
    const double whole = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (std::size_t i = 0; i < weights.size(); ++i) EXPECT_NEAR(weights[i] / whole, shares[i], 1e-6);
}

TEST(TiltedDraw, WhatCannotBeReachedIsApproached) {
    const auto items = sounds(12);
    const auto shares = tiltedShares(items, std::vector<double>(12, 1.0), target(3, 100));
    double highest = -1e9;
    for (const Attributes& item : items) highest = std::max(highest, item.values[3]);
    EXPECT_GT(mean(items, shares, 3), highest - 0.3);
    for (const double share : shares) EXPECT_TRUE(std::isfinite(share) && share >= 0);
    EXPECT_EQ(1U, tiltedShares(sounds(1), std::vector<double>{1.0}, target(0, 5)).size());
    EXPECT_TRUE(tiltedShares({}, {}, target(0, 5)).empty());
}

}  // namespace
}  // namespace smidgen
