// What a space takes in, keeps, and gives back.
#include "storage/geometry/space.h"

#include <gtest/gtest.h>

#include <limits>

#include "storage/geometry/manifold.h"
#include "tests/storage/geometry/long_reference.h"

namespace smidgen::storage {
namespace {

using testing::inCurvature;
using testing::pointAt;
using Numbers = std::vector<double>;

TEST(Space, ChartsAreViewsOfOnePoint) {
    Random random(1);
    const double c = 0.5;
    const Space space = Space::hyperbolic(12, c);
    for (int i = 0; i < testing::randomCases(); ++i) {
        const Numbers x = inCurvature(pointAt(random, 12, random.uniform(0.0, 7.0)), c);
        const PackedPoint point = space.pack(Chart::hyperboloid, x).value().point;
        for (const Chart chart : {Chart::hyperboloid, Chart::ball, Chart::klein, Chart::tangent}) {
            Numbers coordinates(space.chartSize(chart));
            space.unpack(point, chart, coordinates);
            const auto again = space.pack(chart, coordinates);
            ASSERT_TRUE(again.has_value());
            EXPECT_LE(space.distance(point, again->point), 1e-5) << static_cast<int>(chart);
        }
        EXPECT_TRUE(space.check(point).has_value());
    }
}

TEST(Space, WarnsWhereAccuracyEndsAndRefusesWhereSenseEnds) {
    const Space space = Space::hyperbolic(2);
    EXPECT_FALSE(space.pack(Chart::tangent, Numbers{11.9, 0.0})->warning.has_value());
    const auto deep = space.pack(Chart::tangent, Numbers{12.5, 0.0});
    ASSERT_TRUE(deep.has_value());
    EXPECT_NE(deep->warning.value().find("12.5"), std::string::npos);
    EXPECT_TRUE(space.check(deep->point).has_value());
    const auto refused = [&](Chart chart, const Numbers& numbers) {
        const auto packing = space.pack(chart, numbers);
        return !packing && packing.error().code == ErrorCode::invalidArgument;
    };
    EXPECT_TRUE(refused(Chart::tangent, {24.1, 0.0}));
    EXPECT_TRUE(refused(Chart::ball, {0.8, 0.7}));
    EXPECT_TRUE(refused(Chart::ball, {1.0, 0.0}));
    EXPECT_TRUE(refused(Chart::klein, {1.0, 0.0}));
    EXPECT_TRUE(refused(Chart::ball, {0.1}));
    EXPECT_TRUE(refused(Chart::ball, {0.1, 0.1, 0.1}));
    EXPECT_TRUE(refused(Chart::ball, {std::numeric_limits<double>::quiet_NaN(), 0.0}));
    EXPECT_TRUE(refused(Chart::hyperboloid, {1.0, std::numeric_limits<double>::infinity(), 0.0}));
    EXPECT_TRUE(Space::create({}).error().code == ErrorCode::invalidArgument);
    EXPECT_FALSE(Space::create({{FactorKind::hyperbolic, 0, 1.0}}).has_value());
    EXPECT_FALSE(Space::create({{FactorKind::hyperbolic, 2, -1.0}}).has_value());
    EXPECT_FALSE(Space::create({{FactorKind::euclidean, 2, 2.0}}).has_value());
}

TEST(Space, KeptProductDistancesMatchTheManifold) {
    const Space space = Space::create({{FactorKind::hyperbolic, 4, 0.7},
                                       {FactorKind::hyperbolic, 3, 3.0},
                                       {FactorKind::euclidean, 3, 1.0},
                                       {FactorKind::spherical, 2, 2.0}})
                            .value();
    Random random(2);
    for (int i = 0; i < testing::randomCases(); ++i) {
        const auto draw = [&] {
            Numbers tangent(space.chartSize(Chart::tangent));
            for (double& each : tangent) each = random.normal();
            return space.pack(Chart::tangent, tangent).value().point;
        };
        const PackedPoint a = draw();
        const PackedPoint b = draw();
        Numbers x(space.chartSize(Chart::hyperboloid));
        Numbers y(x.size());
        space.unpack(a, Chart::hyperboloid, x);
        space.unpack(b, Chart::hyperboloid, y);
        EXPECT_NEAR(space.distance(a, b), manifold::distance(space, x, y), 1e-6);
        const double rank = space.rank(a, b);
        EXPECT_NEAR(space.rankOfDistance(space.distanceOfRank(rank)), rank, 1e-12 * rank);
        EXPECT_EQ(space.rank(a, a), 0.0);
    }
}

TEST(Space, DamagedNumbersAreRecognised) {
    const Space space =
        Space::create({{FactorKind::hyperbolic, 3, 1.0}, {FactorKind::spherical, 2, 1.0}}).value();
    const PackedPoint good = space.pack(Chart::tangent, Numbers{1.0, -2.0, 0.5, 0.3, 0.1}).value().point;
    ASSERT_TRUE(space.check(good).has_value());
    const auto damaged = [&](std::size_t at, float value) {
        PackedPoint point = good;
        point.coarse[at] = value;
        return !space.check(point).has_value();
    };
    EXPECT_TRUE(damaged(0, 0.9F));
    EXPECT_TRUE(damaged(0, std::numeric_limits<float>::infinity()));
    EXPECT_TRUE(damaged(3, 0.5F));
    EXPECT_TRUE(damaged(3, std::numeric_limits<float>::quiet_NaN()));
    EXPECT_TRUE(damaged(4, 0.2F));
    PackedPoint shorter = good;
    shorter.fine.pop_back();
    EXPECT_FALSE(space.check(shorter).has_value());
}

TEST(PackedNumbers, KeepFortyBits) {
    Random random(3);
    for (int i = 0; i < testing::randomCases(); ++i) {
        const double value = random.normal() * std::pow(10.0, random.uniform(-6.0, 6.0));
        const auto coarse = static_cast<float>(value);
        EXPECT_NEAR(unpackNumber(coarse, finePart(value, coarse)), value, 0x1.0p-39 * std::abs(value));
    }
    EXPECT_EQ(unpackNumber(0.0F, finePart(0.0, 0.0F)), 0.0);
    EXPECT_EQ(unpackNumber(1.0F, finePart(1.0, 1.0F)), 1.0);
}

}  // namespace
}  // namespace smidgen::storage
