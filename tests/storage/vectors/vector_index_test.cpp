// Searching, scanning, paging and changing an index without a graph.
#include "storage/vectors/vector_index.h"

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
using testing::Reference;

TEST(VectorIndex, ScansFindExactlyTheNearestInEverySpace) {
    for (const Space& space : allSpaces())
        for (const std::size_t count : {1U, 5U, 16U, 37U, 3000U}) {
            VectorIndex index(space, byHand());
            Reference reference(space);
            fill(index, reference, clusteredPoints(space, count, 12, 1));
            Random random(2);
            for (int i = 0; i < 20; ++i) {
                const PackedPoint query = randomPoint(random, space, 0.8);
                const auto found = index.search(query, {10, {}, 0, {}});
                ASSERT_TRUE(found.has_value());
                EXPECT_EQ(*found, reference.nearest(query, 10));
            }
        }
}

TEST(VectorIndex, PutReplacesAndEraseForgets) {
    const Space space = Space::hyperbolic(12);
    VectorIndex index(space, byHand());
    Reference reference(space);
    Random random(3);
    for (int i = 0; i < 5000; ++i) {
        const std::uint64_t key = random.below(300);
        if (random.uniform() < 0.3) {
            EXPECT_EQ(index.erase(key), reference.points().contains(key));
            reference.erase(key);
        } else {
            const PackedPoint point = randomPoint(random, space, 0.6);
            ASSERT_TRUE(index.put(key, point).has_value());
            reference.put(key, point);
        }
        if (i % 50 == 0) {
            const PackedPoint query = randomPoint(random, space, 0.6);
            EXPECT_EQ(index.search(query, {7, {}, 0, {}}).value(), reference.nearest(query, 7));
        }
    }
    EXPECT_EQ(index.size(), reference.points().size());
    for (std::uint64_t key = 0; key < 300; ++key) {
        const auto kept = index.get(key);
        ASSERT_EQ(kept.has_value(), reference.points().contains(key));
        EXPECT_TRUE(!kept || *kept == reference.points().at(key));
    }
    ASSERT_TRUE(index.rebuild().has_value());
    EXPECT_EQ(index.size(), reference.points().size());
    EXPECT_EQ(index.statistics().deadRows, 0U);
    const PackedPoint query = randomPoint(random, space, 0.6);
    EXPECT_EQ(index.search(query, {7, {}, 0, {}}).value(), reference.nearest(query, 7));
}

TEST(VectorIndex, FiltersAreExactHoweverTheyAreGiven) {
    const Space space = Space::hyperbolic(8);
    VectorIndex index(space, byHand());
    Reference reference(space);
    fill(index, reference, clusteredPoints(space, 2000, 10, 4), 0);
    Random random(5);
    for (const double part : {0.0005, 0.01, 0.3, 1.0}) {
        std::vector<std::uint64_t> words(2000 / 64 + 1);
        std::vector<std::uint64_t> keys;
        for (std::uint64_t key = 0; key < 2000; ++key)
            if (random.uniform() < part) {
                words[key / 64] |= std::uint64_t{1} << (key % 64);
                keys.push_back(key);
            }
        const auto inWords = [&words](std::uint64_t key) {
            return ((words[key / 64] >> (key % 64)) & 1U) != 0;
        };
        for (const Filter& filter :
             {Filter::bits(words, part), Filter::matching(inWords, part), Filter::among(keys)})
            for (int i = 0; i < 10; ++i) {
                const PackedPoint query = randomPoint(random, space, 0.7);
                EXPECT_EQ(index.search(query, {10, filter, 0, {}}).value(),
                          reference.nearest(query, 10, filter));
            }
    }
    EXPECT_GT(index.statistics().listedSearches, 0U);
}

TEST(VectorIndex, RangeFindsAllWithinTheDistance) {
    for (const Space& space : allSpaces()) {
        VectorIndex index(space, byHand());
        Reference reference(space);
        fill(index, reference, clusteredPoints(space, 1500, 10, 6));
        const PackedPoint query = reference.points().at(77);
        const auto all = reference.nearest(query, 1500);
        const double radius = all[200].distance;
        const auto found = index.range(query, radius, {}).value();
        ASSERT_GE(found.size(), 200U);
        ASSERT_LE(found.size(), 202U);  // the rim itself may round either way
        EXPECT_TRUE(std::equal(found.begin(), found.begin() + 200, all.begin()));
        const auto few = index.range(query, radius, {}, 5).value();
        EXPECT_EQ(few, std::vector<Neighbour>(all.begin(), all.begin() + 5));
        EXPECT_EQ(index.range(query, 0.0, {}).value().front().key, 77U);
    }
}

TEST(VectorIndex, PagesShowEveryVectorOnceWhileOthersComeAndGo) {
    const Space space = Space::hyperbolic(6);
    VectorIndex index(space, byHand());
    Reference reference(space);
    // Many in the same place: pages may end between equals.
    std::vector<PackedPoint> points = clusteredPoints(space, 300, 5, 7);
    for (std::size_t i = 0; i < 100; ++i) points.push_back(points[i % 3]);
    fill(index, reference, points);
    Random random(8);
    const PackedPoint query = randomPoint(random, space, 0.5);
    const auto all = reference.nearest(query, 400);
    std::vector<std::uint64_t> shown;
    PageCursor cursor;
    for (int page = 0;; ++page) {
        const auto next = index.page(query, 7, cursor, {}).value();
        for (const Neighbour& each : next.neighbours)
            if (each.key < 1000) shown.push_back(each.key);
        cursor = next.next;
        if (next.last) break;
        // Strangers come and go between the pages, and rows are moved in memory.
        ASSERT_TRUE(index.put(1000 + random.below(50), randomPoint(random, space, 0.5)).has_value());
        index.erase(1000 + random.below(50));
        if (page == 20) {
            ASSERT_TRUE(index.rebuild().has_value());
        }
    }
    ASSERT_EQ(shown.size(), all.size());
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(shown[i], all[i].key);
}

TEST(VectorIndex, BatchesFindWhatSingleSearchesFind) {
    const Space space = Space::hyperbolic(12);
    for (const bool graph : {false, true}) {
        VectorIndex index(space, byHand());
        Reference reference(space);
        fill(index, reference, clusteredPoints(space, 6000, 30, 9));
        if (graph) {
            ASSERT_TRUE(index.refresh().has_value());
        }
        Random random(10);
        std::vector<PackedPoint> points;
        for (int i = 0; i < 40; ++i) points.push_back(randomPoint(random, space, 0.8));
        const std::vector<PackedView> queries(points.begin(), points.end());
        SearchOptions options;
        options.way = graph ? SearchWay::graph : SearchWay::scan;
        const auto together = index.searchBatch(queries, options).value();
        ASSERT_EQ(together.size(), points.size());
        for (std::size_t i = 0; i < points.size(); ++i)
            EXPECT_EQ(together[i], index.search(points[i], options).value());
    }
}

TEST(VectorIndex, RefusesWhatMakesNoSense) {
    const Space space = Space::hyperbolic(3);
    VectorIndex index(space, byHand());
    const PackedPoint good = space.pack(Chart::ball, std::vector<double>{0.1, 0.2, 0.3}).value().point;
    PackedPoint bad = good;
    bad.coarse[0] = 0.9F;
    EXPECT_EQ(index.put(1, bad).error().code, ErrorCode::unusableInput);
    ASSERT_TRUE(index.put(1, good).has_value());
    EXPECT_EQ(index.search(bad, {}).error().code, ErrorCode::unusableInput);
    EXPECT_EQ(index.search(good, {0, {}, 0, {}}).error().code, ErrorCode::invalidArgument);
    EXPECT_EQ(index.range(good, -1.0, {}).error().code, ErrorCode::invalidArgument);
    EXPECT_EQ(index.page(good, 0, {}, {}).error().code, ErrorCode::invalidArgument);
    EXPECT_FALSE(index.erase(2));
    const VectorIndex empty(space, byHand());
    EXPECT_TRUE(empty.search(good, {}).value().empty());
    EXPECT_TRUE(empty.page(good, 3, {}, {}).value().last);
}

}  // namespace
}  // namespace smidgen::storage
