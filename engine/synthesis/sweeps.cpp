#include <algorithm>
#include <cmath>

#include "engine/synthesis/draw.h"
#include "engine/synthesis/envelope.h"
#include "engine/synthesis/filters.h"
#include "engine/synthesis/oscillators.h"
#include "engine/synthesis/textures.h"

namespace smidgen::synthesis {
namespace {

/// One call: a sine with overtones whose pitch bends from `from` through `middle` to `to` Hz.
struct Call {
    double from, middle, to;
    double seconds;
    double trillHz = 0, trillDepth = 0;
    double second = 0, third = 0;  ///< amplitudes of the overtones
};

Signal render(const Call& call) {
    const std::size_t samples = samplesOf(call.seconds);
    Signal result(samples);
    double turns = 0;
    for (std::size_t n = 0; n < samples; ++n) {
        const double place = static_cast<double>(n) / static_cast<double>(samples);
        // A parabola in pitch through the three points.
        const double low = std::log2(call.from);
        const double high = std::log2(call.to);
        const double bow = std::log2(call.middle) - 0.5 * (low + high);
        const double octave = low + (high - low) * place + 4 * bow * place * (1 - place) +
                              call.trillDepth * sineOfTurns(call.trillHz * secondsOf(n));
        const double frequency = std::clamp(std::exp2(octave), 20.0, 18500.0);
        double value = sineOfTurns(turns);
        if (2 * frequency < kHighestTone) value += call.second * sineOfTurns(2 * turns);
        if (3 * frequency < kHighestTone) value += call.third * sineOfTurns(3 * turns);
        const double window = std::min({1.0, place * 12, (1 - place) * 8});
        result[n] = static_cast<float>(window * value);
        turns += frequency / kRate;
    }
    return result;
}

Signal longSweep(Random& random, std::size_t samples) {
    double low = logUniform(random, 20, 800);
    double high = logUniform(random, 1500, 18500);
    if (chance(random, 0.4)) std::swap(low, high);
    const bool linear = chance(random, 0.3);
    const double ending = random.uniform(0, 1);
    const double period = std::max(0.02, secondsOf(samples) / pick(random, {1.0, 1.0, 1.0, 2.0, 4.0, 16.0}));
    Signal result(samples);
    double turns = 0;
    double time = 0;
    for (std::size_t n = 0; n < samples; ++n) {
        const double place = time / period;
        const double frequency = linear ? low + (high - low) * place : low * std::pow(high / low, place);
        const double gain = ending < 0.3 ? 0.1 + 0.9 * place : ending < 0.5 ? 1 - 0.9 * place : 1;
        const double edge = std::min({1.0, place * period * 400, (1 - place) * period * 400});
        result[n] = static_cast<float>(gain * edge * sineOfTurns(turns));
        turns += frequency / kRate;
        time += 1 / kRate;
        if (time >= period) time = 0;
    }
    return result;
}

/// A riser: noise through a band that climbs, over a tone that does.
Signal riser(Random& random, std::size_t samples) {
    const double low = logUniform(random, 100, 600);
    const double high = logUniform(random, 2500, 15000);
    const double q = logUniform(random, 1, 12);
    const bool falling = chance(random, 0.3);
    const double tone = random.uniform(0, 0.6);
    StateVariableFilter filter;
    Random white(random.bits());
    Signal result(samples);
    double turns = 0;
    for (std::size_t n = 0; n < samples; ++n) {
        const double place = static_cast<double>(n) / static_cast<double>(samples);
        const double height = falling ? 1 - place : place;
        const double frequency = low * std::pow(high / low, height);
        if (n % 32 == 0) filter.tune(frequency, q);
        const double noise = filter.process(static_cast<double>(whiteNoise(white))).band;
        turns += frequency / kRate;
        result[n] = static_cast<float>((0.05 + height * height) *
                                       (noise * std::sqrt(q) * 0.5 + tone * sineOfTurns(turns)));
    }
    return result;
}

Signal birds(Random& random, std::size_t samples) {
    Signal sum(samples, 0.0F);
    const int kinds = between(random, 1, 3);
    for (int kind = 0; kind < kinds; ++kind) {
        const double centre = logUniform(random, 700, 6500);
        const double length = logUniform(random, 0.02, 0.25);
        const double pause = logUniform(random, 0.02, 0.3);
        const int syllables = between(random, 1, 9);
        const double gain = random.uniform(0.3, 1);
        const double trill = chance(random, 0.3) ? random.uniform(15, 60) : 0;
        double time = random.uniform() * std::min(0.4, secondsOf(samples) / 3);
        while (time < secondsOf(samples)) {
            Call call{.from = centre * std::exp2(random.uniform(-0.8, 0.8)),
                      .middle = centre * std::exp2(random.uniform(-0.8, 0.8)),
                      .to = centre * std::exp2(random.uniform(-0.8, 0.8)),
                      .seconds = length * random.uniform(0.6, 1.4),
                      .trillHz = trill,
                      .trillDepth = 0.12,
                      .second = random.uniform(0, 0.3),
                      .third = random.uniform(0, 0.1)};
            for (int i = 0; i < syllables; ++i) {
                addAt(sum, render(call), samplesOf(time), gain * random.uniform(0.6, 1));
                time += call.seconds + pause * random.uniform(0.5, 1.5);
                if (time >= secondsOf(samples)) break;
            }
            time += random.uniform(0.2, 1.5);
        }
    }
    return sum;
}

}  // namespace

Signal drawSweep(Random& random, std::size_t samples) {
    switch (random.below(4)) {
        case 0:
            return longSweep(random, samples);
        case 1:
            return riser(random, samples);
        default:
            return birds(random, samples);
    }
}

Signal drawImpulses(Random& random, std::size_t samples) {
    enum class Timing { regular, scattered, bouncing, bursts };
    const Timing timing = pick(
        random, {Timing::regular, Timing::scattered, Timing::scattered, Timing::bouncing, Timing::bursts});
    const double interval = logUniform(random, 0.004, 0.6);
    const bool bare = chance(random, 0.35);
    const double ringHz = logUniform(random, 300, 9000);
    const double ringSeconds = logUniform(random, 0.001, 0.03);
    const double spread = chance(random, 0.5) ? random.uniform(0, 1.5) : 0;
    const double total = secondsOf(samples);
    Signal sum(samples, 0.0F);
    double time = std::min(total / 4, random.uniform(0, 0.1));
    double gap = timing == Timing::bouncing ? random.uniform(0.15, 0.6) : interval;
    double height = 1;
    while (time < total) {
        const double gain = height * std::pow(10.0, -spread * random.uniform());
        const std::size_t start = samplesOf(time);
        if (bare) {
            if (start + 1 < samples) {
                sum[start] += static_cast<float>(gain);
                sum[start + 1] -= static_cast<float>(gain);
            }
        } else {
            const double keep = decayFactor(ringSeconds);
            const double frequency = std::min(17000.0, ringHz * std::exp2(random.uniform(-0.2, 0.2)));
            const std::size_t end = std::min(samples, start + samplesOf(1.5 * ringSeconds));
            double level = gain;
            for (std::size_t n = start; n < end; ++n) {
                sum[n] += static_cast<float>(level *
                                             sineOfTurns(frequency / kRate * static_cast<double>(n - start)));
                level *= keep;
            }
        }
        switch (timing) {
            case Timing::regular:
                time += interval;
                break;
            case Timing::scattered:
                time += -std::log(1 - random.uniform()) * interval + 1e-4;
                break;
            case Timing::bouncing:
                time += gap;
                gap *= 0.82;
                height *= 0.8;
                if (gap < 0.004) {
                    gap = random.uniform(0.15, 0.6);
                    height = 1;
                    time += 0.3;
                }
                break;
            case Timing::bursts:
                time += chance(random, 0.8) ? 0.003 + 0.03 * random.uniform() : 3 * interval + 0.1;
        }
    }
    return sum;
}

}  // namespace smidgen::synthesis
