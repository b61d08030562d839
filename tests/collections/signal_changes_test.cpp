#include "engine/collections/signal_changes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <complex>

#include "tests/collections/material.h"

namespace smidgen {
namespace {

using testing::amplitudeAt;
using testing::powerOf;
using testing::sine;
using testing::whiteNoise;

TEST(AllPass, KeepsEveryMagnitudeAndTurnsThePhase) {
    std::vector<float> impulse(1 << 15, 0.0F);
    impulse[0] = 1.0F;
    std::vector<float> changed = impulse;
    applyAllPass(changed, 1000.0);
    for (const double hz : {50.0, 300.0, 1000.0, 4000.0, 15000.0}) {
        std::complex<double> response = 0;
        for (std::size_t i = 0; i < changed.size(); ++i)
            response += static_cast<double>(changed[i]) *
                        std::polar(1.0, -2.0 * std::numbers::pi * hz * static_cast<double>(i) / kSampleRate);
        EXPECT_NEAR(std::abs(response), 1.0, 1e-4) << hz;
        // Four sections of −2·atan(tan(πf/fs)/tan(πfc/fs)) each (bilinear first-order all-pass).
        const double expected = -8.0 * std::atan(std::tan(std::numbers::pi * hz / kSampleRate) /
                                                 std::tan(std::numbers::pi * 1000.0 / kSampleRate));
        EXPECT_NEAR(std::abs(response - std::polar(1.0, expected)), 0.0, 1e-3) << hz;
    }
    EXPECT_NEAR(powerOf(changed), powerOf(impulse), 1e-4 * powerOf(impulse));
}

class TiltTest : public ::testing::TestWithParam<double> {};

TEST_P(TiltTest, SlopeIsStraightAndPivotStays) {
    const double slope = GetParam();
    const auto levelDb = [&](double hz) {
        std::vector<float> signal = sine(hz, 1.0);
        applyTilt(signal, slope);
        // The second half: filters with a corner of 15 Hz have settled.
        return 20.0 * std::log10(amplitudeAt(std::span(signal).subspan(signal.size() / 2), hz) / 0.5);
    };
    EXPECT_NEAR(levelDb(1000.0), 0.0, 0.02);
    for (const double hz : {62.5, 125.0, 250.0, 500.0, 2000.0, 4000.0, 8000.0, 12000.0})
        EXPECT_NEAR(levelDb(hz), slope * std::log2(hz / 1000.0), 0.2) << hz;
}
INSTANTIATE_TEST_SUITE_P(Slopes, TiltTest, ::testing::Values(-2.0, -0.7, 1.0, 2.0));

TEST(Noise, RatioIsExactAndNoiseIsWhiteAndFree) {
    const std::vector<float> clean = testing::strike(1.0, 3);
    for (const double snr : {15.0, 40.0}) {
        std::vector<float> noisy = clean;
        addNoise(noisy, snr, 7);
        std::vector<float> noise(noisy.size());
        double correlation = 0, neighbours = 0, fourth = 0;
        for (std::size_t i = 0; i < noise.size(); ++i) {
            noise[i] = noisy[i] - clean[i];
            correlation += static_cast<double>(noise[i] * clean[i]);
            fourth += std::pow(static_cast<double>(noise[i]), 4);
            if (i > 0) neighbours += static_cast<double>(noise[i] * noise[i - 1]);
        }
        const double power = powerOf(noise), n = static_cast<double>(noise.size());
        EXPECT_NEAR(10.0 * std::log10(powerOf(clean) / power), snr, 0.01);
        EXPECT_LT(std::abs(correlation / n) / std::sqrt(power * powerOf(clean)), 0.03);
        EXPECT_LT(std::abs(neighbours / n) / power, 0.02);
        EXPECT_NEAR(fourth / n / (power * power), 2.7, 0.1);  // sum of four uniform numbers: 3 − 1.2/4
    }
}

TEST(Noise, SilenceStaysSilentAndSeedsDiffer) {
    std::vector<float> silence(1000, 0.0F);
    addNoise(silence, 15, 1);
    EXPECT_EQ(powerOf(silence), 0.0);
    std::vector<float> a = sine(440, 0.1), b = a, c = a;
    addNoise(a, 20, 1);
    addNoise(b, 20, 1);
    addNoise(c, 20, 2);
    EXPECT_EQ(a, b);
    EXPECT_NE(a, c);
}

class RoomTest : public ::testing::TestWithParam<double> {};

/// Schroeder's backward integration (1965), slope of −5 … −35 dB.
double decaySeconds(std::span<const float> response) {
    std::vector<double> left(response.size() + 1, 0.0);
    for (std::size_t i = response.size(); i > 0; --i)
        left[i - 1] = left[i] + std::pow(static_cast<double>(response[i - 1]), 2);
    const auto reaches = [&](double db) {
        const double wanted = left[0] * std::pow(10.0, db / 10.0);
        return static_cast<double>(
            std::find_if(left.begin(), left.end(), [&](double e) { return e <= wanted; }) - left.begin());
    };
    return 2.0 * (reaches(-35.0) - reaches(-5.0)) / kSampleRate;
}

TEST_P(RoomTest, DecaysInTheTimeSaidAndKeepsTheDirectSound) {
    const double seconds = GetParam();
    double reverberant = 0;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        std::vector<float> response(static_cast<std::size_t>(2.0 * seconds * kSampleRate), 0.0F);
        response[0] = 1.0F;
        addRoom(response, seconds, seed);
        EXPECT_EQ(response[0], 1.0F);
        const auto tail = std::span<const float>(response).subspan(1);
        EXPECT_NEAR(decaySeconds(tail), seconds, 0.08 * seconds) << seed;
        reverberant += powerOf(tail) * static_cast<double>(tail.size()) / 5.0;
    }
    EXPECT_NEAR(10.0 * std::log10(reverberant), -3.0, 1.5);
}
INSTANTIATE_TEST_SUITE_P(Seconds, RoomTest, ::testing::Values(0.1, 0.3, 0.8));

TEST(Room, SeedsGiveDifferentRoomsAndTheSameOneAgain) {
    std::vector<float> a = testing::strike(0.3, 1), b = a, c = a;
    addRoom(a, 0.4, 1);
    addRoom(b, 0.4, 1);
    addRoom(c, 0.4, 2);
    EXPECT_EQ(a, b);
    EXPECT_NE(a, c);
}

}  // namespace
}  // namespace smidgen
