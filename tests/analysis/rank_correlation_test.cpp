#include "engine/analysis/rank_correlation.h"

#include <gtest/gtest.h>

namespace smidgen {
namespace {

TEST(RankCorrelation, CountsOrderAlone) {
    EXPECT_DOUBLE_EQ(1, rankCorrelation({1, 2, 3, 4}, {0, 5, 6, 1e9}));
    EXPECT_DOUBLE_EQ(-1, rankCorrelation({1, 2, 3, 4}, {3, 2, 1, -7}));
    // One pair of neighbours exchanged: 1 − 6 · 2 / (4 · 15).
    EXPECT_DOUBLE_EQ(0.8, rankCorrelation({1, 2, 3, 4}, {1, 3, 2, 4}));
    // Equal values share ranks 1.5: covariance 4.5, variances 5 and 4.5.
    EXPECT_NEAR(0.948683, rankCorrelation({1, 2, 3, 4}, {1, 1, 2, 3}), 1e-6);
}

TEST(RankCorrelation, NothingToCompareIsNone) {
    EXPECT_EQ(0, rankCorrelation({1, 2, 3}, {5, 5, 5}));
    EXPECT_EQ(0, rankCorrelation({1}, {2}));
    EXPECT_EQ(0, rankCorrelation({1, 2}, {1, 2, 3}));
    EXPECT_EQ(0, rankCorrelation({}, {}));
}

}  // namespace
}  // namespace smidgen
