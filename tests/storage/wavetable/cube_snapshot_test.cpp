#include "storage/wavetable/cube_snapshot.h"

#include <thread>

#include "storage/wavetable/sampler.h"
#include "tests/playback/realtime_guard.h"
#include "tests/storage/wavetable/material.h"

namespace smidgen::storage {
namespace {

using namespace testing;

constexpr NodeShape kShape{16, 64, 2};

std::unique_ptr<Cube> gappyCube() {
    auto cube = valueOf(Cube::sparse({.size = {3, 3, 3}}));
    for (std::size_t i = 0; i < 27; i += i % 3 == 0 ? 1 : 2)
        EXPECT_TRUE(cube->set(cube->layout().pointAt(i), noiseNode(kShape, i)));
    return cube;
}

TEST(CubeSnapshot, EqualsTheSampler) {
    const auto cube = gappyCube();
    const auto snapshot = valueOf(CubeSnapshot::create(*cube, kShape));
    auto sampler = valueOf(Sampler::create(*cube));
    Random random(3);
    std::vector<float> row(kShape.rowCount());
    std::vector<float> whole(kShape.count());
    for (int i = 0; i < 200; ++i) {
        const Coordinate at{random.uniform(0, 2), random.uniform(0, 2), random.uniform(0, 2)};
        const auto expected = valueOf(sampler.sample(at));
        ASSERT_TRUE(snapshot->read(at, whole));
        ASSERT_EQ(0, largestDifference(expected->floats(), whole));
        ASSERT_TRUE(snapshot->readRow(at, 7, row));
        ASSERT_EQ(0, largestDifference(expected->floats().subspan(7 * kShape.rowCount(), row.size()), row));
    }
}

TEST(CubeSnapshot, ReadsWithoutAllocationOrLock) {
    const auto cube = gappyCube();
    SnapshotExchange exchange;
    exchange.publish(valueOf(CubeSnapshot::create(*cube, kShape)));
    std::vector<float> row(kShape.rowCount());
    std::vector<float> whole(kShape.count());
    const int allocations = smidgen::testing::RealtimeGuard::allocations();
    const int locks = smidgen::testing::RealtimeGuard::locks();
    bool all = true;
    {
        const smidgen::testing::RealtimeGuard guard;
        for (int i = 0; i < 100; ++i) {
            const CubeSnapshot* snapshot = exchange.acquire();
            all = snapshot->readRow({i * 0.02, 1.5, 0.25}, static_cast<std::uint32_t>(i % 16), row) && all;
            all = snapshot->read({i * 0.02, 0, 0}, whole) && all;
            exchange.release();
        }
    }
    EXPECT_TRUE(all);
    EXPECT_EQ(allocations, smidgen::testing::RealtimeGuard::allocations());
    EXPECT_EQ(locks, smidgen::testing::RealtimeGuard::locks());
}

TEST(CubeSnapshot, RefusesWhatDoesNotFitAndLeavesTheOutputAlone) {
    const auto cube = gappyCube();
    const auto snapshot = valueOf(CubeSnapshot::create(*cube, kShape, {.outside = OutsideRule::error}));
    std::vector<float> row(kShape.rowCount(), 7);
    EXPECT_FALSE(snapshot->readRow({0, 0, 0}, 16, row));
    EXPECT_FALSE(snapshot->readRow({0, 0, 5}, 0, row));
    EXPECT_FALSE(snapshot->read({0, 0, 0}, row));
    EXPECT_EQ(7, row[0]);
    EXPECT_FALSE(CubeSnapshot::create(*valueOf(Cube::sparse({})), kShape));
}

TEST(SnapshotExchange, KeepsWhatIsReadAndFreesTheRest) {
    const auto cube = gappyCube();
    SnapshotExchange exchange;
    EXPECT_EQ(nullptr, exchange.acquire());
    exchange.publish(valueOf(CubeSnapshot::create(*cube, kShape)));
    const CubeSnapshot* first = exchange.acquire();
    for (int i = 0; i < 5; ++i) exchange.publish(valueOf(CubeSnapshot::create(*cube, kShape)));
    EXPECT_EQ(2U, exchange.kept());
    std::vector<float> row(kShape.rowCount());
    EXPECT_TRUE(first->readRow({0, 0, 0}, 0, row));
    EXPECT_NE(first, exchange.acquire());
    exchange.publish(valueOf(CubeSnapshot::create(*cube, kShape)));
    EXPECT_EQ(2U, exchange.kept());
    exchange.release();
    exchange.publish(nullptr);
    EXPECT_EQ(0U, exchange.kept());
}

TEST(SnapshotExchange, AReaderNeverSeesAFreedSnapshotWhileOthersArePublished) {
    const NodeShape small{1, 8, 1};
    SnapshotExchange exchange;
    std::atomic<bool> stop{false};
    std::atomic<int> wrong{0};
    std::atomic<int> reads{0};
    const auto publishConstant = [&](float value) {
        const auto cube = valueOf(Cube::sparse({}));
        ASSERT_TRUE(cube->set({0, 0, 0}, constantNode(small, value)));
        exchange.publish(valueOf(CubeSnapshot::create(*cube, small)));
    };
    publishConstant(1);
    std::thread reader([&] {
        std::vector<float> row(8);
        while (!stop) {
            const CubeSnapshot* snapshot = exchange.acquire();
            if (!snapshot->readRow({0, 0, 0}, 0, row)) ++wrong;
            for (const float value : row) wrong += value == row[0] && value >= 1 ? 0 : 1;
            ++reads;
        }
        exchange.release();
    });
    int published = 0;
    while (published < 2000 || reads < 1000) publishConstant(static_cast<float>(++published));
    stop = true;
    reader.join();
    EXPECT_EQ(0, wrong);
}

}  // namespace
}  // namespace smidgen::storage
