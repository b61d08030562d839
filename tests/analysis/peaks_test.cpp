#include "engine/analysis/peaks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/analysis/test_signals.h"

namespace smidgen {
namespace {

PeakPyramid pyramidOf(std::span<const float> signal, std::size_t blockSize = 1000) {
    PeakPyramid pyramid;
    for (std::size_t at = 0; at < signal.size(); at += blockSize)
        pyramid.append(signal.subspan(at, std::min(blockSize, signal.size() - at)));
    pyramid.finish();
    return pyramid;
}

TEST(PeakPyramid, EveryLevelHoldsTheExtremesOfItsBlocks) {
    const std::vector<float> signal = testSignal("rich", 100'003);
    const PeakPyramid pyramid = pyramidOf(signal, 777);
    EXPECT_EQ(pyramid.length().value, 100'003);
    ASSERT_EQ(pyramid.levels(), 4);  // 1563, 391, 98, 25 pairs
    std::size_t block = 64;
    for (int level = 0; level < pyramid.levels(); ++level, block *= 4) {
        const auto pairs = pyramid.level(level);
        ASSERT_EQ(pairs.size(), (signal.size() + block - 1) / block);
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            const auto first = signal.begin() + static_cast<std::ptrdiff_t>(i * block);
            const auto last =
                signal.begin() + static_cast<std::ptrdiff_t>(std::min(signal.size(), (i + 1) * block));
            EXPECT_EQ(pairs[i].low, *std::min_element(first, last));
            EXPECT_EQ(pairs[i].high, *std::max_element(first, last));
        }
    }
}

TEST(PeakPyramid, BlockSizesOfTheFeedDoNotMatter) {
    const std::vector<float> signal = testSignal("chirp", 5000);
    const PeakPyramid whole = pyramidOf(signal, 5000);
    const PeakPyramid single = pyramidOf(signal, 1);
    ASSERT_EQ(whole.level(0).size(), single.level(0).size());
    for (std::size_t i = 0; i < whole.level(0).size(); ++i)
        EXPECT_EQ(whole.level(0)[i].high, single.level(0)[i].high);
}

TEST(PeakPyramid, ColumnsAtAnyZoomHoldTheExtremesWithinABlock) {
    const std::vector<float> signal = testSignal("rich", 300'000);
    const PeakPyramid pyramid = pyramidOf(signal);
    for (const double span : {3000.0, 40'000.0, 299'000.5}) {
        const double start = 500.25;
        std::vector<PeakPair> columns(173);
        pyramid.columns(start, span, columns);
        const double width = span / 173.0;
        const auto slack = static_cast<std::ptrdiff_t>(std::max(64.0, width));
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const auto first = static_cast<std::ptrdiff_t>(start + width * static_cast<double>(c));
            const auto last = static_cast<std::ptrdiff_t>(
                std::min(300'000.0, std::ceil(start + width * static_cast<double>(c + 1))));
            if (first >= last) continue;
            const auto inside = std::minmax_element(signal.begin() + first, signal.begin() + last);
            EXPECT_LE(columns[c].low, *inside.first);
            EXPECT_GE(columns[c].high, *inside.second);
            const auto wide =
                std::minmax_element(signal.begin() + std::max<std::ptrdiff_t>(0, first - slack),
                                    signal.begin() + std::min<std::ptrdiff_t>(300'000, last + slack));
            EXPECT_GE(columns[c].low, *wide.first);
            EXPECT_LE(columns[c].high, *wide.second);
        }
    }
}

TEST(PeakPyramid, PowersAreTheMeanSquaresOfTheBlocksThatAColumnTouches) {
    const std::vector<float> signal = testSignal("rich", 300'007);
    const PeakPyramid pyramid = pyramidOf(signal);
    for (const double span : {3000.0, 40'000.0, 300'007.0}) {
        std::vector<float> powers(10);
        pyramid.powers(64.0 * 64, span, powers);
        const double width = span / 10;
        double block = 64;
        while (block * 4 <= width && block * 4 <= 64.0 * 64 * 16) block *= 4;
        for (std::size_t c = 0; c < powers.size(); ++c) {
            const double from = std::floor((64.0 * 64 + width * static_cast<double>(c)) / block) * block;
            const double to = std::min(
                300'007.0, std::ceil((64.0 * 64 + width * static_cast<double>(c + 1)) / block) * block);
            if (from >= 300'007.0) continue;
            double sum = 0;
            for (auto i = static_cast<std::size_t>(from); i < static_cast<std::size_t>(to); ++i)
                sum += static_cast<double>(signal[i]) * static_cast<double>(signal[i]);
            EXPECT_NEAR(powers[c], sum / (to - from), 1e-5 * sum / (to - from) + 1e-9) << span << ' ' << c;
        }
    }
    std::vector<float> outside(4, 9.0F);
    pyramid.powers(-2000.0, 1000.0, outside);
    EXPECT_EQ(outside, std::vector<float>(4));
}

TEST(PeakPyramid, ColumnsBeyondTheSoundAreSilent) {
    const PeakPyramid pyramid = pyramidOf(std::vector<float>(1000, 0.5F));
    std::vector<PeakPair> columns(4, PeakPair{9, 9});
    pyramid.columns(-2000.0, 4000.0, columns);  // two before the sound, one of sound, one after
    EXPECT_EQ(columns[0].high, 0.0F);
    EXPECT_EQ(columns[1].high, 0.0F);
    EXPECT_EQ(columns[2].high, 0.5F);
    EXPECT_EQ(columns[3].high, 0.0F);
}

TEST(PeakPyramid, EmptyOneSampleAndNonsenseAreHarmless) {
    std::vector<PeakPair> columns(3, PeakPair{9, 9});
    PeakPyramid().columns(0.0, 100.0, columns);
    EXPECT_EQ(columns[0].low, 0.0F);
    const PeakPyramid one = pyramidOf(std::vector<float>{-0.25F});
    ASSERT_EQ(one.levels(), 1);
    EXPECT_EQ(one.level(0)[0].low, -0.25F);
    EXPECT_EQ(one.level(0)[0].high, -0.25F);
    const float nan = std::numeric_limits<float>::quiet_NaN();
    one.columns(nan, 100.0, columns);
    one.columns(0.0, nan, columns);
    one.columns(0.0, -5.0, columns);
    EXPECT_EQ(columns[0].low, 0.0F);
    one.columns(-1e300, 2e300, columns);
    const PeakPyramid broken =
        pyramidOf(std::vector<float>{nan, 0.5F, std::numeric_limits<float>::infinity()});
    EXPECT_EQ(broken.level(0)[0].high, 0.5F);
    EXPECT_EQ(pyramidOf(std::vector<float>(100, nan)).level(0)[0].high, 0.0F);
}

}  // namespace
}  // namespace smidgen
