// Roughness, tension and key of sounds made to have them.
#include <gtest/gtest.h>

#include <map>

#include "engine/analysis/descriptors.h"
#include "engine/analysis/tension.h"
#include "tests/analysis/descriptor_signals.h"

namespace smidgen {
namespace {

double roughness(const TestSound& sound) {
    return SoundDescriber().describe(sound).attributes[Attribute::roughness];
}
double tension(const TestSound& sound) {
    return SoundDescriber().describe(sound).attributes[Attribute::tension];
}

TestSound modulatedTone(double hz, double rate, double depth) {
    TestSound sound = silence(2);
    addTone(sound, hz, 0.3);
    for (std::size_t i = 0; i < sound.size(); ++i)
        sound[i] *= static_cast<float>(
            1 + depth * std::sin(2 * std::numbers::pi * rate * static_cast<double>(i) / kSampleRate));
    return sound;
}

TEST(RoughnessTest, IsProportionalToTheDepthOfModulationAndOneAsperAtMost) {
    EXPECT_NEAR(roughness(modulatedTone(1000, 70, 1)), 1, 0.1) << "the definition of one asper";
    double last = -1;
    for (const double depth : {0.0, 0.1, 0.25, 0.5, 0.75, 1.0}) {
        const double value = roughness(modulatedTone(1000, 70, depth));
        EXPECT_GT(value, last) << depth;
        last = value;
    }
    EXPECT_LT(roughness(modulatedTone(1000, 70, 0)), 0.02);
}

TEST(RoughnessTest, IsHighestAtTheRatesOfZwickerAndFastl) {
    for (const double hz : {1000.0, 2000.0, 4000.0}) {
        std::map<double, double> rough;
        for (const double rate : {8.0, 20.0, 45.0, 70.0, 110.0, 250.0})
            rough[rate] = roughness(modulatedTone(hz, rate, 1));
        EXPECT_GT(rough[70], rough[8] * 2) << hz;
        EXPECT_GT(rough[70], rough[20]) << hz;
        EXPECT_GT(rough[70], rough[45]) << hz;
        EXPECT_GT(rough[70], rough[110]) << hz;
        EXPECT_GT(rough[110], rough[250]) << hz;
    }
    // Where bands are narrow, slower beating is the roughest.
    EXPECT_GT(roughness(modulatedTone(200, 40, 1)), roughness(modulatedTone(200, 110, 1)));
}

TEST(RoughnessTest, PartialsBeatInsideACriticalBandOnly) {
    const auto pair = [](double distance) {
        TestSound sound = silence(2);
        addTone(sound, 1000, 0.2);
        addTone(sound, 1000 + distance, 0.2);
        return roughness(sound);
    };
    EXPECT_GT(pair(60), 0.5);
    EXPECT_GT(pair(60), 2 * pair(5));
    EXPECT_GT(pair(60), 2 * pair(400));
}

TEST(RoughnessTest, AModulatedNoiseIsRougherThanNoise) {
    TestSound noise = silence(2);
    addNoise(noise, 6, 0.1);
    TestSound modulated(noise);
    for (std::size_t i = 0; i < modulated.size(); ++i)
        modulated[i] *= static_cast<float>(
            1 + std::sin(2 * std::numbers::pi * 70 * static_cast<double>(i) / kSampleRate));
    EXPECT_GT(roughness(modulated), 1.5 * roughness(noise));
}

TEST(TensionTest, SetharesCurveHasItsKnownShape) {
    EXPECT_NEAR(foldedDissonance(0), 0, 1e-12);
    EXPECT_NEAR(foldedDissonance(1.1 / 12), 1, 0.01) << "the maximum";
    EXPECT_NEAR(foldedDissonance(1), 0, 1e-12) << "an octave";
    EXPECT_DOUBLE_EQ(foldedDissonance(11.0 / 12), foldedDissonance(1.0 / 12));
    EXPECT_LT(foldedDissonance(7.0 / 12), 0.15);
    EXPECT_GT(foldedDissonance(1.0 / 12), foldedDissonance(2.0 / 12));
    EXPECT_GT(foldedDissonance(2.0 / 12), foldedDissonance(3.0 / 12));
}

TEST(TensionTest, ChordsAreOrderedAsTheySound) {
    const auto chord = [](std::initializer_list<double> frequencies) {
        TestSound sound = silence(2);
        for (const double hz : frequencies) addNote(sound, hz, 0.1);
        return tension(sound);
    };
    const double root = 220;
    const double note = chord({root});
    const double fifth = chord({root, root * 3 / 2});
    const double just = chord({root, root * 5 / 4, root * 3 / 2});
    const double tempered = chord({root, root * std::exp2(4.0 / 12), root * std::exp2(7.0 / 12)});
    const double detuned = chord({root, root * std::exp2(4.4 / 12), root * std::exp2(6.6 / 12)});
    const double cluster = chord({root, root * std::exp2(1.0 / 12), root * std::exp2(2.0 / 12)});
    EXPECT_LT(note, 0.03);
    EXPECT_GT(fifth, note + 0.03);
    EXPECT_GT(just, fifth + 0.03);
    EXPECT_GT(tempered, just + 0.01);
    EXPECT_GT(detuned, tempered + 0.05);
    EXPECT_GT(cluster, detuned + 0.05);
}

TEST(TensionTest, RisesWithDetunedLayers) {
    double last = -1;
    for (const double level : {0.0, 0.1, 0.3, 0.6, 1.0}) {
        TestSound sound = silence(2);
        addNote(sound, 262, 0.2);
        addNote(sound, 262 * std::exp2(0.9 / 12), 0.2 * level);
        const double value = tension(sound);
        EXPECT_GT(value, last) << level;
        last = value;
    }
}

TEST(KeyTest, CadencesInAllKeysAreFound) {
    // I IV V I and i iv V i.
    for (int tonic = 0; tonic < 12; ++tonic) {
        for (const bool minor : {false, true}) {
            TestSound sound = silence(4);
            const int third = minor ? 3 : 4;
            const int chords[4][3] = {{0, third, 7}, {5, 5 + third, 12}, {7, 11, 14}, {0, third, 7}};
            for (int c = 0; c < 4; ++c)
                for (const int step : chords[c])
                    addNote(sound, 261.63 * std::exp2((tonic + step) / 12.0), 0.1, c, 1, 1);
            const KeyEstimate key = SoundDescriber().describe(sound).key;
            EXPECT_EQ(key.tonic, tonic) << (minor ? "minor" : "major");
            EXPECT_EQ(key.minor, minor) << tonic;
            EXPECT_GT(key.confidence, 0.1);
        }
    }
}

TEST(KeyTest, ScalesAreFoundInAnyTuning) {
    for (const double cents : {-40.0, 0.0, 30.0}) {
        for (const int tonic : {0, 3, 8}) {
            TestSound sound = silence(4);
            const int scale[] = {0, 2, 4, 5, 7, 9, 11, 12, 7, 4, 0};
            for (int i = 0; i < 11; ++i)
                addNote(sound, 261.63 * std::exp2((tonic + scale[i] + cents / 100) / 12), 0.2, i * 0.36, 0.36,
                        1);
            const KeyEstimate key = SoundDescriber().describe(sound).key;
            EXPECT_EQ(key.tonic, tonic) << cents;
            EXPECT_FALSE(key.minor) << cents;
        }
    }
}

TEST(KeyTest, NoiseHasNoKeyToSpeakOf) {
    TestSound noise = silence(4);
    addNoise(noise, 8, 0.1);
    EXPECT_LT(SoundDescriber().describe(noise).key.confidence, 0.3);
}

}  // namespace
}  // namespace smidgen
