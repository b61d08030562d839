#include "engine/synthesis/oscillators.h"

#include <algorithm>
#include <array>

#include "engine/synthesis/draw.h"

namespace smidgen::synthesis {
namespace {

constexpr int kMostHarmonics = 1024;
constexpr int kLevels = 31;

/// Harmonics of level 0 … kLevels − 1: a third of an octave fewer each time.
int harmonicsOf(int level) {
    return std::max(1, static_cast<int>(kMostHarmonics * std::exp2(-level / 3.0)));
}

using Table = std::array<float, Sawtooth::kPoints + 3>;

std::vector<Table> makeTables() {
    std::vector<Table> tables(kLevels);
    std::vector<double> sum(Sawtooth::kPoints, 0.0);
    int made = 0;
    for (int level = kLevels - 1; level >= 0; --level) {
        for (const int harmonics = harmonicsOf(level); made < harmonics;) {
            ++made;
            for (int n = 0; n < Sawtooth::kPoints; ++n) {
                // The product modulo the period keeps the argument exact.
                const int place = (n * made) % Sawtooth::kPoints;
                sum[static_cast<std::size_t>(n)] -=
                    2.0 / (std::numbers::pi * made) *
                    sineOfTurns(static_cast<double>(place) / Sawtooth::kPoints);
            }
        }
        Table& table = tables[static_cast<std::size_t>(level)];
        for (std::size_t i = 0; i < table.size(); ++i) {
            table[i] = static_cast<float>(sum[(i + Sawtooth::kPoints - 1) % Sawtooth::kPoints]);
        }
    }
    return tables;
}

}  // namespace

double PitchMotion::highestFactor() const {
    return std::exp2(std::max(0.0, glideSemitones) / 12 + (vibratoCents + 4 * driftCents) / 1200);
}

std::vector<double> phasesOf(double frequency, const PitchMotion& motion, std::size_t samples,
                             std::uint64_t seed) {
    constexpr std::size_t kBlock = 16;
    Random random(seed);
    const double vibratoStart = random.uniform();
    std::vector<double> phases(samples);
    double phase = 0;
    double drift = 0;
    double lastStep = 0;
    for (std::size_t start = 0; start < samples; start += kBlock) {
        const double time = secondsOf(start);
        double cents = 0;
        if (motion.vibratoCents != 0) {
            const double depth = std::min(1.0, time / std::max(1e-3, motion.vibratoDelay));
            cents += motion.vibratoCents * depth * sineOfTurns(vibratoStart + motion.vibratoHz * time);
        }
        if (motion.glideSemitones != 0) {
            cents += 100 * motion.glideSemitones * std::exp(-time / std::max(1e-3, motion.glideSeconds));
        }
        if (motion.driftCents != 0) {
            // A random walk pulled back within half a second, of the asked standard deviation.
            constexpr double kPull = kBlock / (0.5 * kRate);
            drift += -kPull * drift + std::sqrt(2 * kPull) * static_cast<double>(whiteNoise(random));
            cents += motion.driftCents * std::clamp(drift, -4.0, 4.0);
        }
        const double step = frequency / kRate * std::exp2(cents / 1200);
        if (start == 0) lastStep = step;
        const std::size_t count = std::min(kBlock, samples - start);
        const double change = (step - lastStep) / kBlock;
        for (std::size_t i = 0; i < count; ++i) {
            phases[start + i] = phase;
            phase += lastStep + change * static_cast<double>(i + 1);
        }
        lastStep = step;
    }
    return phases;
}

Sawtooth::Sawtooth(double highest) {
    static const std::vector<Table> kTables = makeTables();
    int level = 0;
    while (level + 1 < kLevels && harmonicsOf(level) * highest > kHighestTone) ++level;
    m_points = kTables[static_cast<std::size_t>(level)].data();
}

}  // namespace smidgen::synthesis
