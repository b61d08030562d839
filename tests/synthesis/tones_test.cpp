#include "engine/synthesis/tones.h"

#include <gtest/gtest.h>

#include "engine/synthesis/draw.h"
#include "tests/synthesis/measurements.h"

namespace smidgen::synthesis {
namespace {

constexpr Envelope kHeld{.attack = 0.005, .decay = 0.1, .sustain = 1, .release = 0.1};

Note held(double frequency) {
    return {.frequency = frequency, .samples = 48000, .gate = 48000, .seed = 5};
}

AdditiveTone harmonicTone(int count) {
    AdditiveTone tone{.envelope = kHeld};
    for (int k = 1; k <= count; ++k) {
        tone.partials.push_back({.ratio = static_cast<double>(k), .amplitude = 1.0 / k});
    }
    return tone;
}

TEST(SineOfTurns, AgreesWithTheLibrary) {
    for (double turns = -3.7; turns < 1000; turns += 0.137) {
        EXPECT_NEAR(sineOfTurns(turns), std::sin(2 * std::numbers::pi * turns), 2e-7) << turns;
    }
}

TEST(PhasesOf, FollowVibratoAndGlide) {
    const PitchMotion vibrato{.vibratoHz = 5, .vibratoCents = 50, .vibratoDelay = 0.01};
    const std::vector<double> phases = phasesOf(440, vibrato, 96000, 3);
    double highest = 0;
    double lowest = 1e9;
    for (std::size_t n = 9600; n + 1 < phases.size(); ++n) {
        const double frequency = (phases[n + 1] - phases[n]) * kRate;
        highest = std::max(highest, frequency);
        lowest = std::min(lowest, frequency);
    }
    EXPECT_NEAR(cents(highest, 440), 50, 1);
    EXPECT_NEAR(cents(lowest, 440), -50, 1);

    const PitchMotion glide{.glideSemitones = 12, .glideSeconds = 0.05};
    const std::vector<double> gliding = phasesOf(200, glide, 48000, 3);
    EXPECT_NEAR((gliding[1] - gliding[0]) * kRate, 400, 2);
    EXPECT_NEAR((gliding[47999] - gliding[47998]) * kRate, 200, 0.01);
}

TEST(AdditiveTone, HoldsItsPitchAndNothingBetweenTheHarmonics) {
    for (const double frequency : {61.7, 440.0, 1234.5, 3456.7}) {
        const Spectrum spectrum(render(harmonicTone(64), held(frequency)));
        EXPECT_NEAR(cents(spectrum.strongest(frequency * 0.8, frequency * 1.2).frequency, frequency), 0, 1);
        EXPECT_LT(spectrum.worstOffHarmonic(frequency), -75) << frequency;
    }
}

TEST(AdditiveTone, HasTheAmplitudesAndRatiosItWasGiven) {
    AdditiveTone tone{.partials = {{.ratio = 1, .amplitude = 1}, {.ratio = 2.7, .amplitude = 0.25}},
                      .envelope = kHeld};
    const Spectrum spectrum(render(tone, held(500)));
    const auto first = spectrum.strongest(450, 550);
    const auto second = spectrum.strongest(1250, 1450);
    EXPECT_NEAR(second.frequency, 1350, 1);
    EXPECT_NEAR(decibels(second.amplitude / first.amplitude), decibels(0.25), 0.3);
}

TEST(AdditiveTone, LeavesOutWhatWouldPassTwentyKilohertz) {
    const Spectrum spectrum(render(harmonicTone(64), held(3000)));
    EXPECT_LT(decibels(spectrum.strongest(20100, 24000).amplitude), -90);
}

TEST(AdditiveTone, BreathesAndWandersWhenAsked) {
    AdditiveTone tone = harmonicTone(10);
    const Signal steady = render(tone, held(400));
    tone.breath = 0.3;
    EXPECT_GT(Spectrum(render(tone, held(400))).worstOffHarmonic(400), -60);
    tone.breath = 0;
    tone.unsteadiness = 0.3;
    const Signal wandering = render(tone, held(400));
    // The loudness of one harmonic over twentieths of a second, in nepers.
    const auto deviation = [](const Signal& signal) {
        double sum = 0;
        double squares = 0;
        for (std::size_t i = 2; i < 18; ++i) {
            const auto part = std::span(signal).subspan(i * 2400, 2400);
            const double level = std::log(Spectrum(part, 2400).strongest(1100, 1300).amplitude);
            sum += level / 16;
            squares += level * level / 16;
        }
        return std::sqrt(std::max(0.0, squares - sum * sum));
    };
    EXPECT_LT(deviation(steady), 0.01);
    EXPECT_NEAR(deviation(wandering), 0.25, 0.15);
}

/// J_n(x) by its series.
double bessel(int n, double x) {
    double term = std::pow(x / 2, n) / std::tgamma(n + 1.0);
    double sum = term;
    for (int k = 1; k < 40; ++k) {
        term *= -x * x / (4.0 * k * (k + n));
        sum += term;
    }
    return sum;
}

TEST(PhaseModulationTone, HasTheSidebandsBesselsFunctionsSay) {
    PhaseModulationTone tone;
    tone.operators = {{.ratio = 1, .envelope = kHeld},
                      {.ratio = 0.125, .level = 2, .target = 0, .envelope = kHeld}};
    const Spectrum spectrum(render(tone, held(4000)));
    const double carrier = spectrum.strongest(3900, 4100).amplitude;
    EXPECT_NEAR(decibels(carrier), decibels(bessel(0, 2)), 0.3);
    for (int n = 1; n <= 4; ++n) {
        const double side = spectrum.strongest(4000 + 500 * n - 60, 4000 + 500 * n + 60).amplitude;
        EXPECT_NEAR(decibels(side), decibels(bessel(n, 2)), 0.4) << n;
    }
}

TEST(PhaseModulationTone, DoesNotFoldBack) {
    for (const double frequency : {220.3, 1471.7, 3011.9}) {
        PhaseModulationTone tone;
        tone.operators = {{.ratio = 1, .envelope = kHeld},
                          {.ratio = 3, .level = 8, .target = 0, .envelope = kHeld},
                          {.ratio = 7, .level = 4, .target = 1, .envelope = kHeld},
                          {.ratio = 1, .level = 2, .target = 0, .feedback = 0.8, .envelope = kHeld}};
        const Spectrum spectrum(render(tone, held(frequency)));
        EXPECT_LT(spectrum.worstOffHarmonic(frequency), -50) << frequency;
    }
}

SubtractiveTone openTone(SubtractiveTone::Wave wave) {
    SubtractiveTone tone;
    tone.oscillators = {{.wave = wave, .width = 0.3}};
    tone.cutoff = 20000;
    tone.tracking = 0;
    tone.q = 0.7;
    tone.sweepOctaves = 0;
    tone.loudness = kHeld;
    tone.sweep = kHeld;
    return tone;
}

TEST(SubtractiveTone, OscillatesInTuneWithoutAliasing) {
    using Wave = SubtractiveTone::Wave;
    for (const Wave wave : {Wave::sawtooth, Wave::pulse, Wave::triangle}) {
        for (const double frequency : {27.5, 219.3, 1479.1, 4219.7}) {
            const Spectrum spectrum(render(openTone(wave), held(frequency)));
            EXPECT_NEAR(cents(spectrum.strongest(frequency * 0.8, frequency * 1.2).frequency, frequency), 0,
                        5);
            if (frequency < 100) continue;  // its harmonics lie closer than the window resolves
            EXPECT_LT(spectrum.worstOffHarmonic(frequency), -60) << frequency;
        }
    }
}

TEST(SubtractiveTone, HasASawtoothsHarmonics) {
    const Spectrum spectrum(render(openTone(SubtractiveTone::Wave::sawtooth), held(200)));
    const double first = spectrum.strongest(190, 210).amplitude;
    for (const int k : {2, 3, 5, 9}) {
        const double level = spectrum.strongest(200.0 * k - 10, 200.0 * k + 10).amplitude;
        EXPECT_NEAR(decibels(level / first), -decibels(k), 0.3) << k;
    }
}

TEST(SubtractiveTone, FiltersByTwelveDecibelsPerOctave) {
    SubtractiveTone tone = openTone(SubtractiveTone::Wave::sawtooth);
    tone.cutoff = 500;
    const Spectrum filtered(render(tone, held(100)));
    const Spectrum open(render(openTone(SubtractiveTone::Wave::sawtooth), held(100)));
    const auto gain = [&](double frequency) {
        return decibels(filtered.strongest(frequency - 9, frequency + 9).amplitude /
                        open.strongest(frequency - 9, frequency + 9).amplitude);
    };
    EXPECT_NEAR(gain(4000) - gain(2000), -12, 1);
    EXPECT_NEAR(gain(100), 0, 0.5);
}

TEST(Patches, AreHarmonicOrNotButNeverSilentOrInfinite) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        Random random(seed);
        const Note note{
            .frequency = logUniform(random, 40, 3000), .samples = 9600, .gate = 9000, .seed = seed};
        for (const Signal& signal :
             {render(drawAdditiveTone(random), note), render(drawPhaseModulationTone(random), note),
              render(drawSubtractiveTone(random), note)}) {
            const double level = rootMeanSquare(signal);
            EXPECT_TRUE(std::isfinite(level));
            EXPECT_GT(level, 1e-5) << seed;
            EXPECT_LT(level, 10) << seed;
        }
    }
}

}  // namespace
}  // namespace smidgen::synthesis
