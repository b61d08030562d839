#include <ebur128.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "engine/playback/meter_bank.h"
#include "sounds.h"

namespace smidgen::testing {
namespace {

std::vector<float> sine(double amplitude, double hertz, int rate, int frames) {
    std::vector<float> samples(static_cast<std::size_t>(frames));
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = static_cast<float>(
            amplitude * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / rate));
    return samples;
}

TEST(Meters, WeightingIsTheTableOfBs1770At48kHz) {
    const KWeighting weighting(48000);
    EXPECT_NEAR(weighting.shelf().b0, 1.53512485958697, 1e-12);
    EXPECT_NEAR(weighting.shelf().b1, -2.69169618940638, 1e-12);
    EXPECT_NEAR(weighting.shelf().b2, 1.19839281085285, 1e-12);
    EXPECT_NEAR(weighting.shelf().a1, -1.69065929318241, 1e-12);
    EXPECT_NEAR(weighting.shelf().a2, 0.73248077421585, 1e-12);
    EXPECT_NEAR(weighting.highPass().a1, -1.99004745483398, 1e-12);
    EXPECT_NEAR(weighting.highPass().a2, 0.99007225036621, 1e-12);
}

TEST(Meters, FullScaleSineOnOneSideIsMinusThreeLufs) {
    // BS.1770-4: a 0 dBFS, 997 Hz sine on the left channel alone reads −3.01 LKFS.
    MeterBank meters;
    meters.prepare(48000);
    const auto left = sine(1.0, 997, 48000, 48000);
    const std::vector<float> right(48000, 0.0F);
    meters.process(left.data(), right.data(), 48000);
    const auto read = meters.read();
    EXPECT_NEAR(read.momentaryLufs, -3.01F, 0.01F);
    EXPECT_NEAR(read.rmsDb[0], -3.01F, 0.01F);
    EXPECT_EQ(read.rmsDb[1], -120.0F);
    EXPECT_NEAR(read.peakDb[0], 0.0F, 0.001F);
    EXPECT_EQ(read.peakDb[1], -120.0F);
    EXPECT_FALSE(read.clipped);
}

TEST(Meters, MomentaryLoudnessAgreesWithLibebur128AtEveryRate) {
    for (const int rate : {22050, 44100, 48000, 96000, 192000}) {
        const auto sound = noise(2, rate, 21, rate);
        MeterBank meters;
        meters.prepare(rate);
        meters.process(sound->channels[0].data(), sound->channels[1].data(), rate);

        ebur128_state* reference = ebur128_init(2, static_cast<unsigned long>(rate), EBUR128_MODE_M);
        ASSERT_NE(reference, nullptr);
        for (std::size_t i = 0; i < static_cast<std::size_t>(rate); ++i) {
            const float frame[2] = {sound->channels[0][i], sound->channels[1][i]};
            ebur128_add_frames_float(reference, frame, 1);
        }
        double expected = 0;
        ASSERT_EQ(ebur128_loudness_momentary(reference, &expected), EBUR128_SUCCESS);
        ebur128_destroy(&reference);
        EXPECT_NEAR(meters.read().momentaryLufs, expected, 0.02) << rate;
    }
}

TEST(Meters, RmsForgetsAfterThreeHundredMillisecondsAndLoudnessAfterFourHundred) {
    MeterBank meters;
    meters.prepare(48000);
    const auto tone = sine(0.5, 1000, 48000, 48000);
    const std::vector<float> silence(48000, 0.0F);
    meters.process(tone.data(), tone.data(), 48000);
    EXPECT_NEAR(meters.read().rmsDb[0], 20 * std::log10(0.5 / std::sqrt(2.0)), 0.01);
    meters.process(silence.data(), silence.data(), 7200);  // half of the window
    EXPECT_NEAR(meters.read().rmsDb[0], 20 * std::log10(0.5 / 2.0), 0.01);
    meters.process(silence.data(), silence.data(), 7200);
    auto read = meters.read();
    EXPECT_EQ(read.rmsDb[0], -120.0F);
    EXPECT_GT(read.momentaryLufs, -30.0F);
    meters.process(silence.data(), silence.data(), 4800 + 480);
    EXPECT_LT(meters.read().momentaryLufs, -60.0F);
}

TEST(Meters, PeakHoldsUntilReadAndClippingUntilReset) {
    MeterBank meters;
    meters.prepare(48000);
    const std::vector<float> silence(480, 0.0F);
    auto spike = silence;
    spike[100] = -2.0F;
    meters.process(spike.data(), silence.data(), 480);
    meters.process(silence.data(), silence.data(), 480);
    auto read = meters.read();
    EXPECT_NEAR(read.peakDb[0], 6.0206F, 0.001F);
    EXPECT_TRUE(read.clipped);
    read = meters.read();
    EXPECT_EQ(read.peakDb[0], -120.0F);
    EXPECT_TRUE(read.clipped);
    meters.resetClip();
    EXPECT_FALSE(meters.read().clipped);
}

}  // namespace
}  // namespace smidgen::testing
