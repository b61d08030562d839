// Pulse, tempo and reverberance of sounds made to have them.
#include <gtest/gtest.h>

#include "engine/analysis/descriptors.h"
#include "tests/analysis/descriptor_signals.h"

namespace smidgen {
namespace {

TEST(PulseTest, TempoOfClicksIsRightToOneInAHundred) {
    for (const double bpm : {75.0, 90.0, 111.0, 128.0, 150.0}) {
        TestSound sound = silence(8);
        for (int i = 0; i * 60 / bpm < 7.9; ++i) addClick(sound, 3, i * 60 / bpm);
        const SoundDescription d = SoundDescriber().describe(sound);
        EXPECT_NEAR(d.tempo.bpm, bpm, 0.01 * bpm);
        EXPECT_GT(d.attributes[Attribute::pulse], 0.5) << bpm;
    }
}

TEST(PulseTest, OfTwoOctavesTheNearerToOneHundredAndTwentyIsTaken) {
    for (const auto& [clicks, tempo] :
         {std::pair{240.0, 120.0}, std::pair{280.0, 140.0}, std::pair{50.0, 50.0}}) {
        TestSound sound = silence(10);
        for (int i = 0; i * 60 / clicks < 9.9; ++i) addClick(sound, 3, i * 60 / clicks);
        EXPECT_NEAR(SoundDescriber().describe(sound).tempo.bpm, tempo, 0.01 * tempo) << clicks;
    }
}

TEST(PulseTest, ClicksAtRandomHaveNone) {
    double mean = 0;
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        Random random(seed);
        TestSound sound = silence(8);
        for (int i = 0; i < 16; ++i) addClick(sound, 3, random.uniform(0, 7.9));
        const double pulse = SoundDescriber().describe(sound).attributes[Attribute::pulse];
        EXPECT_LT(pulse, 0.4) << seed;
        mean += pulse / 8;
    }
    EXPECT_LT(mean, 0.2);
}

TEST(PulseTest, SwellsCountAsFarAsTheySwell) {
    double last = -1;
    for (const double depth : {0.0, 0.3, 0.6, 0.9}) {
        TestSound sound = silence(6);
        addNoise(sound, 4, 0.1);
        for (std::size_t i = 0; i < sound.size(); ++i)
            sound[i] *= static_cast<float>(
                1 -
                depth * (0.5 - 0.5 * std::cos(4 * std::numbers::pi * static_cast<double>(i) / kSampleRate)));
        const SoundDescription d = SoundDescriber().describe(sound);
        EXPECT_GT(d.attributes[Attribute::pulse], last) << depth;
        last = d.attributes[Attribute::pulse];
        if (depth > 0.5) {
            EXPECT_NEAR(d.tempo.bpm, 120, 1.2);
        }
    }
    EXPECT_GT(last, 0.4);
}

TEST(ReverberanceTest, DecayTimesOfNoiseAreFound) {
    double last = -10;
    for (const double rt : {0.2, 0.35, 0.6, 1.0, 1.7, 3.0}) {
        TestSound sound = silence(8);
        for (int i = 0; i < 8; ++i) addNoise(sound, static_cast<std::uint64_t>(i), 0.3, i, 1, 6.9078 / rt);
        const double value = SoundDescriber().describe(sound).attributes[Attribute::space];
        EXPECT_NEAR(std::exp2(value), rt, 0.2 * rt);
        EXPECT_GT(value, last);
        last = value;
    }
}

TEST(ReverberanceTest, ARoomIsHeardOnStrokesThatWereDry) {
    double last = -10;
    for (const double wet : {0.0, 0.02, 0.05, 0.1, 0.2}) {
        TestSound sound = silence(6);
        for (int i = 0; i < 6; ++i) {
            addNoise(sound, static_cast<std::uint64_t>(i), 0.3, i, 0.2, 40);
            addNoise(sound, static_cast<std::uint64_t>(50 + i), 0.3 * wet, i, 1, 6.9078 / 1.2);
        }
        const double value = SoundDescriber().describe(sound).attributes[Attribute::space];
        EXPECT_GT(value, last) << wet;
        last = value;
    }
}

TEST(ReverberanceTest, ADroneGivesTheMiddle) {
    TestSound sound = silence(4);
    addNote(sound, 200, 0.3);
    EXPECT_NEAR(SoundDescriber().describe(sound).attributes[Attribute::space], std::log2(0.3), 0.5);
}

}  // namespace
}  // namespace smidgen
