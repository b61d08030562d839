// A sound finds its place in a cube again, over gaps and at any resolution.
#include "engine/morph/cube_match.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/foundation/random.h"
#include "storage/wavetable/cube.h"
#include "storage/wavetable/sampler.h"

namespace smidgen {
namespace {

using storage::Coordinate;
using storage::Cube;

class CubeMatching : public ::testing::Test {
 protected:
    /// Random nodes of 20 … 40 rows by 32; `gaps`: leaves every n-th place empty.
    void fill(std::array<std::uint32_t, 3> size, std::size_t gaps = 0) {
        cube = std::move(*Cube::sparse({size, {"x", "y", "z"}}));
        Random random(7);
        for (std::size_t i = 0; i < cube->layout().pointCount(); ++i) {
            if (gaps > 0 && i % gaps == gaps - 1) continue;
            const storage::NodeShape shape{20 + static_cast<std::uint32_t>(random.below(20)), 32, 1};
            std::vector<float> values(shape.count());
            for (float& value : values) value = static_cast<float>(random.normal());
            ASSERT_TRUE(cube->set(cube->layout().pointAt(i), *storage::makeNode(shape, values)));
        }
    }
    [[nodiscard]] storage::NodePointer mixAt(const Coordinate& place) const {
        auto sampler = storage::Sampler::create(*cube);
        return *sampler->sample(place);
    }
    std::unique_ptr<Cube> cube;
};

double apart(const Coordinate& a, const Coordinate& b) {
    return std::max({std::abs(a.x - b.x), std::abs(a.y - b.y), std::abs(a.z - b.z)});
}

TEST_F(CubeMatching, AMixIsFoundWhereItWasTaken) {
    fill({3, 3, 3});
    for (const Coordinate place :
         {Coordinate{0.37, 1.61, 0.88}, Coordinate{2, 2, 2}, Coordinate{1, 0.5, 1.93}}) {
        const auto found = closestPlace(*cube, *mixAt(place), {});
        ASSERT_TRUE(found) << found.error().sentence;
        EXPECT_LT(apart(found->place, place), 0.02) << found->place.x << ' ' << found->place.y;
        EXPECT_LT(found->distance, 0.02 * found->target);
    }
}

TEST_F(CubeMatching, GapsAreNoHindrance) {
    fill({4, 3, 1}, 5);
    const Coordinate place{1.4, 0.7, 0};
    const auto found = closestPlace(*cube, *mixAt(place), {});
    ASSERT_TRUE(found) << found.error().sentence;
    EXPECT_LT(apart(found->place, place), 0.02);
    // Of something that is nowhere the figures are figures all the same.
    Random random(99);
    std::vector<float> values(std::size_t{12} * 32);
    for (float& value : values) value = static_cast<float>(random.normal());
    const auto far = closestPlace(*cube, **storage::makeNode({12, 32, 1}, values), {});
    ASSERT_TRUE(far) << far.error().sentence;
    EXPECT_TRUE(std::isfinite(far->place.x) && std::isfinite(far->place.y) && std::isfinite(far->place.z));
    EXPECT_TRUE(std::isfinite(far->distance));
    EXPECT_GT(far->distance, 0.5 * far->target);
}

TEST_F(CubeMatching, BesideAGapTheNodeIsNamed) {
    fill({3, 1, 1}, 2);  // a gap in the middle: between it and the last node all is that node
    const auto found = closestPlace(*cube, *mixAt({2, 0, 0}), {});
    ASSERT_TRUE(found) << found.error().sentence;
    EXPECT_DOUBLE_EQ(2, found->place.x);
}

TEST_F(CubeMatching, WhatCannotBeComparedIsSaid) {
    cube = std::move(*Cube::sparse({{2, 2, 2}, {"x", "y", "z"}}));
    const std::vector<float> values(32);
    const auto node = *storage::makeNode({1, 32, 1}, values);
    EXPECT_EQ(ErrorCode::notFound, closestPlace(*cube, *node, {}).error().code);
    ASSERT_TRUE(cube->set({0, 0, 0}, node));
    const auto narrow = *storage::makeNode({1, 16, 1}, std::span(values).first(16));
    EXPECT_EQ(ErrorCode::invalidArgument, closestPlace(*cube, *narrow, {}).error().code);
    const auto alone = closestPlace(*cube, *node, {});
    ASSERT_TRUE(alone) << alone.error().sentence;
    EXPECT_DOUBLE_EQ(0, alone->distance);
}

}  // namespace
}  // namespace smidgen
