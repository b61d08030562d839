#include "engine/analysis/tone_carrier.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/foundation/random.h"

namespace smidgen {
namespace {

constexpr double kHopSeconds = 512.0 / 48000.0;

std::vector<float> tone(double hz, double seconds, double gain = 0.3) {
    std::vector<float> x(static_cast<std::size_t>(seconds * 48000));
    for (std::size_t i = 0; i < x.size(); ++i)
        x[i] =
            static_cast<float>(gain * std::sin(2 * std::numbers::pi * hz * static_cast<double>(i) / 48000));
    return x;
}

/// Turns from frame to frame of the band nearest to hz, averaged over the middle of the sound, as a frequency
/// beside `hz`; and whether every step was within half a hertz of the mean.
double frequencyError(const std::vector<float>& signal, double hz) {
    const MelBank bank;
    const ToneCarrier carrier(bank);
    const LogMel mel = MelAnalyzer().analyze(signal);
    const std::vector<float> turns = carrier.trace(mel.values).turns;
    const auto band = static_cast<std::size_t>(
        carrier.bandOfBin()[static_cast<std::size_t>(std::lround(hz * 2048 / 48000))]);
    double worst = 0;
    for (std::int64_t t = 8; t < mel.frames().value - 8; ++t) {
        const auto at = static_cast<std::size_t>(t) * kMelBands + band;
        const double told = static_cast<double>(turns[at]) - static_cast<double>(turns[at - kMelBands]);
        const double error = told - hz * kHopSeconds;
        worst = std::max(worst, std::abs(error - std::round(error)) / kHopSeconds);
    }
    return worst;
}

TEST(ToneCarrier, ASteadyToneIsCarriedAtItsOwnFrequency) {
    for (const double hz : {82.4, 110.0, 220.0, 261.6, 440.0, 987.8, 3000.0, 7040.0, 10000.0, 15000.0})
        EXPECT_LT(frequencyError(tone(hz, 1.0), hz), std::max(1.0, 0.001 * hz)) << hz;
}

TEST(ToneCarrier, TwoTonesAreCarriedEachAtItsOwn) {
    std::vector<float> both = tone(440, 1.0);
    const std::vector<float> other = tone(3000, 1.0, 0.1);
    for (std::size_t i = 0; i < both.size(); ++i) both[i] += other[i];
    EXPECT_LT(frequencyError(both, 440), 1.0);
    EXPECT_LT(frequencyError(both, 3000), 3.0);
}

TEST(ToneCarrier, ATonesBeginningTurnsNothing) {
    std::vector<float> signal(24000, 0.0F);
    const std::vector<float> sounding = tone(1000, 0.5);
    signal.insert(signal.end(), sounding.begin(), sounding.end());
    const ToneCarrier carrier{MelBank()};
    const std::vector<float> turns = carrier.trace(MelAnalyzer().analyze(signal).values).turns;
    const auto band = static_cast<std::size_t>(carrier.bandOfBin()[43]);
    const std::size_t attack = 24000 / 512;
    EXPECT_EQ(turns[(attack - 4) * kMelBands + band], 0.0F);  // silence
    EXPECT_EQ(turns[attack * kMelBands + band], 0.0F);        // still rising
    int moving = 0;
    for (std::size_t t = attack + 4; t < attack + 20; ++t) moving += turns[t * kMelBands + band] > 0.0F;
    EXPECT_GT(moving, 12);
}

TEST(ToneCarrier, SilenceAndNoiseAreLeftAlone) {
    const ToneCarrier carrier{MelBank()};
    for (const float level : {kLogMelFloor, -3.0F})
        for (const float value : carrier.trace(std::vector<float>(20 * kMelBands, level)).turns)
            ASSERT_EQ(value, 0.0F);
    EXPECT_TRUE(carrier.trace({}).turns.empty());
    std::vector<float> noise(48000);
    Random random(6);
    for (float& value : noise) value = 0.1F * static_cast<float>(random.normal());
    const CarriedTones tones = carrier.trace(MelAnalyzer().analyze(noise).values);
    const auto turned = std::count_if(tones.turns.begin(), tones.turns.end(), [](float x) { return x > 0; });
    EXPECT_LT(static_cast<double>(turned) / static_cast<double>(tones.turns.size()), 0.02);
    for (const auto& pure : tones.pure) EXPECT_TRUE(pure.empty());
}

TEST(ToneCarrier, ATonesTransformIsThatOfTheSineItself) {
    const MelBank bank;
    const ToneCarrier carrier(bank);
    for (const double hz : {440.0, 3000.0, 10000.0}) {
        const std::vector<float> signal = tone(hz, 0.5);
        const CarriedTones tones = carrier.trace(MelAnalyzer().analyze(signal).values);
        std::vector<std::complex<float>> spectrum, told(1025);
        Stft stft(bank.shape().stft);
        stft.forward(signal, spectrum);
        constexpr std::size_t kFrame = 24;
        ASSERT_EQ(tones.pure[kFrame].size(), 1U) << hz;
        carrier.advance(tones, kFrame, told);
        const std::span<const std::complex<float>> wanted = std::span(spectrum).subspan(kFrame * 1025, 1025);
        const auto peak = static_cast<std::size_t>(std::lround(hz * 2048 / 48000));
        const std::complex<float> turn =
            told[peak] / std::abs(told[peak]) * std::abs(wanted[peak]) / wanted[peak];
        for (std::size_t k = peak - 2; k <= peak + 2; ++k)
            EXPECT_LT(std::abs(told[k] - turn * wanted[k]), 0.05F * std::abs(wanted[peak])) << hz << " " << k;
    }
}

TEST(ToneCarrier, ARestartDrawsWhereTonesStandAtFirstAndNothingElse) {
    const ToneCarrier carrier{MelBank()};
    const LogMel mel = MelAnalyzer().analyze(tone(1000, 0.5));
    const auto band = static_cast<std::size_t>(carrier.bandOfBin()[43]);
    const std::uint64_t seed = 7;
    // Without the edge's reflection, whose first frames rise.
    const std::span<const float> sounding = std::span(mel.values).subspan(6 * kMelBands);
    const std::vector<float> from = carrier.trace(sounding).turns;
    const std::vector<float> other = carrier.trace(sounding, &seed).turns;
    EXPECT_EQ(from[band], 0.0F);
    const float first = other[band];
    EXPECT_GT(first, 0.0F);
    for (std::size_t t = 1; t < 30; ++t) {
        const float difference = other[t * kMelBands + band] - from[t * kMelBands + band] - first;
        EXPECT_NEAR(difference - std::round(difference), 0.0F, 1e-5F);
    }
}

TEST(ToneCarrier, AdvancingTurnsEachBandsBinsAndKeepsTheirMagnitude) {
    const ToneCarrier carrier{MelBank()};
    CarriedTones tones;
    tones.pure.resize(1);
    Random random(2);
    for (int b = 0; b < kMelBands; ++b) tones.turns.push_back(static_cast<float>(random.uniform()));
    std::vector<std::complex<float>> bins(1025, {2.0F, 0.0F});
    carrier.advance(tones, 0, bins);
    for (std::size_t k = 0; k < bins.size(); ++k) {
        const double angle =
            2 * std::numbers::pi *
            static_cast<double>(tones.turns[static_cast<std::size_t>(carrier.bandOfBin()[k])]);
        EXPECT_NEAR(bins[k].real(), 2 * std::cos(angle), 1e-5) << k;
        EXPECT_NEAR(bins[k].imag(), 2 * std::sin(angle), 1e-5) << k;
    }
}

TEST(ToneCarrier, HostileMelsGiveFiniteTurns) {
    const ToneCarrier carrier{MelBank()};
    std::vector<float> mel(20 * kMelBands);
    Random random(1);
    for (float& value : mel) value = static_cast<float>(random.uniform(-11.5, 16.0));
    const CarriedTones tones = carrier.trace(mel);
    for (const float value : tones.turns) ASSERT_TRUE(value >= 0.0F && value <= 1.0F);
    std::vector<std::complex<float>> bins(1025);
    for (std::size_t t = 0; t < 20; ++t) carrier.advance(tones, t, bins);
    for (const std::complex<float> value : bins) ASSERT_TRUE(std::isfinite(std::norm(value)));
}

}  // namespace
}  // namespace smidgen
