#include "models/mel_codes.h"

#include <gtest/gtest.h>

#include <cmath>

namespace smidgen::models {
namespace {

TEST(CodeCensusTest, UsageAndPerplexityAreThoseOfTheCounts) {
    CodeCensus census(2, 4);
    // Level 1: 0 0 1 1 → usage ½, perplexity 2. Level 2: 0 1 2 3 → usage 1, perplexity 4.
    census.add({2, {0, 0, 0, 1, 1, 2}, {}});
    census.add({2, {1, 3}, {}});
    const auto health = census.health();
    ASSERT_EQ(health.size(), 2U);
    EXPECT_EQ(census.frames(), 4);
    EXPECT_DOUBLE_EQ(health[0].usage, 0.5);
    EXPECT_NEAR(health[0].perplexity, 2, 1e-12);
    EXPECT_EQ(health[0].deadCodes, 2);
    EXPECT_DOUBLE_EQ(health[1].usage, 1);
    EXPECT_NEAR(health[1].perplexity, 4, 1e-12);
    EXPECT_EQ(health[1].deadCodes, 0);
}

TEST(CodeCensusTest, UnevenCountsGiveTheExponentialOfTheirEntropy) {
    CodeCensus census(1, 3);
    census.add({1, {0, 0, 0, 2}, {}});
    const double entropy = -(0.75 * std::log(0.75) + 0.25 * std::log(0.25));
    EXPECT_NEAR(census.health()[0].perplexity, std::exp(entropy), 1e-12);
}

TEST(CodeCensusTest, NothingHeardIsNoUsage) {
    const CodeCensus census(1, 8);
    EXPECT_EQ(census.health()[0].usage, 0);
    EXPECT_EQ(census.health()[0].perplexity, 0);
    EXPECT_EQ(census.health()[0].deadCodes, 8);
}

TEST(CodeCensusTest, ForeignCodesAreLeftOut) {
    CodeCensus census(1, 4);
    census.add({1, {9, 1}, {}});
    census.add({2, {0, 0}, {}});
    EXPECT_EQ(census.health()[0].deadCodes, 3);
}

TEST(CodebookTest, SizeFollowsTheAmountOfSound) {
    EXPECT_EQ(codebookSizeFor(999), 32);
    EXPECT_EQ(codebookSizeFor(1000), 64);
    EXPECT_EQ(codebookSizeFor(1999), 64);
    EXPECT_EQ(codebookSizeFor(2000), 128);
    EXPECT_EQ(codebookSizeFor(5999), 128);
    EXPECT_EQ(codebookSizeFor(6000), 256);
}

TEST(CodebookTest, HealthIsSaidInPlainWords) {
    const std::vector<LevelHealth> good{{1.0, 40, 0}, {0.95, 33, 3}};
    EXPECT_EQ(codebookSentence(good, 64), "The codebooks are well used.");
    EXPECT_TRUE(codebooksHealthy(good, 64));
    EXPECT_FALSE(codebooksHealthy(good, 128));
    EXPECT_TRUE(codebooksHealthy({}, 0));
    const std::vector<LevelHealth> unused{{1.0, 40, 0}, {0.5, 20, 32}};
    EXPECT_NE(codebookSentence(unused, 64).find("Level 2 uses only 50 % of its 64 codes"), std::string::npos);
    const std::vector<LevelHealth> uneven{{1.0, 20, 0}};
    EXPECT_NE(codebookSentence(uneven, 64).find("20 of 64"), std::string::npos);
}

}  // namespace
}  // namespace smidgen::models
