#include "engine/analysis/descriptors.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/analysis/descriptor_signals.h"

namespace smidgen {
namespace {

SoundDescription described(const TestSound& sound) {
    return SoundDescriber().describe(sound);
}

double valueOf(const TestSound& sound, Attribute attribute) {
    return described(sound).attributes[attribute];
}

/// Kick, snare and hat, 120 beats a minute.
TestSound drumLoop(double seconds) {
    TestSound out = silence(seconds);
    for (int beat = 0; beat * 0.5 < seconds; ++beat) {
        if (beat % 2 == 0) addTone(out, 60, 0.6, beat * 0.5, 0.3, 14);
        if (beat % 2 == 1) addNoise(out, static_cast<std::uint64_t>(beat), 0.2, beat * 0.5, 0.3, 25);
        for (const double half : {0.0, 0.25})
            addNoise(out, static_cast<std::uint64_t>(100 + beat), 0.08, beat * 0.5 + half, 0.1, 90);
    }
    return out;
}

TestSound pad(double seconds) {
    TestSound out = silence(seconds);
    for (const double hz : {220.0, 277.18, 329.63}) addNote(out, hz, 0.1);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const double t = static_cast<double>(i) / kSampleRate;
        out[i] *= static_cast<float>(std::min({1.0, t, seconds - t}));
    }
    return out;
}

TEST(DescriptorsTest, SlidersHaveTheirNames) {
    for (const Attribute attribute : kAttributes) {
        EXPECT_EQ(attributeNamed(wordsFor(attribute).name), attribute);
        EXPECT_FALSE(wordsFor(attribute).low.empty());
        EXPECT_FALSE(wordsFor(attribute).high.empty());
    }
    EXPECT_EQ(wordsFor(Attribute::rhythm).name, "rhythm");
    EXPECT_EQ(attributeNamed("loudness"), std::nullopt);
}

TEST(DescriptorsTest, BrightnessIsTheCentroidOfTiltedNoise) {
    // Magnitudes f^s between 35 Hz and 24 kHz: centroid (s + 1) / (s + 2) · (b^(s+2) − a^(s+2)) / (b^(s+1) −
    // a^(s+1)).
    double last = 0;
    for (const double slope : {-1.5, -0.75, -0.25, 0.0, 0.5}) {
        const double a = 35, b = 24000;
        const double centroid = (slope + 1) / (slope + 2) *
                                (std::pow(b, slope + 2) - std::pow(a, slope + 2)) /
                                (std::pow(b, slope + 1) - std::pow(a, slope + 1));
        const double value = valueOf(tiltedNoise(slope), Attribute::brightness);
        EXPECT_NEAR(value, std::log2(centroid), slope < -1 ? 0.3 : 0.05) << slope;
        EXPECT_GT(value, last);
        last = value;
    }
    TestSound tone = silence(2);
    addTone(tone, 3000, 0.5);
    EXPECT_NEAR(valueOf(tone, Attribute::brightness), std::log2(3000), 0.1);
}

TEST(DescriptorsTest, WarmthFallsWithEveryTilt) {
    double last = 100;
    for (const double slope : {-1.5, -1.0, -0.5, -0.25, 0.0, 0.5, 1.0}) {
        const double value = valueOf(tiltedNoise(slope), Attribute::warmth);
        EXPECT_LT(value, last - 1) << slope;
        last = value;
    }
}

TEST(DescriptorsTest, DensityCountsClicks) {
    double last = 0;
    for (const int rate : {1, 2, 4, 8}) {
        TestSound sound = silence(6);
        for (int i = 0; i < 6 * rate; ++i)
            addClick(sound, static_cast<std::uint64_t>(i), (i + 0.2 * (i % 3)) / rate);
        const double density = valueOf(sound, Attribute::density);
        EXPECT_NEAR(std::exp2(density) - 1, rate, (rate < 8 ? 0.25 : 0.5) * rate) << rate;
        EXPECT_GT(density, last + 0.4) << rate;
        last = density;
    }
}

TEST(DescriptorsTest, DensityGrowsWithEventsThatRunTogether) {
    double last = 0;
    for (const int rate : {2, 4, 8, 16}) {
        Random random(3);
        TestSound sound = silence(6);
        for (int i = 0; i < 6 * rate; ++i)
            addNoise(sound, static_cast<std::uint64_t>(i), 0.2, random.uniform(0, 5.7), 0.3, 12);
        const double density = valueOf(sound, Attribute::density);
        EXPECT_GT(density, last + 0.1) << rate;
        last = density;
    }
}

TEST(DescriptorsTest, ADrumLoopIsRhythmicAndAPadIsNot) {
    const Attributes loop = described(drumLoop(4)).attributes, still = described(pad(4)).attributes;
    EXPECT_GT(loop[Attribute::rhythm], still[Attribute::rhythm] + 0.3);
    EXPECT_GT(loop[Attribute::density], still[Attribute::density] + 1);
    EXPECT_GT(loop[Attribute::pulse], still[Attribute::pulse] + 0.3);
}

TEST(DescriptorsTest, RhythmFallsWhereAttacksAreSoft) {
    double last = 1;
    for (const double attack : {0.02, 0.05, 0.1, 0.2}) {
        TestSound sound = silence(4);
        for (int i = 0; i < 8; ++i) addNoise(sound, static_cast<std::uint64_t>(i), 0.2, i * 0.5, 0.45, 8);
        for (std::size_t i = 0; i < sound.size(); ++i)
            sound[i] *=
                static_cast<float>(std::min(1.0, static_cast<double>(i % 24000) / (attack * kSampleRate)));
        const double rhythm = valueOf(sound, Attribute::rhythm);
        EXPECT_LT(rhythm, last - 0.01) << attack;
        last = rhythm;
    }
}

TEST(DescriptorsTest, NoFilterMakesALoopMoreOrLessRhythmic) {
    const TestSound loop = drumLoop(4);
    const double rhythm = valueOf(loop, Attribute::rhythm), bright = valueOf(loop, Attribute::brightness);
    // 6 dB an octave up, and down, from 400 Hz on.
    TestSound high = loop, low = loop;
    for (std::size_t i = 1; i < loop.size(); ++i) {
        high[i] = loop[i] - 0.95F * loop[i - 1];
        low[i] = 0.05F * loop[i] + 0.95F * low[i - 1];
    }
    EXPECT_GT(valueOf(high, Attribute::brightness), bright + 0.4);
    EXPECT_LT(valueOf(low, Attribute::brightness), bright - 1);
    EXPECT_NEAR(valueOf(high, Attribute::rhythm), rhythm, 0.02);
    EXPECT_NEAR(valueOf(low, Attribute::rhythm), rhythm, 0.02);
}

TEST(DescriptorsTest, FlatnessTellsNoiseFromASine) {
    TestSound tone = silence(1), noise = silence(1);
    addTone(tone, 1000, 0.5);
    addNoise(noise, 3, 0.1);
    EXPECT_NEAR(described(noise).flatness, 0.5615, 0.03) << "e^−γ, of exponentially distributed powers";
    EXPECT_LT(described(tone).flatness, 0.01);
}

TEST(DescriptorsTest, GainDoesNotMatter) {
    TestSound sound = drumLoop(3);
    addNote(sound, 311, 0.2);
    const SoundDescription before = described(sound);
    for (const float gain : {0.1F, 10.0F, 1e-30F, 1e30F}) {
        TestSound louder(sound);
        for (float& value : louder) value *= gain;
        const SoundDescription after = described(louder);
        for (const Attribute attribute : kAttributes)
            EXPECT_NEAR(after.attributes[attribute], before.attributes[attribute], 1e-3)
                << wordsFor(attribute).name << " at " << gain;
        EXPECT_NEAR(after.flatness, before.flatness, 1e-4);
        EXPECT_EQ(after.key.tonic, before.key.tonic);
        EXPECT_NEAR(after.tempo.bpm, before.tempo.bpm, 0.01);
    }
}

TEST(DescriptorsTest, SilenceAtTheEndsDoesNotMatter) {
    const TestSound sound = drumLoop(3);
    TestSound wider(sound.size() + 2 * kSampleRate);
    std::ranges::copy(sound, wider.begin() + kSampleRate);
    EXPECT_EQ(described(wider), described(sound));
}

TEST(DescriptorsTest, TheSameSoundGivesTheSameNumbersWhateverCameBefore) {
    const TestSound sound = drumLoop(2);
    SoundDescriber describer;
    const SoundDescription first = describer.describe(sound);
    (void)describer.describe(pad(3));
    (void)describer.describe({});
    EXPECT_EQ(describer.describe(sound), first);
}

TEST(DescriptorsTest, NothingBreaksIt) {
    TestSound broken = drumLoop(1);
    broken[5] = std::numeric_limits<float>::quiet_NaN();
    broken[7] = std::numeric_limits<float>::infinity();
    TestSound impulse = silence(0.5);
    impulse[1000] = 1;
    TestSound tiny = silence(0.05);
    addTone(tiny, 440, 0.3);
    TestSound step(48000, 0.25F), denormal(4800, 1e-42F);
    for (std::size_t i = 24000; i < step.size(); ++i) step[i] = -0.5F;
    TestSound alternating(9600);
    for (std::size_t i = 0; i < alternating.size(); ++i) alternating[i] = i % 2 == 0 ? 1.0F : -1.0F;
    const float highest = std::numeric_limits<float>::max();
    for (const TestSound& sound :
         {TestSound{}, TestSound{0.5F}, TestSound{0.5F, -0.5F}, TestSound(1000, 0.0F), TestSound(48000, 0.3F),
          broken, impulse, tiny, step, denormal, alternating, TestSound(2000, highest),
          TestSound(511, -1e-38F), TestSound(100, std::numeric_limits<float>::quiet_NaN())}) {
        const SoundDescription d = described(sound);
        for (const Attribute attribute : kAttributes) {
            EXPECT_TRUE(std::isfinite(d.attributes[attribute]))
                << wordsFor(attribute).name << " of " << sound.size() << " samples";
            EXPECT_LT(std::abs(d.attributes[attribute]), 50) << wordsFor(attribute).name;
        }
        EXPECT_TRUE(d.flatness >= 0 && d.flatness <= 1);
        EXPECT_TRUE(d.key.confidence >= 0 && d.key.confidence <= 1);
        EXPECT_TRUE(d.tempo.bpm == 0 || (d.tempo.bpm >= 30 && d.tempo.bpm <= 300));
        EXPECT_TRUE(d.tempo.confidence >= 0 && d.tempo.confidence <= 1);
    }
}

}  // namespace
}  // namespace smidgen
