// Readers, writers and builders at once. Run under ThreadSanitizer as well.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <set>
#include <thread>

#include "tests/storage/vectors/brute_force.h"
#include "tests/storage/vectors/random_points.h"

namespace smidgen::storage {
namespace {

using testing::clusteredPoints;

/// SMIDGEN_CONCURRENCY_ROUNDS: how many changes each writer makes.
int rounds() {
    const char* asked = std::getenv("SMIDGEN_CONCURRENCY_ROUNDS");
    return asked != nullptr ? std::atoi(asked) : 3000;
}

TEST(VectorIndexThreads, SearchesStayRightWhileEverythingChanges) {
    const Space space = Space::hyperbolic(8);
    IndexOptions options;
    options.graphFrom = 500;
    options.buildThreads = 2;
    options.graph.buildEffort = 40;
    VectorIndex index(space, options);
    const auto points = clusteredPoints(space, 4000, 30, 1);
    // Keys 0 … 499 stay; the others come, go and move.
    for (std::uint64_t key = 0; key < 500; ++key) ASSERT_TRUE(index.put(key, points[key]).has_value());
    std::atomic<bool> running{true};
    std::atomic<int> wrong{0};
    std::atomic<int> searches{0};
    {
        std::vector<std::jthread> readers;
        for (std::uint64_t r = 0; r < 4; ++r)
            readers.emplace_back([&, r] {
                Random random(mixSeed(100, r));
                while (running) {
                    const std::uint64_t key = random.below(500);
                    SearchOptions wanted;
                    if (r == 0) wanted.way = SearchWay::scan;
                    if (r == 1)
                        wanted.filter =
                            Filter::matching([](std::uint64_t each) { return each % 2 == 0; }, 0.5);
                    const auto found = index.search(points[key], wanted);
                    if (!found) {
                        ++wrong;
                        continue;
                    }
                    std::set<std::uint64_t> once;
                    double before = 0.0;
                    for (const Neighbour& each : *found) {
                        if (!once.insert(each.key).second || each.distance < before) ++wrong;
                        if (r == 1 && each.key % 2 != 0) ++wrong;
                        before = each.distance;
                    }
                    // A scan never misses what stays.
                    if (r == 0 && (found->empty() || found->front().distance != 0.0)) ++wrong;
                    ++searches;
                }
            });
        std::vector<std::jthread> writers;
        for (std::uint64_t w = 0; w < 2; ++w)
            writers.emplace_back([&, w] {
                Random random(mixSeed(200, w));
                for (int i = 0; i < rounds(); ++i) {
                    const std::uint64_t key = 500 + 2 * random.below(600) + w;
                    if (random.uniform() < 0.4) {
                        index.erase(key);
                    } else if (!index.put(key, points[random.below(points.size())])) {
                        ++wrong;
                    }
                }
            });
        writers.emplace_back([&] {
            for (int i = 0; i < 6; ++i)
                if (!index.rebuild()) ++wrong;
        });
        writers.emplace_back([&] {
            for (int i = 0; i < 20; ++i) {
                if (!index.refresh()) ++wrong;
                (void)index.statistics();
                (void)index.get(3);
                (void)index.range(points[3], 0.5, {});
            }
        });
        writers.clear();
        running = false;
    }
    EXPECT_EQ(wrong.load(), 0);
    EXPECT_GT(searches.load(), 0);
    for (std::uint64_t key = 0; key < 500; ++key) EXPECT_EQ(index.get(key), points[key]);
}

TEST(VectorIndexThreads, TheBackgroundBuildsTheGraphByItself) {
    const Space space = Space::hyperbolic(8);
    IndexOptions options;
    options.graphFrom = 500;
    VectorIndex index(space, options);
    const auto points = clusteredPoints(space, 3000, 30, 1);
    for (std::uint64_t key = 0; key < 3000; ++key) ASSERT_TRUE(index.put(key, points[key]).has_value());
    // Waits for the worker's build, and does what it has left undone.
    while (index.statistics().indexedRows < 2000) ASSERT_TRUE(index.refresh().has_value());
    EXPECT_GE(index.measureRecall(50, 10, 64, 1), 0.95);
}

}  // namespace
}  // namespace smidgen::storage
