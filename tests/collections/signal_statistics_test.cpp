#include "engine/collections/signal_statistics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "tests/collections/material.h"

namespace smidgen {
namespace {

SignalStatistics measure(std::span<const float> interleaved, int channels, std::size_t block,
                         int rate = 48000) {
    SignalStatistics statistics(rate, channels,
                                Samples(static_cast<std::int64_t>(interleaved.size()) / channels));
    const std::size_t step = block * static_cast<std::size_t>(channels);
    for (std::size_t at = 0; at < interleaved.size(); at += step)
        statistics.append(interleaved.subspan(at, std::min(step, interleaved.size() - at)));
    return statistics;
}

TEST(SignalStatistics, BlockSizesDoNotMatter) {
    std::vector<float> signal = testing::whiteNoise(0.4, 3, 1.2);
    for (float& x : signal) x = std::clamp(x, -1.0F, 1.0F);
    std::fill(signal.begin() + 6000, signal.begin() + 14000, 0.0F);
    const SignalStatistics whole = measure(signal, 2, signal.size());
    for (const std::size_t block : {1UL, 7UL, 1000UL}) {
        const SignalStatistics parts = measure(signal, 2, block);
        EXPECT_EQ(parts.length(), whole.length());
        EXPECT_EQ(parts.peakDb(), whole.peakDb());
        EXPECT_EQ(parts.clippedShare(), whole.clippedShare());
        EXPECT_EQ(parts.silenceShare(), whole.silenceShare());
        for (std::size_t c = 0; c < kThumbnailColumns; ++c) {
            EXPECT_EQ(parts.thumbnail()[c].low, whole.thumbnail()[c].low) << c;
            EXPECT_EQ(parts.thumbnail()[c].high, whole.thumbnail()[c].high) << c;
        }
    }
}

TEST(SignalStatistics, ThumbnailHoldsTheExtremesOfEachPart) {
    const std::vector<float> signal = testing::whiteNoise(0.31, 9);
    const SignalStatistics statistics = measure(signal, 1, 777);
    for (std::size_t c = 0; c < kThumbnailColumns; ++c) {
        // A sample belongs to column floor(i · 128 / n).
        float low = 1, high = -1;
        for (std::size_t i = 0; i < signal.size(); ++i) {
            if (i * kThumbnailColumns / signal.size() != c) continue;
            low = std::min(low, signal[i]);
            high = std::max(high, signal[i]);
        }
        EXPECT_EQ(statistics.thumbnail()[c].low, low) << c;
        EXPECT_EQ(statistics.thumbnail()[c].high, high) << c;
    }
}

TEST(SignalStatistics, ClippingNeedsThreeSamplesInOneChannel) {
    std::vector<float> signal(2000, 0.1F);
    signal[100] = signal[102] = 1.0F;                               // two in the left channel
    signal[301] = signal[303] = signal[305] = signal[307] = -1.0F;  // four in the right one
    signal[501] = signal[502] = signal[503] = 1.0F;                 // never three of one channel
    EXPECT_DOUBLE_EQ(measure(signal, 2, 1000).clippedShare(), 4.0 / 2000.0);
    EXPECT_DOUBLE_EQ(measure(signal, 2, 151).clippedShare(), 4.0 / 2000.0);
}

TEST(SignalStatistics, SilenceIsCountedInWindowsOfFiftyMilliseconds) {
    std::vector<float> signal = testing::sine(500, 1.0, 0.5);
    std::fill(signal.begin(), signal.begin() + 12000, 0.0009F);  // −60.9 dBFS
    EXPECT_DOUBLE_EQ(measure(signal, 1, 1000).silenceShare(), 5.0 / 20.0);
    std::fill(signal.begin(), signal.begin() + 12000, 0.0011F);  // −59.2 dBFS
    EXPECT_DOUBLE_EQ(measure(signal, 1, 1000).silenceShare(), 0.0);
    EXPECT_DOUBLE_EQ(measure(std::vector<float>(500, 0.0F), 1, 100).silenceShare(), 1.0);
}

TEST(SignalStatistics, CountsWhatIsNoNumberAndKnowsTheMean) {
    std::vector<float> signal{0.5F,  -0.5F,
                              0.25F, std::numeric_limits<float>::quiet_NaN(),
                              1.0F,  std::numeric_limits<float>::infinity()};
    EXPECT_EQ(measure(signal, 1, 2).invalidSamples(), 2);
    const SignalStatistics three = measure(std::vector<float>{0.3F, 0.6F, -0.3F, 0.9F, 0.0F, 0.0F}, 3, 2);
    ASSERT_EQ(three.mono().size(), 2U);
    EXPECT_NEAR(three.mono()[0], 0.2F, 1e-7F);
    EXPECT_NEAR(three.mono()[1], 0.3F, 1e-7F);
    EXPECT_NEAR(three.peakDb(), 20.0 * std::log10(0.9), 1e-6);
}

}  // namespace
}  // namespace smidgen
