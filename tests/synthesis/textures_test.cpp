#include "engine/synthesis/textures.h"

#include <gtest/gtest.h>

#include "engine/synthesis/phrase.h"
#include "engine/synthesis/sound_synthesizer.h"
#include "tests/synthesis/measurements.h"

namespace smidgen::synthesis {
namespace {

Signal sine(double frequency, std::size_t samples = 48000) {
    Signal signal(samples);
    for (std::size_t n = 0; n < samples; ++n) {
        signal[n] =
            static_cast<float>(std::sin(2 * std::numbers::pi * frequency * static_cast<double>(n) / kRate));
    }
    return signal;
}

TEST(Cloud, TransposesItsSource) {
    const Cloud cloud{
        .grainsPerSecond = 40, .shortest = 0.1, .longest = 0.2, .transposition = 7, .reversed = 0};
    const Spectrum spectrum(render(cloud, sine(400), 48000, 1));
    // Grains of a tenth of a second blur a line by about 10 Hz.
    EXPECT_NEAR(spectrum.strongest(200, 2000).frequency, 400 * std::exp2(7 / 12.0), 8);
}

TEST(Cloud, DoesNotFoldWhatItReadsTooFast) {
    const Cloud cloud{.grainsPerSecond = 40, .shortest = 0.05, .longest = 0.1, .transposition = 12};
    const double heard = rootMeanSquare(render(cloud, sine(5000), 48000, 1));
    const double folded = rootMeanSquare(render(cloud, sine(14500), 48000, 1));
    EXPECT_LT(decibels(folded / heard), -50);
}

TEST(Cloud, HasAsManyGrainsAsAsked) {
    const Cloud cloud{.grainsPerSecond = 10, .shortest = 0.005, .longest = 0.005, .steepness = 1};
    const Signal signal = render(cloud, sine(3000), 48000 * 10, 1);
    int onsets = 0;
    std::size_t quiet = 0;
    for (const float sample : signal) {
        if (std::abs(sample) < 1e-4F) {
            ++quiet;
        } else {
            if (quiet > 200) ++onsets;
            quiet = 0;
        }
    }
    EXPECT_NEAR(onsets, 100, 35);
}

TEST(Sweeps, MoveThroughTheSpectrum) {
    int moving = 0;
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        Random random(seed);
        const Signal sweep = drawSweep(random, 96000);
        double lowest = 1e9;
        double highest = 0;
        for (std::size_t start = 0; start + 4096 <= sweep.size(); start += 4096) {
            const std::span<const float> part = std::span(sweep).subspan(start, 4096);
            if (rootMeanSquare(part) < 1e-3) continue;
            const double centroid = Spectrum(part, 4096).centroid();
            lowest = std::min(lowest, centroid);
            highest = std::max(highest, centroid);
        }
        if (highest > 1.3 * lowest) ++moving;
    }
    EXPECT_GE(moving, 11);
}

TEST(Impulses, AreShortAndSparse) {
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        Random random(seed);
        const Signal clicks = drawImpulses(random, 96000);
        float peak = 0;
        for (const float sample : clicks) peak = std::max(peak, std::abs(sample));
        EXPECT_GT(decibels(static_cast<double>(peak) / rootMeanSquare(clicks)), 10) << seed;
    }
}

TEST(Events, LeaveMostOfTheTimeSilent) {
    int sparse = 0;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        const std::vector<float> sound = synthesizeSound(SoundFamily::events, seed, 2);
        float peak = 0;
        for (const float sample : sound) peak = std::max(peak, std::abs(sample));
        int silent = 0;
        for (std::size_t n = 0; n + 480 <= sound.size(); n += 480) {
            if (rootMeanSquare(std::span(sound).subspan(n, 480)) < 0.02 * static_cast<double>(peak)) ++silent;
        }
        if (silent > 100) ++sparse;
    }
    EXPECT_GE(sparse, 8);
}

/// A sine that answers as an instrument, and keeps what it was asked.
struct Listener {
    std::vector<Note>* asked;
    Signal operator()(const Note& note) const {
        asked->push_back(note);
        return Signal(note.samples, 0.1F);
    }
};

TEST(Chords, SoundAtMusicalIntervals) {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        std::vector<Note> asked;
        Random random(seed);
        const Signal signal = drawChords(random, Listener{&asked}, 96000);
        EXPECT_EQ(signal.size(), 96000U);
        ASSERT_GE(asked.size(), 3U);
        for (const Note& note : asked) {
            const double semitones = 12 * std::log2(note.frequency / asked.front().frequency);
            EXPECT_NEAR(semitones, std::round(semitones), 1e-6);
        }
    }
}

TEST(Sequences, KeepToTheirRange) {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        std::vector<Note> asked;
        Random random(seed);
        const Range range{100, 900};
        const Signal signal = drawSequence(random, Listener{&asked}, range, 48000 * 4);
        EXPECT_EQ(signal.size(), 48000U * 4);
        ASSERT_FALSE(asked.empty());
        for (const Note& note : asked) {
            EXPECT_GE(note.frequency, range.low * 0.999);
            EXPECT_LE(note.frequency, range.high * 1.001);
        }
    }
}

TEST(Scales, AscendWithinThreeOctaves) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        Random random(seed);
        const std::vector<double> scale = drawScale(random);
        EXPECT_TRUE(std::is_sorted(scale.begin(), scale.end()));
        EXPECT_EQ(scale.front(), 0);
        EXPECT_LT(scale.back(), 36);
    }
}

}  // namespace
}  // namespace smidgen::synthesis
