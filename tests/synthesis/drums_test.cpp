#include "engine/synthesis/drums.h"

#include <gtest/gtest.h>

#include "engine/synthesis/phrase.h"
#include "tests/synthesis/measurements.h"

namespace smidgen::synthesis {
namespace {

constexpr int kKits = 12;

Signal hit(Drum drum, std::uint64_t seed, double velocity = 1) {
    Random random(seed);
    return drawDrum(random, drum)({.velocity = velocity, .samples = 48000, .gate = 48000, .seed = 1});
}

/// Median over drawn kits.
template <typename Measure>
double typical(Drum drum, Measure measure) {
    std::vector<double> values;
    for (std::uint64_t seed = 0; seed < kKits; ++seed) values.push_back(measure(hit(drum, seed)));
    std::sort(values.begin(), values.end());
    return values[kKits / 2];
}

TEST(Drums, StrikeAtOnce) {
    for (const Drum drum : {Drum::kick, Drum::snare, Drum::hat, Drum::openHat, Drum::clap, Drum::tom,
                            Drum::rim, Drum::cowbell, Drum::knock}) {
        for (std::uint64_t seed = 0; seed < kKits; ++seed) {
            // Claps are several; a kick's half-wave takes its time.
            const double limit = drum == Drum::clap ? 0.09 : 0.015;
            EXPECT_LT(attackTime(hit(drum, seed)), limit) << static_cast<int>(drum) << " " << seed;
        }
    }
}

TEST(Drums, Decay) {
    for (const Drum drum :
         {Drum::kick, Drum::snare, Drum::hat, Drum::clap, Drum::tom, Drum::rim, Drum::shaker, Drum::knock}) {
        for (std::uint64_t seed = 0; seed < kKits; ++seed) {
            const Signal sound = hit(drum, seed);
            const std::span<const float> all(sound);
            EXPECT_LT(rootMeanSquare(all.last(4800)), 0.5 * rootMeanSquare(all.first(9600)))
                << static_cast<int>(drum) << " " << seed;
        }
    }
}

TEST(Drums, LieWhereTheirNamesSay) {
    const auto centroid = [](const Signal& sound) {
        return Spectrum(std::span(sound).first(16384), 16384).centroid();
    };
    EXPECT_LT(typical(Drum::kick, centroid), 200);
    EXPECT_LT(typical(Drum::tom, centroid), 400);
    EXPECT_GT(typical(Drum::snare, centroid), 600);
    EXPECT_GT(typical(Drum::hat, centroid), 6000);
    EXPECT_GT(typical(Drum::openHat, centroid), 6000);
    EXPECT_GT(typical(Drum::cymbal, centroid), 2500);
    EXPECT_GT(typical(Drum::shaker, centroid), 3500);
}

TEST(Drums, RingAsLongAsTheirNamesSay) {
    const auto time = [](const Signal& sound) { return reverberationTime(sound); };
    EXPECT_LT(typical(Drum::hat, time), 0.25);
    EXPECT_GT(typical(Drum::openHat, time), 0.3);
    EXPECT_GT(typical(Drum::cymbal, time), 0.8);
    EXPECT_LT(typical(Drum::rim, time), 0.15);
}

TEST(Drums, AKnocksHighEndDiesFirst) {
    int dulling = 0;
    for (std::uint64_t seed = 0; seed < kKits; ++seed) {
        const Signal knock = hit(Drum::knock, seed);
        const std::span<const float> all(knock);
        const double early = Spectrum(all.first(2048), 2048).centroid();
        if (Spectrum(all.subspan(2048, 4096), 4096).centroid() < 0.95 * early) ++dulling;
    }
    EXPECT_GE(dulling, kKits - 2);  // some have one low resonance only
}

TEST(Drums, AKicksPitchFalls) {
    for (std::uint64_t seed = 0; seed < kKits; ++seed) {
        const Signal kick = hit(Drum::kick, seed);
        // Upward zero crossings: their distance grows.
        std::vector<std::size_t> crossings;
        double last = 0;
        for (std::size_t n = 1; n < kick.size() && crossings.size() < 400; ++n) {
            last = std::max(last * 0.9995, static_cast<double>(std::abs(kick[n])));
            if (kick[n - 1] < 0 && kick[n] >= 0 && last > 0.01) crossings.push_back(n);
        }
        ASSERT_GT(crossings.size(), 3U) << seed;
        const double first = static_cast<double>(crossings[1] - crossings[0]);
        const auto slowest = static_cast<double>(crossings.back() - crossings[crossings.size() - 2]);
        EXPECT_LT(first, slowest * 1.02) << seed;
    }
}

TEST(Drums, HitEachTimeALittleDifferently) {
    Random random(1);
    const Instrument snare = drawDrum(random, Drum::snare);
    EXPECT_NE(snare({.samples = 9600, .gate = 9600, .seed = 1}),
              snare({.samples = 9600, .gate = 9600, .seed = 2}));
    EXPECT_EQ(snare({.samples = 9600, .gate = 9600, .seed = 1}),
              snare({.samples = 9600, .gate = 9600, .seed = 1}));
}

TEST(Beat, RepeatsAtATempo) {
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
        Random random(seed);
        const Signal beat = drawBeat(random, 48000 * 8);
        // Energy every 10 ms; what repeats a bar or half of it correlates with itself.
        std::vector<double> energy;
        for (std::size_t n = 0; n + 480 <= beat.size(); n += 480) {
            energy.push_back(rootMeanSquare(std::span(beat).subspan(n, 480)));
        }
        double mean = 0;
        for (const double value : energy) mean += value / static_cast<double>(energy.size());
        double own = 0;
        for (double& value : energy) {
            value -= mean;
            own += value * value;
        }
        double best = 0;
        for (std::size_t lag = 30; lag < 400; ++lag) {
            double sum = 0;
            for (std::size_t n = 0; n + lag < energy.size(); ++n) sum += energy[n] * energy[n + lag];
            best = std::max(best, sum / own);
        }
        EXPECT_GT(best, 0.25) << seed;
    }
}

}  // namespace
}  // namespace smidgen::synthesis
