// Distances of kept points against long double, at ordinary and at deep radius.
#include <gtest/gtest.h>

#include "storage/geometry/ball.h"
#include "storage/geometry/gap.h"
#include "storage/geometry/hyperboloid.h"
#include "storage/geometry/space.h"
#include "tests/storage/geometry/long_reference.h"

namespace smidgen::storage {
namespace {

using testing::direction;
using testing::inCurvature;
using testing::LongVector;
using testing::pointAt;
using testing::pointFrom;
using testing::radiusOf;

struct Pair {
    PackedPoint a;
    PackedPoint b;
    double distance = 0.0;
};

/// Two points of radius at most `farthest`, at a distance drawn evenly on a logarithmic scale.
Pair randomPair(Random& random, const Space& space, double farthest, double nearest) {
    const int dimension = space.factors().front().dimension;
    const double c = space.factors().front().curvature;
    for (;;) {
        const LongVector x = pointAt(random, dimension, random.uniform(0.0, farthest));
        const double distance = nearest * std::pow(2.0 * farthest / nearest, random.uniform());
        const LongVector y = pointFrom(x, direction(random, dimension), distance);
        if (radiusOf(y) > farthest) continue;
        Pair pair;
        pair.a = space.pack(Chart::hyperboloid, inCurvature(x, c)).value().point;
        pair.b = space.pack(Chart::hyperboloid, inCurvature(y, c)).value().point;
        pair.distance = distance / std::sqrt(c);
        return pair;
    }
}

double worstError(double farthest, double nearest, bool coarseOnly, std::uint64_t seed) {
    Random random(seed);
    double worst = 0.0;
    for (int i = 0; i < testing::randomCases(); ++i) {
        const int dimension = 2 + static_cast<int>(random.below(15));
        const Space space = Space::hyperbolic(dimension, std::pow(10.0, random.uniform(-2.0, 2.0)));
        Pair pair = randomPair(random, space, farthest, nearest);
        if (coarseOnly) {
            pair.a.fine.assign(pair.a.fine.size(), 0);
            pair.b.fine.assign(pair.b.fine.size(), 0);
        }
        const double found = space.distance(pair.a, pair.b);
        EXPECT_EQ(found, space.distance(pair.b, pair.a));
        EXPECT_EQ(space.distance(pair.a, pair.a), 0.0);
        worst = std::max(worst, std::abs(found - pair.distance) / pair.distance);
    }
    return worst;
}

TEST(KeptDistances, AreWithinAThousandthUpToRadiusEight) {
    EXPECT_LE(worstError(8.0, 1e-3, false, 1), 1e-3);
}

TEST(KeptDistances, AreWithinAHundredthUpToRadiusTwelve) {
    EXPECT_LE(worstError(12.0, 1e-3, false, 2), 1e-2);
}

TEST(KeptDistances, HoldInSinglePrecisionAloneBeyondDistanceOne) {
    EXPECT_LE(worstError(8.0, 1.0, true, 3), 1e-3);
    EXPECT_LE(worstError(12.0, 1.0, true, 4), 1e-2);
}

TEST(KeptDistances, ObeyTheTriangleInequality) {
    Random random(5);
    for (int i = 0; i < testing::randomCases(); ++i) {
        const Space space = Space::hyperbolic(3);
        std::vector<PackedPoint> points;
        for (int p = 0; p < 3; ++p) {
            const LongVector x = pointAt(random, 3, random.uniform(0.0, 12.0));
            points.push_back(space.pack(Chart::hyperboloid, inCurvature(x, 1.0)).value().point);
        }
        const double ab = space.distance(points[0], points[1]);
        const double bc = space.distance(points[1], points[2]);
        const double ac = space.distance(points[0], points[2]);
        EXPECT_LE(ac, (ab + bc) * (1.0 + 1e-9));
    }
}

TEST(HyperboloidDistance, AgreesWithTheConstructionInDouble) {
    Random random(6);
    for (int i = 0; i < testing::randomCases(); ++i) {
        const double farthest = i % 2 == 0 ? 8.0 : 12.0;
        const double c = std::pow(10.0, random.uniform(-2.0, 2.0));
        const LongVector x = pointAt(random, 12, random.uniform(0.0, farthest));
        const double truth = std::pow(10.0, random.uniform(-3.0, 0.9));
        const auto a = inCurvature(x, c);
        const auto b = inCurvature(pointFrom(x, direction(random, 12), truth), c);
        const double tolerance = 1e-14 * std::exp(farthest + truth) + 1e-9 * truth;
        EXPECT_NEAR(hyperboloid::distance(a, b, c) * std::sqrt(c), truth, tolerance);
        std::vector<double> u(12);
        std::vector<double> v(12);
        ball::fromHyperboloid(a, c, u);
        ball::fromHyperboloid(b, c, v);
        EXPECT_NEAR(ball::distance(u, v, c) * std::sqrt(c), truth, 1e-3 * truth);
    }
}

TEST(HyperboloidDistance, IsUnchangedByABoost) {
    Random random(7);
    for (int i = 0; i < testing::randomCases(); ++i) {
        const LongVector x = pointAt(random, 6, random.uniform(0.0, 5.0));
        const LongVector y = pointAt(random, 6, random.uniform(0.0, 5.0));
        const double rapidity = random.uniform(-4.0, 4.0);
        const auto boosted = [&](const LongVector& p) {
            LongVector q = p;
            q[0] = std::cosh(static_cast<long double>(rapidity)) * p[0] +
                   std::sinh(static_cast<long double>(rapidity)) * p[1];
            q[1] = std::sinh(static_cast<long double>(rapidity)) * p[0] +
                   std::cosh(static_cast<long double>(rapidity)) * p[1];
            return inCurvature(q, 1.0);
        };
        const double before = hyperboloid::distance(inCurvature(x, 1.0), inCurvature(y, 1.0), 1.0);
        EXPECT_NEAR(hyperboloid::distance(boosted(x), boosted(y), 1.0), before, 1e-9 * (1.0 + before));
    }
}

TEST(Gap, AndDistanceAreInverse) {
    for (double distance = 1e-12; distance < 60.0; distance *= 1.7)
        EXPECT_NEAR(distanceFromGap(gapFromDistance(distance, 2.5), 2.5), distance, 1e-14 * distance);
    EXPECT_EQ(distanceFromGap(0.0, 1.0), 0.0);
}

}  // namespace
}  // namespace smidgen::storage
