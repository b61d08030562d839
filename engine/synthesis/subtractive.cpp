#include <algorithm>

#include "engine/synthesis/draw.h"
#include "engine/synthesis/filters.h"
#include "engine/synthesis/tones.h"

namespace smidgen::synthesis {
namespace {

using Oscillator = SubtractiveTone::Oscillator;
using Wave = SubtractiveTone::Wave;

void addNoise(std::vector<double>& sum, double level, std::uint64_t seed) {
    Random random(seed);
    for (double& value : sum) value += 0.4 * level * static_cast<double>(whiteNoise(random));
}

/// A pulse is the difference of two sawtooths; a triangle the sum of the few harmonics it has.
void addOscillator(std::vector<double>& sum, const Oscillator& oscillator, const std::vector<double>& phases,
                   double highest, double start) {
    const double ratio = oscillator.ratio * std::exp2(oscillator.detuneCents / 1200);
    if (highest * ratio > kHighestTone) return;
    const Sawtooth sawtooth(highest * ratio);
    const double level = oscillator.level;
    switch (oscillator.wave) {
        case Wave::sawtooth:
            for (std::size_t n = 0; n < sum.size(); ++n) {
                sum[n] += level * static_cast<double>(sawtooth.at(start + phases[n] * ratio));
            }
            break;
        case Wave::pulse:
            for (std::size_t n = 0; n < sum.size(); ++n) {
                const double swing =
                    oscillator.widthMotion == 0
                        ? 0
                        : oscillator.widthMotion * sineOfTurns(oscillator.widthHz * secondsOf(n));
                const double width = std::clamp(oscillator.width + swing, 0.04, 0.96);
                const double turns = start + phases[n] * ratio;
                sum[n] +=
                    level * 0.7 * static_cast<double>(sawtooth.at(turns) - sawtooth.at(turns + 1 - width));
            }
            break;
        case Wave::triangle:
            for (int k = 1; k <= 15 && k * highest * ratio < kHighestTone; k += 2) {
                const double amplitude = level * (k % 4 == 1 ? 0.81 : -0.81) / (k * k);
                for (std::size_t n = 0; n < sum.size(); ++n) {
                    sum[n] += amplitude * sineOfTurns((start + phases[n] * ratio) * k);
                }
            }
            break;
        case Wave::noise:
            break;
    }
}

}  // namespace

Signal render(const SubtractiveTone& tone, const Note& note) {
    constexpr std::size_t kControl = 16;
    const std::vector<double> phases = phasesOf(note.frequency, tone.motion, note.samples, note.seed);
    const double highest = note.frequency * tone.motion.highestFactor();
    Random random(mixSeed(note.seed, 1));
    std::vector<double> sum(note.samples, 0.0);
    for (const Oscillator& oscillator : tone.oscillators) {
        const double start = random.uniform();
        if (oscillator.wave == Wave::noise) {
            addNoise(sum, oscillator.level, random.bits());
        } else {
            addOscillator(sum, oscillator, phases, highest, start);
        }
    }
    const Signal sweep = tone.sweep.render(note.samples, note.gate);
    const Signal loudness = tone.loudness.render(note.samples, note.gate);
    const double base = tone.cutoff * std::pow(note.frequency / 220, tone.tracking);
    const double swingStart = random.uniform();
    StateVariableFilter first;
    StateVariableFilter second;
    Signal result(note.samples);
    for (std::size_t n = 0; n < note.samples; ++n) {
        if (n % kControl == 0) {
            const double octaves =
                tone.sweepOctaves * static_cast<double>(sweep[n]) * (0.3 + 0.7 * note.velocity) +
                tone.swingOctaves * sineOfTurns(swingStart + tone.swingHz * secondsOf(n));
            const double cutoff = std::min(base * std::exp2(octaves), 21000.0);
            first.tune(cutoff, tone.q);
            second.tune(cutoff, 0.7);
        }
        const auto outputs = first.process(sum[n]);
        double value = 0;
        switch (tone.filter) {
            case SubtractiveTone::Filter::lowPass:
                value = outputs.low;
                break;
            case SubtractiveTone::Filter::lowPassSteep:
                value = second.process(outputs.low).low;
                break;
            case SubtractiveTone::Filter::bandPass:
                value = outputs.band;
                break;
            case SubtractiveTone::Filter::highPass:
                value = outputs.high;
                break;
        }
        result[n] = static_cast<float>(value) * loudness[n];
    }
    scale(result, 0.5 * note.velocity);
    return result;
}

SubtractiveTone drawSubtractiveTone(Random& random) {
    SubtractiveTone tone;
    const int count = between(random, 1, 4);
    const double detune = logUniform(random, 2, 30);
    const Wave main =
        pick(random, {Wave::sawtooth, Wave::sawtooth, Wave::pulse, Wave::pulse, Wave::triangle});
    for (int i = 0; i < count; ++i) {
        Oscillator each;
        each.wave = chance(random, 0.75)
                        ? main
                        : pick(random, {Wave::sawtooth, Wave::pulse, Wave::triangle, Wave::noise});
        each.ratio = i == 0 ? 1 : pick(random, {1.0, 1.0, 1.0, 0.5, 2.0, 1.5});
        each.detuneCents = i == 0 ? 0 : random.uniform(-detune, detune);
        each.level = i == 0 ? 1 : random.uniform(0.2, 1);
        each.width = random.uniform(0.08, 0.5);
        each.widthMotion = chance(random, 0.5) ? random.uniform(0, 0.35) : 0;
        each.widthHz = logUniform(random, 0.1, 6);
        tone.oscillators.push_back(each);
    }
    using Filter = SubtractiveTone::Filter;
    tone.filter = pick(random, {Filter::lowPass, Filter::lowPass, Filter::lowPassSteep, Filter::lowPassSteep,
                                Filter::bandPass, Filter::highPass});
    tone.cutoff =
        tone.filter == Filter::highPass ? logUniform(random, 60, 2500) : logUniform(random, 120, 8000);
    tone.tracking = random.uniform(0, 1);
    tone.q = logUniform(random, 0.6, 12);
    tone.sweepOctaves = chance(random, 0.8) ? random.uniform(-1, 5) : 0;
    tone.swingOctaves = chance(random, 0.35) ? random.uniform(0.2, 2) : 0;
    tone.swingHz = logUniform(random, 0.1, 9);
    tone.loudness = drawEnvelope(random);
    tone.sweep = drawEnvelope(random);
    tone.motion = drawPitchMotion(random);
    return tone;
}

}  // namespace smidgen::synthesis
