#include "engine/synthesis/strings.h"

#include <gtest/gtest.h>

#include "engine/synthesis/draw.h"
#include "tests/synthesis/measurements.h"

namespace smidgen::synthesis {
namespace {

Note rung(double frequency, double seconds = 2) {
    return {.frequency = frequency, .samples = samplesOf(seconds), .gate = samplesOf(seconds), .seed = 9};
}

TEST(PluckedString, IsInTuneWhateverItIsMadeOf) {
    for (const double frequency : {41.2, 110.0, 440.0, 1318.5}) {
        for (const double damping : {0.02, 0.5}) {
            for (const double stiffness : {0.0, 0.6}) {
                const PluckedString string{.decay = 6,
                                           .damping = damping,
                                           .pickPosition = 0.13,
                                           .stiffness = stiffness,
                                           .muteSeconds = 0};
                const Spectrum spectrum(render(string, rung(frequency)), 65536);
                const double found = spectrum.strongest(frequency * 0.9, frequency * 1.1).frequency;
                EXPECT_NEAR(cents(found, frequency), 0, 5) << frequency << " " << damping << " " << stiffness;
            }
        }
    }
}

/// Seconds in which a partial falls by 60 dB, from two spectra.
double partialDecay(const Signal& signal, double frequency) {
    const std::span<const float> all(signal);
    const double early =
        Spectrum(all.subspan(4800, 16384), 16384).strongest(frequency * 0.97, frequency * 1.03).amplitude;
    const double late =
        Spectrum(all.subspan(28800, 16384), 16384).strongest(frequency * 0.97, frequency * 1.03).amplitude;
    return 60 * 0.5 / decibels(early / late);
}

TEST(PluckedString, DecaysAsLongAsAskedAndSoonerAbove) {
    for (const double decay : {1.0, 2.5}) {
        const PluckedString string{
            .decay = decay, .damping = 0.3, .pickPosition = 0.11, .hardness = 1, .muteSeconds = 0};
        const Signal signal = render(string, rung(220));
        EXPECT_NEAR(partialDecay(signal, 220) / decay, 1, 0.1);
        EXPECT_LT(partialDecay(signal, 220 * 12), 0.8 * decay);
    }
}

TEST(PluckedString, HasNoPartialThatStandsStillAtThePick) {
    const PluckedString string{
        .decay = 8, .damping = 0.05, .pickPosition = 0.25, .hardness = 1, .muteSeconds = 0};
    double missing = 0;
    double present = 0;
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
        Note note = rung(150, 1);
        note.seed = seed;
        const Spectrum spectrum(render(string, note));
        missing += spectrum.power(4 * 150 - 20, 4 * 150 + 20);
        present += spectrum.power(3 * 150 - 20, 3 * 150 + 20) + spectrum.power(5 * 150 - 20, 5 * 150 + 20);
    }
    EXPECT_LT(10 * std::log10(missing / present), -20);
}

TEST(PluckedString, IsMutedWhenLetGo) {
    const PluckedString string{.decay = 8, .muteSeconds = 0.1};
    Note note = rung(200, 1);
    note.gate = 24000;
    const Signal signal = render(string, note);
    const std::span<const float> all(signal);
    EXPECT_LT(decibels(rootMeanSquare(all.subspan(36000)) / rootMeanSquare(all.subspan(12000, 12000))), -60);
}

TEST(PluckedString, DoesNotSoundBetweenItsPartials) {
    const PluckedString string{
        .decay = 12, .damping = 0.1, .pickPosition = 0.2, .hardness = 1, .muteSeconds = 0};
    const double frequency = 1975.5;
    const Signal signal = render(string, rung(frequency));
    // Partials lose their exact places to the tuning all-pass only near the top.
    const Spectrum spectrum(signal);
    const double found = spectrum.strongest(frequency * 0.9, frequency * 1.1).frequency;
    const double between = spectrum.strongest(found * 1.2, found * 1.8).amplitude;
    EXPECT_LT(decibels(between / spectrum.strongest(frequency * 0.9, frequency * 1.1).amplitude), -50);
}

TEST(BowedString, IsInTuneAndSustained) {
    const BowedString string{.bowNoise = 0.02,
                             .envelope = {.attack = 0.1, .decay = 0.5, .sustain = 0.8, .release = 0.1}};
    for (const double frequency : {65.4, 293.7, 1174.7}) {
        const Signal signal = render(string, rung(frequency));
        const Spectrum spectrum(signal);
        EXPECT_NEAR(cents(spectrum.strongest(frequency * 0.9, frequency * 1.1).frequency, frequency), 0, 5);
        const std::span<const float> all(signal);
        EXPECT_NEAR(decibels(rootMeanSquare(all.last(24000)) / rootMeanSquare(all.subspan(24000, 24000))), 0,
                    3);
        EXPECT_GT(attackTime(signal), 0.02);
    }
}

TEST(BowedString, LacksTheHarmonicsAtTheBow) {
    const BowedString string{.bowPosition = 0.2,
                             .bowNoise = 0,
                             .envelope = {.attack = 0.05, .decay = 0.1, .sustain = 1, .release = 0.1}};
    const Spectrum spectrum(render(string, rung(200)));
    EXPECT_LT(decibels(spectrum.strongest(990, 1010).amplitude / spectrum.strongest(790, 810).amplitude),
              -40);
}

TEST(BowedString, DoesNotAlias) {
    const BowedString string{.bowNoise = 0,
                             .brightness = 20000,
                             .envelope = {.attack = 0.05, .decay = 0.1, .sustain = 1, .release = 0.1}};
    EXPECT_LT(Spectrum(render(string, rung(1867.3))).worstOffHarmonic(1867.3), -60);
}

TEST(Body, RaisesItsResonances) {
    Random random(4);
    Signal noise(48000);
    for (float& sample : noise) sample = whiteNoise(random);
    Signal coloured = noise;
    resonate({.resonances = {{.frequency = 400, .q = 8, .gain = 3}}, .direct = 1}, coloured);
    const Spectrum before(noise);
    const Spectrum after(coloured);
    const double there = after.power(380, 420) / before.power(380, 420);
    const double elsewhere = after.power(4000, 4400) / before.power(4000, 4400);
    EXPECT_NEAR(10 * std::log10(there), decibels(4), 1);
    EXPECT_NEAR(10 * std::log10(elsewhere), 0, 0.5);
}

}  // namespace
}  // namespace smidgen::synthesis
