// The search loops of every processor against ranks in double.
#include "storage/vectors/rank_kernels.h"

#include <gtest/gtest.h>

#include <new>

#include "storage/vectors/rank_bound.h"
#include "tests/storage/vectors/random_points.h"

namespace smidgen::storage {
namespace {

using testing::allSpaces;
using testing::randomPoint;

struct alignas(64) Line {
    float numbers[kLanes] = {};
};

/// Rows one by one and as blocks, as an index holds them.
struct Rows {
    explicit Rows(const Space& space) : shape(space) {}
    void add(const PackedPoint& point) {
        points.push_back(point);
        const std::size_t lines = shape.rowFloats() / kLanes;
        rows.resize(points.size() * lines);
        const std::size_t slot = points.size() - 1;
        blocks.resize((slot / kLanes + 1) * shape.columns());
        for (std::size_t i = 0; i < shape.columns(); ++i) {
            rows[slot * lines + i / kLanes].numbers[i % kLanes] = point.coarse[i];
            blocks[slot / kLanes * shape.columns() + i].numbers[slot % kLanes] = point.coarse[i];
        }
    }
    [[nodiscard]] const float* row(std::size_t slot) const {
        return rows[slot * (shape.rowFloats() / kLanes)].numbers;
    }
    RankShape shape;
    std::vector<PackedPoint> points;
    std::vector<Line> rows;
    std::vector<Line> blocks;
};

Rows manyRows(const Space& space, double deviation) {
    Random random(3);
    Rows rows(space);
    for (std::size_t i = 0; i < 40 * kLanes; ++i) rows.add(randomPoint(random, space, deviation));
    return rows;
}

TEST(RankKernels, EveryProcessorFindsTheTrueRanks) {
    ASSERT_STREQ(availableRankKernels().front().name, "portable");
    for (const RankKernels& kernels : availableRankKernels())
        for (const Space& space : allSpaces()) {
            const Rows rows = manyRows(space, 0.8);
            for (std::size_t query = 0; query < 20; ++query) {
                std::vector<const float*> pointers;
                for (std::size_t i = 0; i < rows.points.size(); ++i) pointers.push_back(rows.row(i));
                std::vector<float> byRow(pointers.size());
                std::vector<float> byBlock(pointers.size());
                kernels.rankRows(rows.shape, rows.row(query), pointers.data(), pointers.size(), byRow.data());
                for (std::size_t b = 0; b < pointers.size() / kLanes; ++b)
                    kernels.rankBlock(rows.shape, rows.row(query),
                                      rows.blocks[b * rows.shape.columns()].numbers, &byBlock[b * kLanes]);
                for (std::size_t i = 0; i < pointers.size(); ++i) {
                    const double truth = space.rank(rows.points[query], rows.points[i]);
                    EXPECT_NEAR(byRow[i], truth, 1e-4 * truth) << kernels.name;
                    EXPECT_NEAR(byBlock[i], truth, 1e-4 * truth) << kernels.name;
                }
                EXPECT_EQ(byRow[query], 0.0F);
                EXPECT_EQ(byBlock[query], 0.0F);
            }
        }
}

TEST(RankKernels, FindTheBlocksWithNearRows) {
    for (const RankKernels& kernels : availableRankKernels())
        for (const Space& space : allSpaces()) {
            const Rows rows = manyRows(space, 0.8);
            const std::size_t count = rows.points.size() / kLanes;
            std::vector<float> ranks(rows.points.size());
            for (std::size_t b = 0; b < count; ++b)
                kernels.rankBlock(rows.shape, rows.row(5), rows.blocks[b * rows.shape.columns()].numbers,
                                  &ranks[b * kLanes]);
            std::vector<float> sorted = ranks;
            std::sort(sorted.begin(), sorted.end());
            const float threshold = sorted[9];
            std::vector<bool> expected(count);
            for (std::size_t i = 0; i < ranks.size(); ++i)
                if (ranks[i] <= threshold) expected[i / kLanes] = true;
            std::vector<bool> found(count);
            const auto next = [&](std::size_t from) {
                return kernels.findBlock(rows.shape, rows.row(5), rows.blocks.front().numbers, from, count,
                                         threshold);
            };
            for (std::size_t b = next(0); b < count; b = next(b + 1)) found[b] = true;
            EXPECT_EQ(found, expected) << kernels.name;
            EXPECT_EQ(kernels.findBlock(rows.shape, rows.row(5), rows.blocks.front().numbers, 1, count, 0.0F),
                      count);
        }
}

TEST(RankBound, NoRoundingLosesARow) {
    for (const RankKernels& kernels : availableRankKernels())
        for (const Space& space : allSpaces())
            for (const double deviation : {0.01, 0.5, 2.5}) {
                Random random(7);
                const auto& first = space.factors().front();
                const double scale = deviation / std::sqrt(first.curvature * first.dimension / 12.0);
                Rows rows(space);
                for (int i = 0; i < 300; ++i) rows.add(randomPoint(random, space, scale));
                // Near neighbours, where rounding matters most.
                for (int i = 0; i < 300; ++i) {
                    std::vector<double> tangent(space.chartSize(Chart::tangent));
                    space.unpack(rows.points[static_cast<std::size_t>(i)], Chart::tangent, tangent);
                    for (double& each : tangent) each += 1e-5 * random.normal();
                    rows.add(space.pack(Chart::tangent, tangent).value().point);
                }
                std::vector<const float*> pointers;
                for (std::size_t i = 0; i < rows.points.size(); ++i) pointers.push_back(rows.row(i));
                std::vector<float> ranks(pointers.size());
                for (std::size_t query = 0; query < 600; query += 7) {
                    const RankBound bound(space, rows.points[query]);
                    kernels.rankRows(rows.shape, rows.row(query), pointers.data(), pointers.size(),
                                     ranks.data());
                    for (std::size_t i = 0; i < ranks.size(); ++i)
                        ASSERT_LE(ranks[i], bound.coarse(space.rank(rows.points[query], rows.points[i])))
                            << kernels.name << " " << deviation;
                }
            }
}

TEST(RankBound, IsTightWhereNumbersAreExact) {
    Random random(8);
    const Space space = Space::hyperbolic(12);
    const PackedPoint query = randomPoint(random, space, 1.0);
    const RankBound bound(space, query);
    EXPECT_LE(bound.coarse(0.5), 0.5F * 1.001F);
    EXPECT_GT(bound.coarse(0.5), 0.5F);
    EXPECT_EQ(bound.coarse(std::numeric_limits<double>::infinity()), std::numeric_limits<float>::infinity());
}

}  // namespace
}  // namespace smidgen::storage
