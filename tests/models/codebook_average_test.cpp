#include "models/codebook_average.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace smidgen::models {
namespace {

constexpr int kSize = 4;
constexpr int kDims = 2;
const std::vector<float> kEast{1, 0}, kNorth{0, 1}, kWest{-1, 0}, kSouth{0, -1};

CodebookAverage compass(const CodebookSettings& settings = {}) {
    CodebookAverage codebook(kSize, kDims, settings);
    // Centroids need not be unit vectors: the third one is given twice as long.
    codebook.start(std::vector<float>{1, 0, 0, 1, -2, 0, 0, -1}, std::vector<float>{8, 8, 8, 8});
    return codebook;
}

std::vector<float> codeOf(const CodebookAverage& codebook, int code) {
    const auto all = codebook.codes();
    return {all[static_cast<std::size_t>(code * kDims)], all[static_cast<std::size_t>(code * kDims + 1)]};
}

void expectNear(const std::vector<float>& a, const std::vector<float>& b, float tolerance = 1e-5F) {
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], tolerance);
}

/// Vectors go to the first `used` codes only, each to its own direction.
void feed(CodebookAverage& codebook, int used, int steps) {
    std::vector<float> sums(kSize * kDims), counts(kSize);
    for (int code = 0; code < used; ++code) {
        counts[static_cast<std::size_t>(code)] = 8;
        for (int d = 0; d < kDims; ++d)
            sums[static_cast<std::size_t>(code * kDims + d)] =
                8 * codeOf(codebook, code)[static_cast<std::size_t>(d)];
    }
    for (int step = 0; step < steps; ++step) codebook.update(sums, counts);
}

TEST(CodebookAverageTest, StartKeepsCentroidsThroughStepsThatDoNotUseThem) {
    // The trap: without sum = centroid × count a code would turn to whatever comes first.
    CodebookAverage codebook = compass();
    expectNear(codeOf(codebook, 2), kWest);
    codebook.update(std::vector<float>(kSize * kDims), std::vector<float>(kSize));
    expectNear(codeOf(codebook, 0), kEast);
    expectNear(codeOf(codebook, 2), kWest);
    // One step of eight vectors to the north moves the east code by its share of a hundredth.
    codebook.update(std::vector<float>{0, 8, 0, 0, 0, 0, 0, 0}, std::vector<float>{8, 0, 0, 0});
    const float x = 0.99F * 0.99F * 8, y = 0.01F * 8;
    expectNear(codeOf(codebook, 0), {x / std::hypot(x, y), y / std::hypot(x, y)});
}

TEST(CodebookAverageTest, CodesAreTheDirectionOfTheRunningSum) {
    CodebookSettings settings;
    settings.decay = 0.75;
    CodebookAverage codebook(1, kDims, settings);
    codebook.start(kEast, std::vector<float>{4});
    codebook.update(std::vector<float>{0, 8}, std::vector<float>{8});
    // sum = 0.75 · (4, 0) + 0.25 · (0, 8) = (3, 2).
    expectNear(codeOf(codebook, 0), {3 / std::sqrt(13.0F), 2 / std::sqrt(13.0F)});
    const auto memory = codebook.memory();
    EXPECT_FLOAT_EQ(memory.counts[0], 5);
}

TEST(CodebookAverageTest, UpdateRightAfterRevivalLeavesTheNewCode) {
    CodebookAverage codebook = compass();
    feed(codebook, 3, 700);
    const float diagonal = std::sqrt(0.5F);
    codebook.remember(std::vector<float>{diagonal, diagonal});
    Random random(1);
    ASSERT_EQ(codebook.revive(random), 1);
    expectNear(codeOf(codebook, 3), {diagonal, diagonal});
    // Were the running sum left, this update would bring the south back.
    codebook.update(std::vector<float>(kSize * kDims), std::vector<float>(kSize));
    expectNear(codeOf(codebook, 3), {diagonal, diagonal});
    // And one vector of another direction does not take it over, as it would with a count near zero.
    codebook.update(std::vector<float>{0, 0, 0, 0, 0, 0, 0, -1}, std::vector<float>{0, 0, 0, 1});
    EXPECT_GT(codeOf(codebook, 3)[1], 0.7F);
    EXPECT_EQ(codebook.revive(random), 0);
}

TEST(CodebookAverageTest, OnlyCodesUnusedForLongAreReplaced) {
    CodebookAverage codebook = compass();
    codebook.remember(kNorth);
    Random random(1);
    // 0.99^n falls below 0.1 of a uniform share (3/4 of the vectors left: n ≥ 258), then 50 steps more.
    feed(codebook, 3, 300);
    EXPECT_EQ(codebook.revive(random), 0);
    feed(codebook, 3, 20);
    EXPECT_EQ(codebook.revive(random), 1);
    expectNear(codeOf(codebook, 0), kEast);
    expectNear(codeOf(codebook, 3), kNorth);
}

TEST(CodebookAverageTest, WithoutMemoriesNothingIsReplaced) {
    CodebookAverage codebook = compass();
    feed(codebook, 3, 700);
    Random random(1);
    EXPECT_EQ(codebook.revive(random), 0);
    expectNear(codeOf(codebook, 3), kSouth);
}

TEST(CodebookAverageTest, OldestMemoriesMakeRoom) {
    CodebookSettings settings;
    settings.reservoirVectors = 2;
    CodebookAverage codebook = compass(settings);
    codebook.remember(std::vector<float>{1, 0, 0, 1, -1, 0});
    const auto memory = codebook.memory();
    EXPECT_EQ(memory.reservoir, (std::vector<float>{-1, 0, 0, 1}));
}

TEST(CodebookAverageTest, MemoryRestoresAnEqualCodebook) {
    CodebookAverage codebook = compass();
    codebook.remember(std::vector<float>{1, 0, 0, 1, -1, 0});
    feed(codebook, 3, 590);
    CodebookAverage other(kSize, kDims, {});
    ASSERT_TRUE(other.restore(codebook.memory()));
    for (CodebookAverage* each : {&codebook, &other}) {
        feed(*each, 3, 40);
        Random random(9);
        EXPECT_EQ(each->revive(random), 1);
        each->remember(kNorth);
    }
    EXPECT_EQ(codebook.memory().codes, other.memory().codes);
    EXPECT_EQ(codebook.memory().sums, other.memory().sums);
    EXPECT_EQ(codebook.memory().reservoir, other.memory().reservoir);
    EXPECT_FALSE(CodebookAverage(kSize + 1, kDims, {}).restore(codebook.memory()));
}

}  // namespace
}  // namespace smidgen::models
