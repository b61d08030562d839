// exp, log, transport, geodesics and means, in every geometry.
#include "storage/geometry/manifold.h"

#include <gtest/gtest.h>

#include <numbers>

#include "storage/geometry/ball.h"
#include "storage/geometry/hyperboloid.h"
#include "storage/geometry/sphere.h"
#include "tests/storage/geometry/long_reference.h"

namespace smidgen::storage {
namespace {

using testing::direction;
using testing::inCurvature;
using testing::LongVector;
using testing::pointAt;
using testing::pointFrom;

using Numbers = std::vector<double>;

Space mixedSpace() {
    return Space::create({{FactorKind::hyperbolic, 4, 0.7},
                          {FactorKind::euclidean, 3, 1.0},
                          {FactorKind::spherical, 2, 2.0}})
        .value();
}

Numbers randomPoint(Random& random, const Space& space, double farthest) {
    Numbers point;
    for (const Factor& factor : space.factors()) {
        if (factor.kind == FactorKind::hyperbolic) {
            for (const double each : inCurvature(
                     pointAt(random, factor.dimension, random.uniform(0.0, farthest)), factor.curvature))
                point.push_back(each);
            continue;
        }
        Numbers part(chartSize(factor, Chart::hyperboloid));
        for (double& each : part) each = random.normal();
        const bool placed = factor.kind != FactorKind::spherical || sphere::normalise(part);
        EXPECT_TRUE(placed);
        point.insert(point.end(), part.begin(), part.end());
    }
    return point;
}

TEST(Manifold, ExpUndoesLog) {
    const Space space = mixedSpace();
    Random random(1);
    for (int i = 0; i < testing::randomCases(); ++i) {
        const Numbers x = randomPoint(random, space, 5.0);
        const Numbers y = randomPoint(random, space, 5.0);
        Numbers v(x.size());
        Numbers back(x.size());
        manifold::log(space, x, y, v);
        EXPECT_NEAR(manifold::norm(space, x, v), manifold::distance(space, x, y), 1e-8);
        manifold::exp(space, x, v, back);
        EXPECT_LE(manifold::distance(space, y, back), 1e-6);
    }
}

TEST(Manifold, ExpKeepsItsPromiseAtDeepRadius) {
    Random random(2);
    for (int i = 0; i < testing::randomCases(); ++i) {
        const LongVector from = pointAt(random, 12, random.uniform(0.0, 12.0));
        const double length = random.uniform(0.0, 6.0);
        const auto w = direction(random, 12);
        const Numbers x = inCurvature(from, 1.0);
        // The direction w at the origin, carried to x.
        Numbers origin(13);
        origin[0] = 1.0;
        Numbers tangent(13);
        for (std::size_t j = 0; j < 12; ++j) tangent[j + 1] = length * static_cast<double>(w[j]);
        hyperboloid::transport(origin, x, tangent, 1.0, tangent);
        EXPECT_NEAR(hyperboloid::tangentNorm(x, tangent, 1.0), length, 1e-9 * (1.0 + length));
        Numbers reached(13);
        hyperboloid::exp(x, tangent, 1.0, reached);
        const Numbers truth = inCurvature(pointFrom(from, w, length), 1.0);
        const double radius = static_cast<double>(testing::radiusOf(from));
        EXPECT_LE(hyperboloid::distance(reached, truth, 1.0), 1e-15 * std::exp(radius + length) + 1e-10);
    }
}

TEST(Manifold, LogAtDeepRadiusHasTheLengthOfTheDistance) {
    Random random(3);
    for (int i = 0; i < testing::randomCases(); ++i) {
        const LongVector from = pointAt(random, 12, random.uniform(0.0, 12.0));
        const double truth = std::pow(10.0, random.uniform(-3.0, 1.0));
        const Numbers x = inCurvature(from, 1.0);
        const Numbers y = inCurvature(pointFrom(from, direction(random, 12), truth), 1.0);
        Numbers v(13);
        hyperboloid::log(x, y, 1.0, v);
        EXPECT_NEAR(hyperboloid::tangentNorm(x, v, 1.0), truth, 1e-6);
        Numbers w(12);
        Numbers again(13);
        hyperboloid::logAtOrigin(x, 1.0, w);
        hyperboloid::expAtOrigin(w, 1.0, again);
        EXPECT_LE(hyperboloid::distance(x, again, 1.0), 1e-9);
    }
}

TEST(Manifold, TransportKeepsLengthsAndComesBack) {
    const Space space = mixedSpace();
    Random random(4);
    for (int i = 0; i < testing::randomCases(); ++i) {
        const Numbers x = randomPoint(random, space, 4.0);
        const Numbers y = randomPoint(random, space, 4.0);
        Numbers v(x.size());
        for (double& each : v) each = random.normal();
        manifold::projectToTangent(space, x, v, v);
        const double length = manifold::norm(space, x, v);
        Numbers there(x.size());
        Numbers back(x.size());
        manifold::transport(space, x, y, v, there);
        EXPECT_NEAR(manifold::norm(space, y, there), length, 1e-6 * length);
        manifold::transport(space, y, x, there, back);
        for (std::size_t j = 0; j < v.size(); ++j) EXPECT_NEAR(back[j], v[j], 1e-6 * (1.0 + length));
    }
}

TEST(Manifold, GeodesicsDivideTheDistance) {
    const Space space = mixedSpace();
    Random random(5);
    for (int i = 0; i < testing::randomCases(); ++i) {
        const Numbers x = randomPoint(random, space, 12.0);
        const Numbers y = randomPoint(random, space, 12.0);
        const double t = random.uniform();
        Numbers between(x.size());
        manifold::geodesic(space, x, y, t, between);
        const double whole = manifold::distance(space, x, y);
        EXPECT_NEAR(manifold::distance(space, x, between), t * whole, 1e-7 * (1.0 + whole));
        EXPECT_NEAR(manifold::distance(space, between, y), (1.0 - t) * whole, 1e-7 * (1.0 + whole));
    }
}

TEST(Ball, MoebiusAdditionIsAnIsometryWithItsOwnInverse) {
    Random random(6);
    for (int i = 0; i < testing::randomCases(); ++i) {
        const double c = std::pow(10.0, random.uniform(-1.0, 1.0));
        const auto draw = [&] {
            Numbers u(5);
            ball::fromHyperboloid(inCurvature(pointAt(random, 5, random.uniform(0.0, 4.0)), c), c, u);
            return u;
        };
        const Numbers a = draw();
        const Numbers u = draw();
        const Numbers v = draw();
        Numbers au(5);
        Numbers av(5);
        ball::add(a, u, c, au);
        ball::add(a, v, c, av);
        EXPECT_NEAR(ball::distance(au, av, c), ball::distance(u, v, c), 1e-7);
        Numbers minus = a;
        for (double& each : minus) each = -each;
        ball::add(minus, au, c, au);
        EXPECT_LE(ball::distance(au, u, c), 1e-6);
        Numbers between(5);
        const double t = random.uniform();
        ball::geodesic(u, v, t, c, between);
        EXPECT_NEAR(ball::distance(u, between, c), t * ball::distance(u, v, c), 1e-7);
    }
}

TEST(FrechetMean, LeavesNoPull) {
    const Space space = mixedSpace();
    Random random(7);
    for (int i = 0; i < 200; ++i) {
        Numbers points;
        Numbers weights;
        const std::size_t stride = space.chartSize(Chart::hyperboloid);
        const Numbers centre = randomPoint(random, space, 3.0);
        for (int p = 0; p < 7; ++p) {
            Numbers v(stride);
            for (double& each : v) each = 0.4 * random.normal();
            manifold::projectToTangent(space, centre, v, v);
            const double length = manifold::norm(space, centre, v);
            for (double& each : v) each /= std::max(1.0, length);
            Numbers point(stride);
            manifold::exp(space, centre, v, point);
            points.insert(points.end(), point.begin(), point.end());
            weights.push_back(random.uniform(0.0, 2.0));
        }
        const auto mean = manifold::frechetMean(space, points, weights);
        ASSERT_TRUE(mean.has_value());
        Numbers pull(stride);
        Numbers towards(stride);
        for (std::size_t p = 0; p < weights.size(); ++p) {
            manifold::log(space, *mean, std::span(points).subspan(p * stride, stride), towards);
            for (std::size_t j = 0; j < stride; ++j) pull[j] += weights[p] * towards[j];
        }
        EXPECT_LE(manifold::norm(space, *mean, pull), 1e-9);
    }
}

TEST(FrechetMean, OfTwoPointsIsTheirMidpointEvenFarApart) {
    const Space space = Space::hyperbolic(3);
    Random random(8);
    for (int i = 0; i < 50; ++i) {
        const Numbers x = randomPoint(random, space, 8.0);
        const Numbers y = randomPoint(random, space, 8.0);
        Numbers points = x;
        points.insert(points.end(), y.begin(), y.end());
        const auto mean = manifold::frechetMean(space, points, Numbers{1.0, 3.0});
        ASSERT_TRUE(mean.has_value());
        Numbers expected(4);
        manifold::geodesic(space, x, y, 0.75, expected);
        EXPECT_LE(manifold::distance(space, *mean, expected), 1e-7);
    }
}

TEST(FrechetMean, SaysWhatItCannotDo) {
    const Space space = Space::create({{FactorKind::spherical, 2, 1.0}}).value();
    const Numbers opposite{1, 0, 0, -1, 0, 0};
    EXPECT_EQ(manifold::frechetMean(space, opposite, Numbers{1, 1}).error().code, ErrorCode::unusableInput);
    EXPECT_EQ(manifold::frechetMean(space, opposite, Numbers{1, -1}).error().code,
              ErrorCode::invalidArgument);
    EXPECT_EQ(manifold::frechetMean(space, opposite, Numbers{0, 0}).error().code, ErrorCode::invalidArgument);
    EXPECT_EQ(manifold::frechetMean(space, opposite, Numbers{1}).error().code, ErrorCode::invalidArgument);
}

TEST(Sphere, MeasuresSmallAndGreatAnglesAlike) {
    for (const double angle : {1e-9, 1e-4, 0.3, 1.5, 3.0, std::numbers::pi - 1e-7}) {
        const Numbers x{1.0, 0.0};
        const Numbers y{std::cos(angle), std::sin(angle)};
        EXPECT_NEAR(sphere::angle(x, y), angle, 1e-12 + 1e-8 * (angle > 3.0 ? 1.0 : 0.0));
    }
    EXPECT_EQ(sphere::angle(Numbers{0.6, 0.8}, Numbers{0.6, 0.8}), 0.0);
}

}  // namespace
}  // namespace smidgen::storage
