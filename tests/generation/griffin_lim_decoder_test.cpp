#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <thread>

#include "engine/analysis/mel_correction.h"
#include "engine/analysis/metrics.h"
#include "engine/foundation/random.h"
#include "engine/generation/mel_decoder.h"

namespace smidgen {
namespace {

constexpr std::size_t kHop = 512;
/// Where one piece hands over to the next (see griffin_lim_decoder.cpp): each starts 991 frames after the one
/// before, keeps the 16 frames of it that follow, and fades the last 1024 samples of them.
constexpr std::size_t kFirstJoin = (991 + 16) * kHop;

/// Slowly moving chords over soft noise, with a hit every half second.
std::vector<float> song(std::size_t count) {
    std::vector<float> x(count);
    Random random(9);
    for (std::size_t n = 0; n < count; ++n) {
        const double t = static_cast<double>(n) / 48000.0;
        const double root = 110.0 * std::pow(2.0, std::floor(t) / 12.0);
        double value = 0.02 * random.normal();
        for (int partial = 1; partial <= 6; ++partial)
            value += 0.15 / partial * std::sin(2.0 * std::numbers::pi * root * partial * t);
        value += 0.3 * random.normal() * std::exp(-std::fmod(t, 0.5) * 40.0);
        x[n] = static_cast<float>(value);
    }
    return x;
}

double largestStep(std::span<const float> signal) {
    double largest = 0;
    for (std::size_t i = 1; i < signal.size(); ++i)
        largest =
            std::max(largest, std::abs(static_cast<double>(signal[i]) - static_cast<double>(signal[i - 1])));
    return largest;
}

Result<std::vector<float>> decode(const LogMel& mel, std::size_t samples, int iterations = 12,
                                  std::uint64_t seed = 1, const CancelToken& cancel = {}) {
    return makeGriffinLimDecoder({iterations})
        ->decode({&mel, Samples(static_cast<std::int64_t>(samples)), seed, cancel});
}

TEST(GriffinLimDecoder, ReturnsASoundOfTheMelItWasGiven) {
    const std::vector<float> signal = song(96000);
    const auto decoded = decode(MelAnalyzer().analyze(signal), signal.size(), 24);
    ASSERT_TRUE(decoded);
    ASSERT_EQ(decoded->size(), signal.size());
    EXPECT_LT(melL1(signal, *decoded), 0.06);
    EXPECT_LT(logSpectralDistance(signal, *decoded), 0.34);
}

TEST(GriffinLimDecoder, EqualRequestsGiveEqualBitsAndSeedsDiffer) {
    const LogMel mel = MelAnalyzer().analyze(song(24000));
    EXPECT_EQ(*decode(mel, 24000, 4, 5), *decode(mel, 24000, 4, 5));
    EXPECT_NE(*decode(mel, 24000, 4, 5), *decode(mel, 24000, 4, 6));
}

class LongSound : public ::testing::Test {
 protected:
    static void SetUpTestSuite() {
        s_signal = new std::vector<float>(song(24 * 48000));
        s_decoded = new std::vector<float>(*decode(MelAnalyzer().analyze(*s_signal), s_signal->size()));
    }
    static void TearDownTestSuite() {
        delete s_signal;
        delete s_decoded;
    }
    static std::span<const float> around(const std::vector<float>& signal, std::size_t place) {
        return std::span(signal).subspan(place - 1536, 3072);
    }
    static inline std::vector<float>* s_signal = nullptr;
    static inline std::vector<float>* s_decoded = nullptr;
};

TEST_F(LongSound, JoinsStepNoMoreThanTheInside) {
    ASSERT_EQ(s_decoded->size(), s_signal->size());
    // Between the hits, so that a step at the join could not hide under one; the inside of the piece before
    // at the same places after its hits.
    const auto stepNear = [](std::size_t place) {
        return largestStep(std::span(*s_decoded).subspan(place - 6000, 8000));
    };
    for (const std::size_t join : {kFirstJoin, kFirstJoin + 991 * kHop}) {
        double inside = 0;
        for (std::size_t hits = 1; hits < 20; ++hits)
            inside = std::max(inside, stepNear(join - hits * 24000));
        EXPECT_LE(stepNear(join), inside);
    }
}

TEST_F(LongSound, JoinsAreAsTrueToTheSoundAsTheInside) {
    double joins = 0;
    double insides = 0;
    for (const std::size_t join : {kFirstJoin, kFirstJoin + 991 * kHop}) {
        joins += logSpectralDistance(around(*s_signal, join), around(*s_decoded, join)) / 2;
        // Two seconds earlier the chord and the hit lie in the same place.
        insides += logSpectralDistance(around(*s_signal, join - 96000), around(*s_decoded, join - 96000)) / 2;
    }
    EXPECT_LT(joins, 1.05 * insides);
}

TEST(GriffinLimDecoder, ASteadyToneGoesOnThroughAJoin) {
    std::vector<float> tone(15 * 48000);
    for (std::size_t n = 0; n < tone.size(); ++n)
        tone[n] = static_cast<float>(
            0.3 * std::sin(2.0 * std::numbers::pi * 441.3 * static_cast<double>(n) / 48000.0));
    const auto decoded = decode(MelAnalyzer().analyze(tone), tone.size());
    ASSERT_TRUE(decoded);
    // A break in phase is a click: energy far from the tone, here 70 dB below it.
    Stft stft({1024, 256});
    std::vector<float> row(513);
    for (std::size_t i = 0; i < 16; ++i) {
        stft.frameMagnitudes(*decoded, static_cast<std::int64_t>(kFirstJoin - 2048 + i * 256), row);
        const double largest = *std::max_element(row.begin(), row.end());
        double energy = 0;
        for (std::size_t k = 43; k < row.size(); ++k) energy += std::pow(static_cast<double>(row[k]), 2);
        EXPECT_LT(energy, 1e-7 * largest * largest);
        EXPECT_GT(largest, 0.7 * 0.3 * 256);  // and the tone is all there
    }
}

/// What a model made: the mel of a sound, moved a little everywhere, so that no signal has it.
LogMel troubledMel(const std::vector<float>& signal) {
    LogMel mel = MelAnalyzer().analyze(signal);
    Random random(3);
    for (float& value : mel.values) value += static_cast<float>(0.3 * random.normal());
    return mel;
}

TEST(GriffinLimDecoder, CorrectionsComeNearerToTheMelAskedFor) {
    const LogMel mel = troubledMel(song(96000));
    const auto distance = [&](int rounds) {
        const auto decoded =
            makeGriffinLimDecoder({24, rounds})->decode({&mel, Samples(96000), 1, {}}).value();
        const LogMel heard = MelAnalyzer().analyze(decoded);
        double sum = 0;
        for (std::size_t i = 0; i < mel.values.size(); ++i)
            sum += std::abs(static_cast<double>(heard.values[i]) - static_cast<double>(mel.values[i]));
        return sum / static_cast<double>(mel.values.size());
    };
    EXPECT_LT(distance(2), 0.9 * distance(0));
}

TEST(GriffinLimDecoder, CorrectionsInPiecesAreThoseOfTheWhole) {
    const std::vector<float> signal = song(12 * 48000);
    const LogMel mel = troubledMel(signal);
    const auto whole = makeGriffinLimDecoder({4, 2})->decode({&mel, Samples(576000), 1, {}}).value();
    std::vector<float> expected =
        makeGriffinLimDecoder({4, 0})->decode({&mel, Samples(576000), 1, {}}).value();
    LogMel held = mel;
    held.values.insert(held.values.end(), mel.values.end() - mel.bands, mel.values.end());
    const MelBank bank;
    MelCorrection(bank).applyLimited(fromLogMel(held.values), 2, 8, expected);
    ASSERT_EQ(whole.size(), expected.size());
    for (std::size_t i = 0; i < whole.size(); ++i) ASSERT_NEAR(expected[i], whole[i], 1e-5) << i;
}

TEST(GriffinLimDecoder, CancelStopsALongDecodeSoon) {
    const LogMel mel = MelAnalyzer().analyze(song(48000));
    CancelToken cancel;
    std::thread stop([cancel] { cancel.cancel(); });
    const auto decoded = decode(mel, 48000, 10'000'000, 1, cancel);  // would run for hours
    stop.join();
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().code, ErrorCode::cancelled);
}

TEST(GriffinLimDecoder, AnyLengthIsServed) {
    const LogMel mel = MelAnalyzer().analyze(song(5000));
    for (const std::size_t length : {0U, 1U, 511U, 512U, 5000U, 5120U, 20000U}) {
        const auto decoded = decode(mel, length, 2);
        ASSERT_TRUE(decoded);
        EXPECT_EQ(decoded->size(), length);
    }
    const auto longer = decode(mel, 20000, 8);
    EXPECT_LT(largestStep(std::span(*longer).subspan(12000)), 1e-3);  // what no mel describes is silent
    EXPECT_EQ(*decode(LogMel{}, 3000, 2), std::vector<float>(3000, 0.0F));
}

TEST(GriffinLimDecoder, NonsenseMelsGiveFiniteSound) {
    for (const float value : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                              -std::numeric_limits<float>::infinity(), 1e30F}) {
        LogMel mel{128, std::vector<float>(128 * 20, -3.0F)};
        for (std::size_t i = 128 * 8; i < 128 * 10; ++i) mel.values[i] = value;
        const auto decoded = decode(mel, 20 * kHop, 3);
        ASSERT_TRUE(decoded);
        for (const float sample : *decoded) ASSERT_TRUE(std::isfinite(sample)) << value;
    }
}

}  // namespace
}  // namespace smidgen
