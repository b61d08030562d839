#include "engine/generation/take_steering.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "engine/foundation/random.h"

namespace smidgen {
namespace {

/// Chords of two rubbing tones over noise, three seconds.
AudioBuffer chords() {
    AudioBuffer sound(1, Samples(3 * kSampleRate));
    Random random(3);
    for (std::size_t i = 0; i < sound.channels[0].size(); ++i) {
        const double t = static_cast<double>(i) / kSampleRate, since = std::fmod(t, 0.7);
        double value = 0.01 * random.normal();
        for (const double hz : {220.0, 233.0, 331.0})
            for (int partial = 1; partial <= 6; ++partial)
                value +=
                    0.1 / partial * std::exp(-4 * since) * std::sin(2 * std::numbers::pi * hz * partial * t);
        sound.channels[0][i] = static_cast<float>(value);
    }
    return sound;
}

/// How far what is neither asked for nor tied to it has drifted, by the spread of takes, squared.
double driftOf(const SteeringReport& report, const Attributes& spread) {
    double sum = 0;
    for (const Attribute held : {Attribute::density, Attribute::roughness, Attribute::tension,
                                 Attribute::rhythm, Attribute::space}) {
        const double drift = (report.reached[held] - report.free[held]) / spread[held];
        sum += drift * drift;
    }
    return sum;
}

TEST(TakeSteering, WhatIsToStayIsHeldByHowMuchTakesDiffer) {
    const AudioBuffer sound = chords();
    SteeringReport report;
    report.free = SoundDescriber().describe(sound.channels[0]).attributes;
    const Attributes deviations{{0.6, 1.7, 9.0, 0.8, 0.13, 0.11, 0.15, 1.2}};
    for (std::size_t a = 0; a < kAttributeCount; ++a) {
        const double middle = report.free.values[a], way = 2 * deviations.values[a];
        report.ranges.ranges[a].quantiles = {middle - way, middle - way, middle, middle + way, middle + way};
        report.ranges.ranges[a].deviation = deviations.values[a];
    }
    report.ranges.sounds = 60;
    SliderPositions positions;
    positions[Attribute::brightness] = 0.1;
    report.wanted = targetsOf(positions, report.ranges, report.free);
    Attributes spread;
    for (std::size_t a = 0; a < kAttributeCount; ++a) spread.values[a] = 0.15 * deviations.values[a];

    SteeringReport unknown = report;
    ASSERT_TRUE(steerSound(sound, positions, unknown));
    report.spread = spread;
    ASSERT_TRUE(steerSound(sound, positions, report));
    EXPECT_LT(driftOf(report, spread), 0.7 * driftOf(unknown, spread));
    const double asked = report.wanted[Attribute::brightness] - report.free[Attribute::brightness];
    EXPECT_GT((report.reached[Attribute::brightness] - report.free[Attribute::brightness]) / asked, 0.8);
}

}  // namespace
}  // namespace smidgen
