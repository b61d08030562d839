// Where things lie: like beside like, inside the disc, the same every time.
#include "engine/map/disc_layout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/foundation/random.h"
#include "engine/map/group_tree.h"

namespace smidgen {
namespace {

constexpr std::size_t kDims = 40;

/// Clouds of clouds, as sounds are: `families` of them.
std::vector<float> families(std::size_t count, std::size_t families, std::uint64_t seed) {
    std::vector<float> centres(families * kDims);
    Random random(seed);
    for (float& value : centres) value = static_cast<float>(random.normal());
    std::vector<float> values(count * kDims);
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t d = 0; d < kDims; ++d)
            values[i * kDims + d] =
                centres[i % families * kDims + d] + static_cast<float>(0.3 * random.normal());
    return values;
}

std::vector<DiscPoint> scattered(std::size_t count) {
    Random random(9);
    std::vector<DiscPoint> places;
    for (std::size_t i = 0; i < count; ++i)
        places.push_back(
            std::polar(0.95 * std::sqrt(random.uniform()), random.uniform(0, 2 * std::numbers::pi)));
    return places;
}

double outermost(const std::vector<DiscPoint>& places) {
    double most = 0;
    for (const DiscPoint place : places) most = std::max(most, std::abs(place));
    return most;
}

TEST(DiscLayout, LikeLiesBesideLikeFarMoreThanByChance) {
    const auto values = families(600, 20, 1);
    const EmbeddingTable table{values, kDims};
    const auto places = discPlaces(table, {});
    ASSERT_TRUE(places);
    const LayoutFigures drawn = judgeLayout(table, *places, 10);
    const LayoutFigures chance = judgeLayout(table, scattered(600), 10);
    EXPECT_GT(drawn.kept, 0.35);
    EXPECT_GT(drawn.trustworthiness, 0.95);
    EXPECT_LT(chance.kept, 0.05);
    EXPECT_NEAR(chance.trustworthiness, 0.5, 0.05);
    const auto tree = treePlaces(table);
    ASSERT_TRUE(tree);
    EXPECT_GT(drawn.kept, judgeLayout(table, *tree, 10).kept);
}

TEST(DiscLayout, TheSameEveryTimeAndInsideTheDisc) {
    const auto values = families(500, 7, 2);
    const EmbeddingTable table{values, kDims};
    const auto once = discPlaces(table, {});
    const auto again = discPlaces(table, {});
    ASSERT_TRUE(once && again);
    EXPECT_EQ(*once, *again);
    EXPECT_LE(outermost(*once), kOutermost + 1e-12);
}

TEST(DiscLayout, TheGeneralStandsFurtherInThanTheSpecial) {
    auto values = families(400, 4, 3);
    for (std::size_t i = 0; i < 400; ++i)  // two fifths of the way to the rim for every tenth
        if (i % 10 == 0)
            for (std::size_t d = 0; d < kDims; ++d) values[i * kDims + d] *= 3.0F;
    const auto places = discPlaces({values, kDims}, {});
    ASSERT_TRUE(places);
    double special = 0, general = 0;
    for (std::size_t i = 0; i < 400; ++i) (i % 10 == 0 ? special : general) += std::abs((*places)[i]);
    EXPECT_GT(special / 40, general / 360 + 0.1);
}

TEST(DiscLayout, WhatIsKnownStaysAndTheNewComesBesideItsLike) {
    const auto values = families(300, 6, 4);
    const auto before = discPlaces({std::span(values).first(280 * kDims), kDims}, {});
    ASSERT_TRUE(before);
    std::vector<std::optional<DiscPoint>> known(300);
    for (std::size_t i = 0; i < 280; ++i) known[i] = (*before)[i];
    const EmbeddingTable table{values, kDims};
    const auto after = discPlaces(table, known);
    ASSERT_TRUE(after);
    double toOwn = 0, toAll = 0;
    for (std::size_t i = 0; i < 280; ++i) EXPECT_EQ((*after)[i], (*before)[i]);
    for (std::size_t i = 280; i < 300; ++i) {
        double own = 1e9, all = 0;
        for (std::size_t j = 0; j < 280; ++j) {
            const double gap = storage::discDistance((*after)[i], (*after)[j]);
            if (j % 6 == i % 6) own = std::min(own, gap);
            all += gap / 280;
        }
        toOwn += own / 20;
        toAll += all / 20;
    }
    EXPECT_LT(toOwn, 0.25 * toAll);
}

TEST(DiscLayout, AHundredThousandAreLaidOut) {
    const auto values = families(100'000, 2000, 5);
    const EmbeddingTable table{values, kDims};
    const auto places = discPlaces(table, {});
    ASSERT_TRUE(places);
    EXPECT_LE(outermost(*places), kOutermost + 1e-12);
    EXPECT_GT(judgeLayout(table, *places, 10, 20).trustworthiness, 0.9);
    EXPECT_LT(judgeLayout(table, scattered(100'000), 10, 20).trustworthiness, 0.6);
}

TEST(DiscLayout, ACancelledLayoutSaysSo) {
    const auto values = families(5000, 10, 6);
    CancelToken cancel;
    const auto places = discPlaces({values, kDims}, {}, cancel, [&](double share) {
        if (share > 0.3) cancel.cancel();
    });
    ASSERT_FALSE(places);
    EXPECT_EQ(places.error().code, ErrorCode::cancelled);
}

TEST(DiscLayout, FewAndTheSameAreNoProblem) {
    EXPECT_TRUE(discPlaces({{}, kDims}, {})->empty());
    const std::vector<float> same(30 * kDims, 1.0F);
    for (std::size_t count = 1; count <= 30; count += 7) {
        const auto places = discPlaces({std::span(same).first(count * kDims), kDims}, {});
        ASSERT_TRUE(places);
        for (const DiscPoint place : *places) EXPECT_TRUE(std::isfinite(std::abs(place)));
    }
}

TEST(Neighbours, AForestFindsNearlyAllThatAnExactSearchFinds) {
    const auto values = families(6000, 300, 7);
    const EmbeddingTable table{values, kDims};
    const auto graph = nearestOthers(table, 10);
    ASSERT_TRUE(graph);
    std::size_t hits = 0;
    for (std::size_t i = 0; i < 6000; i += 100) {
        std::vector<std::pair<float, std::uint32_t>> all;
        for (std::uint32_t j = 0; j < 6000; ++j)
            if (j != i) all.emplace_back(table.gap(i, j), j);
        std::partial_sort(all.begin(), all.begin() + 10, all.end());
        for (int n = 0; n < 10; ++n)
            hits += static_cast<std::size_t>(
                std::ranges::count(graph->of(i), all[static_cast<std::size_t>(n)].second));
    }
    EXPECT_GT(static_cast<double>(hits) / 600, 0.9);
}

TEST(MapGroups, HoldWhatBelongsTogether) {
    const auto values = families(200, 4, 8);
    const EmbeddingTable table{values, kDims};
    const auto places = discPlaces(table, {});
    const auto groups = groupsOf(table, *places, 5);
    ASSERT_TRUE(groups);
    ASSERT_FALSE(groups->empty());
    std::size_t pure = 0;
    for (const MapGroup& group : *groups) {
        EXPECT_GE(group.members.size(), 5U);
        EXPECT_LT(std::abs(group.centre), 1.0);
        bool one = true;
        for (const std::uint32_t member : group.members) one = one && member % 4 == group.members[0] % 4;
        pure += one ? 1 : 0;
    }
    EXPECT_GT(pure * 2, groups->size());
}

}  // namespace
}  // namespace smidgen
