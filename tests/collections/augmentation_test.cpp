#include "engine/collections/augmentation.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/analysis/mel.h"
#include "tests/collections/material.h"

namespace smidgen {
namespace {

using testing::amplitudeAt;
using testing::powerOf;
using testing::sine;
using testing::strike;
using testing::whiteNoise;

AugmentationAmounts pitched(double semitones) {
    AugmentationAmounts amounts;
    amounts.pitchSemitones = semitones;
    return amounts;
}

/// Frames as the feature cache takes them.
LogMel features(std::span<const float> signal, const AugmentationAmounts& amounts) {
    const std::vector<float> changed = augmentSignal(signal, amounts);
    MelAnalyzer analyzer;
    LogMel mel;
    const double hop = featureHop(amounts);
    for (std::int64_t t = 0;
         std::llround(static_cast<double>(t) * hop) <= static_cast<std::int64_t>(changed.size()); ++t) {
        mel.values.resize(mel.values.size() + kMelBands);
        analyzer.analyzeFrame(changed, std::llround(static_cast<double>(t) * hop), analyzer.bank(),
                              mel.frame(t));
    }
    return mel;
}

/// Frequency of the strongest partial to a hundredth of a cent: amplitude maximum by golden section.
double frequencyNear(std::span<const float> signal, double hz) {
    double low = hz * 0.995, high = hz * 1.005;
    const double ratio = (std::sqrt(5.0) - 1.0) / 2.0;
    for (int i = 0; i < 40; ++i) {
        const double a = high - ratio * (high - low), b = low + ratio * (high - low);
        (amplitudeAt(signal, a) > amplitudeAt(signal, b) ? high : low) =
            amplitudeAt(signal, a) > amplitudeAt(signal, b) ? b : a;
    }
    return (low + high) / 2;
}

TEST(Augmentation, NeutralAmountsChangeNothing) {
    const std::vector<float> signal = strike(0.5, 1);
    EXPECT_EQ(augmentSignal(signal, {}), signal);
    EXPECT_EQ(featureHop({}), 512.0);
    EXPECT_TRUE(augmentSignal({}, pitched(1)).empty());
}

TEST(Augmentation, PitchMovesASineByTheExactRatioAndKeepsTheDuration) {
    const std::vector<float> signal = sine(1000.0, 1.0);
    for (const double semitones : {-2.0, -0.13, 0.2, 2.0}) {
        const double ratio = std::exp2(semitones / 12.0);
        const std::vector<float> changed = augmentSignal(signal, pitched(semitones));
        EXPECT_EQ(changed.size(), static_cast<std::size_t>(std::llround(48000.0 / ratio)));
        const auto middle = std::span(changed).subspan(4000, changed.size() - 8000);
        EXPECT_NEAR(frequencyNear(middle, 1000.0 * ratio) / 1000.0, ratio, 1e-5);
        EXPECT_NEAR(amplitudeAt(middle, 1000.0 * ratio), 0.5, 1e-3);
        EXPECT_NEAR(featureHop(pitched(semitones)), 512.0 / ratio, 1e-9);
        EXPECT_EQ(features(signal, pitched(semitones)).frames().value, 94);
    }
}

TEST(Augmentation, PitchedFeaturesKeepTheirPlaceInTime) {
    std::vector<float> signal(48000, 0.0F);
    const std::vector<float> burst = whiteNoise(0.02, 5);
    for (const std::size_t at : {9600UL, 38400UL}) std::copy(burst.begin(), burst.end(), signal.begin() + at);
    const auto loudest = [](const LogMel& mel, std::int64_t from, std::int64_t to) {
        std::int64_t best = from;
        const auto level = [&](std::int64_t t) {
            return *std::max_element(mel.frame(t).begin(), mel.frame(t).end());
        };
        for (std::int64_t t = from; t < to; ++t)
            if (level(t) > level(best)) best = t;
        return best;
    };
    const LogMel clean = features(signal, {});
    for (const double semitones : {-2.0, 2.0}) {
        const LogMel changed = features(signal, pitched(semitones));
        EXPECT_NEAR(loudest(changed, 0, 47), loudest(clean, 0, 47), 1);
        EXPECT_NEAR(loudest(changed, 47, 94), loudest(clean, 47, 94), 1);
    }
}

TEST(Augmentation, StretchChangesTheDurationAndNothingElse) {
    const std::vector<float> signal = sine(1000.0, 2.0);
    AugmentationAmounts amounts;
    amounts.stretch = 1.1;
    EXPECT_EQ(augmentSignal(signal, amounts), signal);
    const LogMel clean = features(signal, {}), stretched = features(signal, amounts);
    EXPECT_EQ(stretched.frames().value, 1 + static_cast<std::int64_t>(96000 * 1.1 / 512));
    // A steady tone: the same spectrum in every frame away from the edges, only more of them.
    for (std::int64_t t = 5; t + 5 < stretched.frames().value; ++t)
        for (std::size_t b = 20; b < 60; ++b)
            EXPECT_NEAR(std::exp(stretched.frame(t)[b]), std::exp(clean.frame(90)[b]),
                        0.02F * std::exp(clean.frame(90)[b]) + 0.02F);
}

TEST(Augmentation, GainAndPolarityAreExact) {
    const std::vector<float> signal = strike(0.2, 2);
    AugmentationAmounts amounts;
    amounts.gainDb = -7.5;
    amounts.flipPolarity = true;
    const std::vector<float> changed = augmentSignal(signal, amounts);
    const double factor = -std::pow(10.0, -7.5 / 20.0);
    for (std::size_t i = 0; i < signal.size(); ++i)
        ASSERT_NEAR(static_cast<double>(changed[i]), factor * static_cast<double>(signal[i]), 1e-7);
}

TEST(Augmentation, NoiseIsMeasuredAgainstWhatTheOtherChangesMade) {
    const std::vector<float> signal = strike(0.5, 2);
    AugmentationAmounts quiet;
    quiet.pitchSemitones = -1;
    quiet.tiltDbPerOctave = 1.5;
    AugmentationAmounts noisy = quiet;
    noisy.noiseSnrDb = 22;
    noisy.noiseSeed = 99;
    const std::vector<float> without = augmentSignal(signal, quiet);
    std::vector<float> noise = augmentSignal(signal, noisy);
    for (std::size_t i = 0; i < noise.size(); ++i) noise[i] -= without[i];
    EXPECT_NEAR(10.0 * std::log10(powerOf(without) / powerOf(noise)), 22.0, 0.01);
}

TEST(Augmentation, MixupGivesTheSecondSoundItsShareOfThePower) {
    const std::vector<float> first = sine(500.0, 1.0, 0.5), second = sine(3000.0, 0.5, 0.5);
    AugmentationAmounts amounts;
    amounts.mixupShare = 0.3;
    const std::vector<float> mixed = augmentSignal(first, amounts, second);
    ASSERT_EQ(mixed.size(), first.size());
    const auto head = std::span(mixed).first(second.size());
    EXPECT_NEAR(std::pow(amplitudeAt(head, 500.0) / 0.5, 2), 0.7, 1e-3);
    EXPECT_NEAR(std::pow(amplitudeAt(head, 3000.0) / 0.5, 2), 0.3, 1e-3);
    EXPECT_NEAR(powerOf(head), powerOf(first), 1e-3);
    EXPECT_LT(amplitudeAt(std::span(mixed).subspan(second.size() + 100), 3000.0), 1e-4);
    EXPECT_EQ(augmentSignal(first, amounts), first);  // nothing to mix with
}

TEST(Augmentation, RoomDecaysInTheTimeOfTheFeatures) {
    // A click in a room, slowed down by two semitones and stretched: the decay of the frames must be the
    // room's.
    std::vector<float> click(96000, 0.0F);
    click[4800] = 1.0F;
    AugmentationAmounts amounts = pitched(-2);
    amounts.stretch = 1.1;
    amounts.roomSeconds = 0.6;
    amounts.noiseSeed = 4;
    const LogMel mel = features(click, amounts);
    const auto levelDb = [&](std::int64_t t) {
        double power = 0;
        for (const float x : mel.frame(t)) power += std::exp(2.0 * static_cast<double>(x));
        return 10.0 * std::log10(power);
    };
    // Least-squares slope over 0.1 … 0.4 s after the click, in dB a frame.
    const auto start = static_cast<std::int64_t>(0.1 * 1.1 * 93.75) + 10;
    double sumT = 0, sumL = 0, sumTT = 0, sumTL = 0;
    const int n = 28;
    for (int i = 0; i < n; ++i) {
        const double l = levelDb(start + i);
        sumT += i;
        sumL += l;
        sumTT += i * i;
        sumTL += i * l;
    }
    const double slope = (n * sumTL - sumT * sumL) / (n * sumTT - sumT * sumT);
    EXPECT_NEAR(-60.0 / slope / 93.75, 0.6, 0.06);
}

TEST(Augmentation, DrawsStayInTheirRangesAndOftenEnough) {
    const AugmentationSettings settings;
    Random random(11);
    int pitchedOnes = 0, flipped = 0, roomy = 0;
    const int draws = 4000;
    for (int i = 0; i < draws; ++i) {
        const AugmentationAmounts a = drawAmounts(settings, random);
        ASSERT_LE(std::abs(a.pitchSemitones), 2.2);
        ASSERT_TRUE(a.stretch >= 0.9 && a.stretch <= 1.1);
        ASSERT_TRUE(a.noiseSnrDb == 1e9 || (a.noiseSnrDb >= 15 && a.noiseSnrDb <= 40));
        ASSERT_TRUE(a.gainDb >= -12 && a.gainDb <= 3);
        ASSERT_TRUE(a.allPassHz == 0 || (a.allPassHz >= 200 && a.allPassHz <= 4000));
        ASSERT_TRUE(a.roomSeconds == 0 || (a.roomSeconds >= 0.1 && a.roomSeconds <= 0.8));
        ASSERT_LE(std::abs(a.tiltDbPerOctave), 2.0);
        ASSERT_TRUE(a.mixupShare == 0 || (a.mixupShare >= 0.1 && a.mixupShare <= 0.4));
        pitchedOnes += std::abs(a.pitchSemitones) > 0.2 ? 1 : 0;
        flipped += a.flipPolarity ? 1 : 0;
        roomy += a.roomSeconds > 0 ? 1 : 0;
    }
    // Five standard deviations of a binomial with n = 4000, p = 0.5 (0.45 where ±0.2 st are cut away).
    EXPECT_NEAR(flipped, 2000, 160);
    EXPECT_NEAR(roomy, 2000, 160);
    EXPECT_NEAR(pitchedOnes, 1800, 160);
}

TEST(Augmentation, SwitchingOneKindOffLeavesTheOthersAsTheyWere) {
    AugmentationSettings without;
    without.noiseSnrDb.enabled = false;
    without.pitchSemitones.enabled = false;
    without.detuneCents.enabled = false;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        Random first(seed), second(seed);
        AugmentationAmounts a = drawAmounts({}, first);
        const AugmentationAmounts b = drawAmounts(without, second);
        EXPECT_EQ(b.noiseSnrDb, 1e9);
        EXPECT_EQ(b.pitchSemitones, 0.0);
        EXPECT_EQ(a.gainDb, b.gainDb);
        EXPECT_EQ(a.roomSeconds, b.roomSeconds);
        EXPECT_EQ(a.noiseSeed, b.noiseSeed);
    }
    Random random(1);
    const AugmentationAmounts none = drawAmounts(AugmentationSettings::none(), random);
    EXPECT_EQ(augmentSignal(sine(440, 0.1), none), sine(440, 0.1));
    EXPECT_EQ(featureHop(none), 512.0);
}

TEST(Augmentation, LessDataGetsStrongerChangesAndMoreVariants) {
    const auto few = AugmentationSettings::forDuration(30, 6);
    const auto many = AugmentationSettings::forDuration(20000, 2000);
    EXPECT_EQ(few.pitchSemitones.high, 2.0);
    EXPECT_EQ(few.noiseSnrDb.low, 15.0);
    EXPECT_EQ(few.probability, 0.5);
    EXPECT_EQ(many.pitchSemitones.high, 1.0);
    EXPECT_EQ(many.noiseSnrDb.low, 27.5);
    EXPECT_EQ(many.noiseSnrDb.high, 40.0);
    EXPECT_NEAR(many.stretch.low, 0.95, 1e-12);
    EXPECT_EQ(many.roomSeconds.low, 0.1);
    EXPECT_EQ(many.probability, 0.25);
    EXPECT_FALSE(AugmentationSettings::forDuration(30, 1).mixupShare.enabled);
    EXPECT_EQ(AugmentationSettings::variantsFor(0), 0);
    EXPECT_EQ(AugmentationSettings::variantsFor(10), 24);
    EXPECT_EQ(AugmentationSettings::variantsFor(100), 12);
    EXPECT_EQ(AugmentationSettings::variantsFor(1200), 1);
    EXPECT_EQ(AugmentationSettings::variantsFor(1e6), 0);
    int before = 24;
    for (double seconds = 1; seconds < 1e5; seconds *= 1.1) {
        EXPECT_LE(AugmentationSettings::variantsFor(seconds), before);
        before = AugmentationSettings::variantsFor(seconds);
    }
}

}  // namespace
}  // namespace smidgen
