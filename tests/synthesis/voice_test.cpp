#include "engine/synthesis/voice.h"

#include <gtest/gtest.h>

#include "tests/synthesis/measurements.h"

namespace smidgen::synthesis {
namespace {

constexpr Envelope kHeld{.attack = 0.02, .decay = 0.1, .sustain = 1, .release = 0.1};

Note sung(double frequency) {
    return {.frequency = frequency, .samples = 48000, .gate = 48000, .seed = 4};
}

Voice steady(int vowel) {
    Voice voice;
    voice.vowels = {vowel};
    voice.breath = 0;
    voice.shimmer = 0;
    voice.softness = 20000;
    voice.envelope = kHeld;
    return voice;
}

TEST(Voice, IsInTune) {
    for (const double frequency : {87.3, 220.0, 523.3}) {
        const Spectrum spectrum(render(steady(0), sung(frequency)));
        EXPECT_NEAR(cents(spectrum.strongest(frequency * 0.9, frequency * 1.1).frequency, frequency), 0, 5);
        EXPECT_LT(spectrum.worstOffHarmonic(frequency), -50);
    }
}

TEST(Voice, HasTheFormantsOfItsVowels) {
    for (int vowel = 0; vowel < kVowelCount; ++vowel) {
        const Formants formants = formantsOf(vowel);
        const Signal signal = render(steady(vowel), sung(55));
        const Spectrum spectrum(signal);
        // Harmonics of a sawtooth fall by 1 / k; what is left is the tract.
        const auto tract = [&](double frequency) {
            const double k = std::round(frequency / 55);
            return decibels(k * spectrum.strongest(55 * k - 20, 55 * k + 20).amplitude);
        };
        for (std::size_t k = 0; k < 2; ++k) {
            double best = 0;
            double level = -300;
            const double low =
                k == 0 ? 0.75 * formants[0] : std::max(0.75 * formants[1], (formants[0] + formants[1]) / 2);
            for (double frequency = low; frequency < formants[k] * 1.25; frequency += 55) {
                if (tract(frequency) > level) {
                    level = tract(frequency);
                    best = std::round(frequency / 55) * 55;
                }
            }
            // The steps are 55 Hz, and near formants pull each other.
            EXPECT_NEAR(best, formants[k], 75) << vowel << " " << k;
        }
    }
}

TEST(Voice, WhispersWithoutAPitch) {
    Voice voice = steady(0);
    voice.whispered = true;
    const Spectrum spectrum(render(voice, sung(200)));
    EXPECT_GT(spectrum.worstOffHarmonic(200), -12);
}

TEST(Voice, AChoirIsBroaderThanASinger) {
    // The tenth harmonic of singers up to 14 cents apart spreads over 2200 ± 18 Hz.
    const auto beside = [](const Spectrum& spectrum) {
        return spectrum.power(2205, 2218) / spectrum.power(2182, 2218);
    };
    Voice voice = steady(0);
    Note note = sung(220);
    note.samples = note.gate = 96000;
    const double alone = beside(Spectrum(render(voice, note), 65536));
    voice.singers = 6;
    const double together = beside(Spectrum(render(voice, note), 65536));
    EXPECT_LT(alone, 0.01);
    EXPECT_GT(together, 0.1);
}

}  // namespace
}  // namespace smidgen::synthesis
