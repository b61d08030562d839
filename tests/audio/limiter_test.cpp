#include "engine/audio/limiter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "engine/foundation/random.h"

namespace smidgen {
namespace {

/// Noise bursts over a quiet tone: a crest factor of about 20 dB.
AudioBuffer strokes(int channels) {
    AudioBuffer buffer(channels, Samples(4 * kSampleRate));
    Random random(3);
    for (std::size_t i = 0; i < buffer.channels[0].size(); ++i) {
        const double t = static_cast<double>(i) / kSampleRate;
        const double value = 0.02 * std::sin(2 * std::numbers::pi * 220 * t) +
                             0.5 * random.normal() * std::exp(-30 * std::fmod(t, 0.5));
        for (auto& channel : buffer.channels) channel[i] = static_cast<float>(value);
    }
    return buffer;
}

TEST(Limiter, WhatStaysBelowIsNotTouched) {
    AudioBuffer buffer = strokes(1);
    for (float& x : buffer.channels[0]) x *= 0.1F;
    const AudioBuffer before = buffer;
    limitPeaks(buffer, -1);
    EXPECT_EQ(before.channels, buffer.channels);
}

TEST(Limiter, NoPeakPassesNotEvenBetweenSamples) {
    AudioBuffer buffer = strokes(2);
    // A sine at a quarter of the rate whose samples miss its peaks by 3 dB.
    for (std::size_t i = 48000; i < 60000; ++i)
        for (auto& channel : buffer.channels)
            channel[i] +=
                static_cast<float>(1.2 * std::sin(std::numbers::pi * (0.5 * static_cast<double>(i) + 0.25)));
    const auto before = measureLoudness(buffer);
    ASSERT_GT(before->truePeakDb, 0.5);
    limitPeaks(buffer, -3);
    const auto after = measureLoudness(buffer);
    EXPECT_LE(after->truePeakDb, -2.9);
    EXPECT_GE(after->truePeakDb, -4.5) << "no more than is needed";
    EXPECT_EQ(buffer.channels[0], buffer.channels[1]) << "channels go down together";
}

TEST(Limiter, FarFromPeaksTheSoundStaysAsItIs) {
    AudioBuffer buffer = strokes(1);
    const AudioBuffer before = buffer;
    limitPeaks(buffer, -12);
    int changed = 0;
    for (std::size_t i = 0; i < before.channels[0].size(); ++i) {
        EXPECT_LE(std::abs(buffer.channels[0][i]), std::abs(before.channels[0][i]) + 1e-7F);
        changed +=
            std::abs(buffer.channels[0][i] - before.channels[0][i]) > 0.1F * std::abs(before.channels[0][i]);
    }
    EXPECT_LT(changed, 4 * kSampleRate / 2);
    EXPECT_GT(changed, 1000);
}

TEST(Limiter, LoudnessIsReachedThroughPeaks) {
    for (const double lufs : {-30.0, -23.0, -20.0, -18.0}) {
        AudioBuffer buffer = strokes(2);
        const auto reached = bringToLoudness(buffer, {lufs, -1});
        ASSERT_TRUE(reached);
        EXPECT_NEAR(lufs, reached->integratedLufs, 0.1);
        EXPECT_LE(reached->truePeakDb, -1 + 1e-6);
    }
    AudioBuffer faint = strokes(1);
    for (float& x : faint.channels[0]) x *= 1e-5F;
    const auto lifted = bringToLoudness(faint, {-23, -1});
    ASSERT_TRUE(lifted);
    EXPECT_NEAR(-23, lifted->integratedLufs, 0.1) << "quieter than loudness has numbers for";
    AudioBuffer silence(1, Samples(48000));
    const auto none = bringToLoudness(silence, {-16, -1});
    ASSERT_TRUE(none);
    EXPECT_FALSE(std::isfinite(none->integratedLufs));
    AudioBuffer click(1, Samples(96000));
    click.channels[0][48000] = 1;
    const auto far = bringToLoudness(click, {-10, -1});
    ASSERT_TRUE(far);
    EXPECT_LE(far->truePeakDb, -1 + 1e-6) << "out of reach, and still below the ceiling";
}

TEST(Limiter, ShortStrokesAreLetGoSooner) {
    // 20 ms of noise every 250 ms, a spike before each: what holds the spike down holds down the noise.
    const auto sound = [] {
        AudioBuffer buffer(1, Samples(4 * kSampleRate));
        Random random(9);
        for (std::size_t i = 0; i < buffer.channels[0].size(); ++i) {
            const std::size_t at = i % 12000;
            const double level = at < 24 ? 1.0 : 0.12 * std::exp(-static_cast<double>(at) / 480);
            buffer.channels[0][i] = static_cast<float>(0.5 * level * random.normal());
        }
        return buffer;
    };
    double slowest = -100;
    for (double gain = 0; gain <= 24; gain += 1) {
        AudioBuffer slow = sound();
        for (float& x : slow.channels[0]) x *= static_cast<float>(std::pow(10.0, gain / 20));
        limitPeaks(slow, -1.05);
        slowest = std::max(slowest, measureLoudness(slow)->integratedLufs);
    }
    AudioBuffer buffer = sound();
    const auto reached = bringToLoudness(buffer, {slowest + 1.5, -1});
    ASSERT_TRUE(reached);
    EXPECT_NEAR(slowest + 1.5, reached->integratedLufs, 0.3);
    EXPECT_LE(reached->truePeakDb, -1 + 1e-6);
}

}  // namespace
}  // namespace smidgen
