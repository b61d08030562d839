#include "engine/generation/shared_runs.h"

#include <gtest/gtest.h>

namespace smidgen {
namespace {

constexpr double kRate = 10;  // frames per second

/// Three levels: the first two from `words` (tens and ones), the third from a place in the sound.
models::MelCodes gridOf(const std::vector<int>& words, int fine = 0) {
    models::MelCodes grid;
    grid.levels = 3;
    for (const int word : words) {
        grid.codes.push_back(static_cast<std::uint16_t>(word / 10));
        grid.codes.push_back(static_cast<std::uint16_t>(word % 10));
        grid.codes.push_back(static_cast<std::uint16_t>(fine++ % 7));
    }
    return grid;
}

TEST(SharedRunsTest, FindsTheLongestSharedStretchAndItsPlaces) {
    const std::vector<models::CodedSound> sources{{"first", gridOf({1, 2, 3, 4, 5, 60, 61}), {}},
                                                  {"second", gridOf({9, 40, 41, 42, 43, 44, 45}), {}}};
    const auto run =
        longestSharedRun(gridOf({7, 8, 3, 4, 5, 70, 40, 41, 42, 43, 44, 99}, 5), sources, 2, kRate);
    EXPECT_EQ(run.source, "second");
    EXPECT_DOUBLE_EQ(run.seconds, 0.5);
    EXPECT_DOUBLE_EQ(run.takeStart, 0.6);
    EXPECT_DOUBLE_EQ(run.sourceStart, 0.1);
    EXPECT_TRUE(run.copied());
}

TEST(SharedRunsTest, LevelsBeyondThoseComparedMayDiffer) {
    const std::vector<models::CodedSound> sources{{"source", gridOf({1, 2, 3, 4, 5}, 0), {}}};
    const auto take = gridOf({1, 2, 3, 4, 5}, 3);
    EXPECT_DOUBLE_EQ(longestSharedRun(take, sources, 2, kRate).seconds, 0.5);
    EXPECT_DOUBLE_EQ(longestSharedRun(take, sources, 3, kRate).seconds, 0);
}

TEST(SharedRunsTest, SilenceAndHeldTonesAreNoCopies) {
    const std::vector<models::CodedSound> sources{
        {"held", gridOf({1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2}), {}}};
    const auto run = longestSharedRun(gridOf({1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2}), sources, 2, kRate);
    EXPECT_DOUBLE_EQ(run.seconds, 0.2);
    EXPECT_FALSE(run.copied());
}

TEST(SharedRunsTest, NothingSharedNamesNoSource) {
    const std::vector<models::CodedSound> sources{{"source", gridOf({1, 2, 3}), {}}};
    const auto run = longestSharedRun(gridOf({4, 5, 6}), sources, 2, kRate);
    EXPECT_EQ(run.source, "");
    EXPECT_DOUBLE_EQ(run.seconds, 0);
    EXPECT_DOUBLE_EQ(longestSharedRun({}, sources, 2, kRate).seconds, 0);
    EXPECT_DOUBLE_EQ(longestSharedRun(gridOf({1}), {}, 2, kRate).seconds, 0);
}

}  // namespace
}  // namespace smidgen
