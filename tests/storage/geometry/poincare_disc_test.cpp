// Hierarchies, and maps of them in the Poincaré disc.
#include "storage/geometry/poincare_disc.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/foundation/random.h"

namespace smidgen::storage {
namespace {

Hierarchy clusteredLine(const std::vector<double>& positions) {
    return clusterByAverageLinkage(
               positions.size(),
               [&](std::size_t i, std::size_t j) { return std::abs(positions[i] - positions[j]); })
        .value();
}

Hierarchy randomHierarchy(std::size_t items, std::uint64_t seed) {
    Random random(seed);
    std::vector<double> positions(items);
    for (double& each : positions) each = random.normal();
    return clusteredLine(positions);
}

DiscPoint randomDiscPoint(Random& random) {
    return std::polar(std::tanh(0.5 * random.uniform(0.0, 5.0)), random.uniform(0.0, 6.283));
}

TEST(Hierarchy, JoinsTheNearestFirstAtTheirMeanDistance) {
    const Hierarchy tree = clusteredLine({0.0, 10.0, 1.0, 13.0});
    ASSERT_EQ(tree.joins.size(), 3U);
    EXPECT_EQ(tree.joins[0].first, 0U);
    EXPECT_EQ(tree.joins[0].second, 2U);
    EXPECT_DOUBLE_EQ(tree.joins[0].height, 1.0);
    EXPECT_EQ(tree.joins[1].first, 1U);
    EXPECT_EQ(tree.joins[1].second, 3U);
    EXPECT_DOUBLE_EQ(tree.joins[1].height, 3.0);
    EXPECT_EQ(tree.joins[2].first, 4U);
    EXPECT_EQ(tree.joins[2].second, 5U);
    EXPECT_DOUBLE_EQ(tree.joins[2].height, 11.0);
}

TEST(Hierarchy, HeightsAreMeanDistancesOfTheTwoSides) {
    Random random(1);
    std::vector<double> positions(60);
    for (double& each : positions) each = random.normal();
    const Hierarchy tree = clusteredLine(positions);
    std::vector<std::vector<std::uint32_t>> members(tree.nodes());
    for (std::uint32_t i = 0; i < tree.items; ++i) members[i] = {i};
    for (std::size_t j = 0; j < tree.joins.size(); ++j) {
        const auto& join = tree.joins[j];
        double sum = 0.0;
        for (const auto a : members[join.first])
            for (const auto b : members[join.second]) sum += std::abs(positions[a] - positions[b]);
        const auto pairs = static_cast<double>(members[join.first].size() * members[join.second].size());
        EXPECT_NEAR(join.height, sum / pairs, 1e-5);
        auto& all = members[tree.items + j];
        all = members[join.first];
        all.insert(all.end(), members[join.second].begin(), members[join.second].end());
    }
    EXPECT_EQ(members.back().size(), 60U);
}

TEST(Hierarchy, OfOneItemOrOfEqualItemsIsStillATree) {
    EXPECT_EQ(clusteredLine({1.0}).nodes(), 1U);
    const Hierarchy equal = clusteredLine(std::vector<double>(9, 2.0));
    EXPECT_TRUE(layOutHierarchy(equal, edgeThatFits(equal, 1.2)).has_value());
    const auto none = clusterByAverageLinkage(0, [](std::size_t, std::size_t) { return 0.0; });
    EXPECT_EQ(none.error().code, ErrorCode::invalidArgument);
}

TEST(DiscLayout, EveryEdgeHasTheSameLengthAndBranchesKeepApart) {
    const Hierarchy tree = randomHierarchy(64, 2);
    const double edge = edgeThatFits(tree, 1.2);
    ASSERT_EQ(edge, 1.2);
    const auto places = layOutHierarchy(tree, edge).value();
    EXPECT_EQ(places.back(), DiscPoint(0.0, 0.0));
    for (std::size_t i = 0; i < tree.joins.size(); ++i)
        for (const auto child : {tree.joins[i].first, tree.joins[i].second})
            EXPECT_NEAR(discDistance(places[tree.items + i], places[child]), edge, 1e-6);
    for (std::uint32_t a = 0; a < tree.items; ++a)
        for (std::uint32_t b = 0; b < a; ++b) EXPECT_GT(discDistance(places[a], places[b]), 1.0);
}

TEST(DiscLayout, RefusesWhatIsNoTreeOrDoesNotFit) {
    Hierarchy tree = randomHierarchy(8, 3);
    EXPECT_FALSE(layOutHierarchy(tree, 0.0).has_value());
    EXPECT_FALSE(layOutHierarchy(tree, 31.0).has_value());
    tree.joins[2].first = tree.joins[0].first;
    tree.joins[2].second = tree.joins[0].second;
    EXPECT_FALSE(layOutHierarchy(tree, 1.0).has_value());
    tree.joins[0].first = 900;
    EXPECT_FALSE(layOutHierarchy(tree, 1.0).has_value());
    EXPECT_FALSE(layOutHierarchy(Hierarchy{}, 1.0).has_value());
    // A comb, the deepest tree there is: the fitting edge is accepted.
    Hierarchy comb;
    comb.items = 400;
    for (std::uint32_t i = 0; i + 1 < comb.items; ++i)
        comb.joins.push_back({i == 0 ? 0 : comb.items + i - 1, i + 1, static_cast<double>(i)});
    EXPECT_FALSE(layOutHierarchy(comb, 1.0).has_value());
    const auto places = layOutHierarchy(comb, edgeThatFits(comb, 1.0));
    ASSERT_TRUE(places.has_value());
    for (const DiscPoint place : *places) EXPECT_LT(std::abs(place), 1.0);
}

TEST(DiscPan, CarriesTheGraspedPlaceAndKeepsDistances) {
    Random random(4);
    for (int i = 0; i < 2000; ++i) {
        const DiscPoint from = randomDiscPoint(random);
        const DiscPoint to = randomDiscPoint(random);
        const DiscPan pan(from, to);
        EXPECT_LE(std::abs(pan(from) - to), 1e-9);
        const DiscPoint a = randomDiscPoint(random);
        const DiscPoint b = randomDiscPoint(random);
        const double before = discDistance(a, b);
        EXPECT_NEAR(discDistance(pan(a), pan(b)), before, 1e-6 * (1.0 + before));
        // The whole geodesic through both places slides along itself.
        const DiscPoint further = discGeodesic(from, to, 2.0);
        EXPECT_LE(std::abs(pan(to) - further), 1e-6);
        EXPECT_LE(std::abs(DiscPan(to, from)(pan(a)) - a), 1e-6);
    }
}

TEST(DiscTranslation, BringsAnyPlaceToTheMiddleAndBack) {
    Random random(5);
    for (int i = 0; i < 1000; ++i) {
        const DiscPoint place = randomDiscPoint(random);
        const DiscPoint other = randomDiscPoint(random);
        EXPECT_LE(std::abs(translated(place, reversed(place))), 1e-15);
        EXPECT_NEAR(discDistance(translated(place, reversed(place)), translated(other, reversed(place))),
                    discDistance(place, other), 1e-8);
        EXPECT_LE(std::abs(translated(translated(other, reversed(place)), place) - other), 1e-9);
    }
}

}  // namespace
}  // namespace smidgen::storage
