// Searching through the graph: how much it finds, with filters, after changes, among equals.
#include "storage/vectors/graph.h"

#include <gtest/gtest.h>

#include "tests/storage/vectors/brute_force.h"
#include "tests/storage/vectors/random_points.h"

namespace smidgen::storage {
namespace {

using testing::allSpaces;
using testing::byHand;
using testing::clusteredPoints;
using testing::fill;
using testing::randomPoint;
using testing::recall;
using testing::Reference;

SearchOptions throughGraph(const Filter& filter = {}) {
    SearchOptions options;
    options.way = SearchWay::graph;
    options.filter = filter;
    return options;
}

/// Mean recall at 10 of graph searches for points like the stored ones.
double graphRecallOf(const VectorIndex& index, const Reference& reference, const Filter& filter = {}) {
    const auto queries = clusteredPoints(index.space(), 60, 40, 1);
    double sum = 0.0;
    for (const PackedPoint& query : queries)
        sum +=
            recall(index.search(query, throughGraph(filter)).value(), reference.nearest(query, 10, filter));
    return sum / static_cast<double>(queries.size());
}

TEST(GraphSearch, FindsTheNearestInEverySpace) {
    for (const Space& space : allSpaces()) {
        VectorIndex index(space, byHand());
        Reference reference(space);
        fill(index, reference, clusteredPoints(space, 5000, 40, 1));
        ASSERT_TRUE(index.refresh().has_value());
        ASSERT_EQ(index.statistics().indexedRows, 5000U);
        EXPECT_GE(graphRecallOf(index, reference), 0.98);
        EXPECT_GE(index.measureRecall(100, 10, 0, 5), 0.98);
    }
}

TEST(GraphSearch, SeesRowsThatCameAfterTheBuild) {
    const Space space = Space::hyperbolic(12);
    VectorIndex index(space, byHand());
    Reference reference(space);
    fill(index, reference, clusteredPoints(space, 3000, 40, 1));
    ASSERT_TRUE(index.refresh().has_value());
    fill(index, reference, clusteredPoints(space, 900, 40, 1), 10000);
    EXPECT_LT(index.statistics().indexedRows, 3900U);
    EXPECT_GE(graphRecallOf(index, reference), 0.98);
    ASSERT_TRUE(index.refresh().has_value());
    EXPECT_EQ(index.statistics().indexedRows, 3900U);
    EXPECT_GE(graphRecallOf(index, reference), 0.98);
}

TEST(GraphSearch, FiltersAreRespected) {
    const Space space = Space::hyperbolic(12);
    VectorIndex index(space, byHand());
    Reference reference(space);
    fill(index, reference, clusteredPoints(space, 5000, 40, 1));
    ASSERT_TRUE(index.refresh().has_value());
    for (const std::uint64_t one : {2U, 10U, 50U}) {
        const Filter filter = Filter::matching([one](std::uint64_t key) { return key % one == 0; },
                                               1.0 / static_cast<double>(one));
        EXPECT_GE(graphRecallOf(index, reference, filter), 0.97) << one;
        const PackedPoint query = reference.points().at(9);
        const auto found = index.search(query, throughGraph(filter)).value();
        EXPECT_EQ(found.size(), 10U);
        for (const Neighbour& each : found) EXPECT_EQ(each.key % one, 0U);
    }
    // A filter that lets through less than it claims: the scan steps in.
    const Filter wrong = Filter::matching([](std::uint64_t key) { return key == 4321; }, 0.9);
    const auto found = index.search(reference.points().at(1), {10, wrong, 0, {}}).value();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().key, 4321U);
}

TEST(GraphSearch, DoesNotDecayWithErasuresAndMoves) {
    const Space space = Space::hyperbolic(12);
    // So few dead rows that they stay in the graph; so many that it is made anew.
    for (const double part : {0.12, 0.3}) {
        VectorIndex index(space, byHand());
        Reference reference(space);
        fill(index, reference, clusteredPoints(space, 6000, 40, 1));
        ASSERT_TRUE(index.refresh().has_value());
        const double before = graphRecallOf(index, reference);
        Random random(11);
        const auto moved = clusteredPoints(space, 6001, 40, 1);
        for (std::uint64_t key = 1; key <= 6000; ++key) {
            const double draw = random.uniform();
            if (draw < part) {
                EXPECT_TRUE(index.erase(key));
                reference.erase(key);
            } else if (draw < 2.0 * part) {
                const PackedPoint& point = moved[(key + 1234) % 6000];
                ASSERT_TRUE(index.put(key, point).has_value());
                reference.put(key, point);
            }
        }
        EXPECT_GE(graphRecallOf(index, reference), before - 0.01);
        const std::size_t dead = index.statistics().deadRows;
        EXPECT_GT(dead, 1200U);
        ASSERT_TRUE(index.refresh().has_value());
        EXPECT_EQ(index.statistics().deadRows, part < 0.2 ? dead : 0U);
        EXPECT_EQ(index.statistics().indexedRows, reference.points().size() + index.statistics().deadRows);
        EXPECT_GE(graphRecallOf(index, reference), before - 0.01);
    }
}

TEST(GraphSearch, FindsItsWayAmongEquals) {
    const Space space = Space::hyperbolic(4);
    VectorIndex index(space, byHand());
    Reference reference(space);
    const std::vector<PackedPoint> once = clusteredPoints(space, 1000, 10, 1);
    std::vector<PackedPoint> points = once;
    for (int copies = 0; copies < 2; ++copies) points.insert(points.end(), once.begin(), once.end());
    points.insert(points.end(), 500, once.front());
    fill(index, reference, points);
    ASSERT_TRUE(index.refresh().has_value());
    for (std::uint64_t key = 1; key <= 1000; key += 37) {
        const PackedPoint query = reference.points().at(key);
        const auto found = index.search(query, throughGraph()).value();
        ASSERT_FALSE(found.empty());
        EXPECT_EQ(found.front().distance, 0.0) << key;
    }
}

TEST(GraphSearch, IsTheSameForTheSameRows) {
    const Space space = Space::hyperbolic(12);
    std::vector<std::vector<Neighbour>> results[2];
    for (auto& result : results) {
        VectorIndex index(space, byHand());
        Reference reference(space);
        fill(index, reference, clusteredPoints(space, 2000, 40, 1));
        ASSERT_TRUE(index.refresh().has_value());
        SearchOptions options = throughGraph();
        options.effort = 10;
        for (const PackedPoint& query : clusteredPoints(space, 50, 40, 2))
            result.push_back(index.search(query, options).value());
    }
    EXPECT_EQ(results[0], results[1]);
}

TEST(GraphSearch, BuildsWithSeveralThreadsAndStopsWhenAsked) {
    const Space space = Space::hyperbolic(12);
    IndexOptions options = byHand();
    options.buildThreads = 4;
    VectorIndex index(space, options);
    Reference reference(space);
    fill(index, reference, clusteredPoints(space, 5000, 40, 1));
    const CancelToken cancelled;
    cancelled.cancel();
    EXPECT_EQ(index.refresh(cancelled).error().code, ErrorCode::cancelled);
    ASSERT_TRUE(index.refresh().has_value());
    EXPECT_GE(graphRecallOf(index, reference), 0.98);
    EXPECT_EQ(index.rebuild(cancelled).error().code, ErrorCode::cancelled);
    EXPECT_EQ(index.size(), 5000U);
}

TEST(SearchCost, TheCheaperWayIsChosen) {
    const SearchCosts costs;
    SearchTask task;
    task.rows = 1000000;
    task.covered = 1000000;
    task.effort = 16;
    EXPECT_EQ(chooseWay(task, costs).way, SearchWay::graph);
    task.selectivity = 1e-4;
    EXPECT_EQ(chooseWay(task, costs).way, SearchWay::scan);
    task.hasList = true;
    task.listed = 100;
    EXPECT_EQ(chooseWay(task, costs).way, SearchWay::listed);
    task = SearchTask{};
    task.rows = 1000;
    task.effort = 64;
    EXPECT_EQ(chooseWay(task, costs).way, SearchWay::scan);
    task.covered = 1000;
    EXPECT_EQ(chooseWay(task, costs).way, SearchWay::scan);
    task.rows = task.covered = 1000000;
    EXPECT_EQ(chooseWay(task, costs).way, SearchWay::graph);
    task.dead = 999990;
    EXPECT_EQ(chooseWay(task, costs).way, SearchWay::scan);
}

}  // namespace
}  // namespace smidgen::storage
