#include <algorithm>

#include "engine/synthesis/draw.h"
#include "engine/synthesis/filters.h"
#include "engine/synthesis/tones.h"

namespace smidgen::synthesis {
namespace {

using Operator = PhaseModulationTone::Operator;

/// Sidebands that matter (above about −60 dB) for a deviation in radians.
double sidebands(double deviation) {
    return deviation <= 0 ? 0 : deviation + 2.5 * std::cbrt(deviation) + 1;
}

/// The highest frequency (Hz) expected of an operator, all deviations lowered by `factor`.
double highestOf(const std::vector<Operator>& operators, std::size_t index, double frequency, double factor) {
    const Operator& self = operators[index];
    double highest = frequency * self.ratio + std::abs(self.detuneHz);
    highest *= 1 + sidebands(2 * self.feedback * factor);
    for (std::size_t k = index + 1; k < operators.size(); ++k) {
        if (operators[k].target != static_cast<int>(index)) continue;
        highest += sidebands(operators[k].level * factor) * highestOf(operators, k, frequency, factor);
    }
    return highest;
}

/// 1, or less: what the deviations are multiplied with so that nothing folds back into what is heard.
double safeDeviation(const std::vector<Operator>& operators, double frequency) {
    constexpr double kHighest = 60000;  // at 96 kHz it folds to 36 kHz, which decimation removes
    double factor = 1;
    for (std::size_t k = 0; k < operators.size(); ++k) {
        if (operators[k].target >= 0) continue;
        while (factor > 1e-3 && highestOf(operators, k, frequency, factor) > kHighest) factor *= 0.8;
    }
    return factor;
}

}  // namespace

Signal render(const PhaseModulationTone& tone, const Note& note) {
    constexpr double kTurnsPerRadian = 0.5 / std::numbers::pi;
    const std::size_t samples = note.samples;
    const std::vector<double> phases = phasesOf(note.frequency, tone.motion, samples + 1, note.seed);
    const double highest = note.frequency * tone.motion.highestFactor();
    const double factor = safeDeviation(tone.operators, highest) * (0.4 + 0.6 * note.velocity);
    // What modulates each operator, in turns.
    std::vector<std::vector<double>> modulation(tone.operators.size());
    Signal heard(2 * samples, 0.0F);
    for (std::size_t k = tone.operators.size(); k-- > 0;) {
        const Operator& self = tone.operators[k];
        if (self.target < 0 && self.ratio * highest > kHighestTone) continue;
        const Signal envelope = self.envelope.render(samples, note.gate);
        std::vector<double> output(2 * samples);
        const double feedback = self.feedback * factor * kTurnsPerRadian;
        double last = 0;
        double before = 0;
        const std::vector<double>& from = modulation[k];
        for (std::size_t n = 0; n < 2 * samples; ++n) {
            const std::size_t low = n / 2;
            const double base = n % 2 == 0 ? phases[low] : 0.5 * (phases[low] + phases[low + 1]);
            double turns = base * self.ratio + self.detuneHz * static_cast<double>(n) / (2 * kRate);
            if (!from.empty()) turns += from[n];
            if (feedback > 0) turns += feedback * 0.5 * (last + before);
            before = last;
            last = sineOfTurns(turns);
            output[n] = last;
        }
        const double depth = self.target < 0 ? self.level : self.level * factor * kTurnsPerRadian;
        for (std::size_t n = 0; n < samples; ++n) {
            const auto now = static_cast<double>(envelope[n]);
            const auto next = static_cast<double>(envelope[std::min(n + 1, samples - 1)]);
            output[2 * n] *= depth * now;
            output[2 * n + 1] *= depth * 0.5 * (now + next);
        }
        if (self.target < 0) {
            for (std::size_t n = 0; n < 2 * samples; ++n) heard[n] += static_cast<float>(output[n]);
        } else {
            std::vector<double>& to = modulation[static_cast<std::size_t>(self.target)];
            if (to.empty()) to.assign(2 * samples, 0.0);
            for (std::size_t n = 0; n < 2 * samples; ++n) to[n] += output[n];
        }
    }
    Signal result = downsample(heard, 2);
    scale(result, note.velocity);
    return result;
}

PhaseModulationTone drawPhaseModulationTone(Random& random) {
    PhaseModulationTone tone;
    const int count = between(random, 2, 4);
    const bool harmonic = chance(random, 0.6);
    const Envelope loudness = drawEnvelope(random);
    for (int k = 0; k < count; ++k) {
        Operator each;
        each.ratio = harmonic ? pick(random, {0.5, 1.0, 1.0, 1.0, 2.0, 2.0, 3.0, 4.0, 5.0, 7.0, 9.0, 14.0})
                              : logUniform(random, 0.25, 9);
        if (k == 0) each.ratio = harmonic ? 1 : each.ratio;
        each.detuneHz = chance(random, 0.4) ? random.uniform(-2, 2) : 0;
        each.target = k == 0 ? -1 : between(random, chance(random, 0.25) ? -1 : 0, k - 1);
        if (each.target < 0) {
            each.level = k == 0 ? 1 : random.uniform(0.3, 1);
            each.envelope = loudness;
        } else {
            each.level = logUniform(random, 0.3, 9);
            each.envelope = drawEnvelope(random);
        }
        each.feedback = chance(random, 0.2) ? random.uniform(0.1, 0.9) : 0;
        tone.operators.push_back(each);
    }
    tone.motion = drawPitchMotion(random);
    return tone;
}

}  // namespace smidgen::synthesis
