#include <algorithm>

#include "engine/synthesis/draw.h"
#include "engine/synthesis/filters.h"
#include "engine/synthesis/tones.h"

namespace smidgen::synthesis {
namespace {

/// k^−slope for every harmonic, every odd one or a comb of them.
void addHarmonics(Random& random, std::vector<Partial>& partials) {
    const double slope = random.uniform(0.5, 2.2);
    const int count = static_cast<int>(logUniform(random, 3, 64));
    const int stride = pick(random, {1, 1, 1, 2, 3});
    const bool scattered = chance(random, 0.5);
    const double resonance = random.uniform(1, 16);
    const double lift = chance(random, 0.4) ? random.uniform(2, 12) : 0;
    for (int i = 0; i < count; ++i) {
        const double k = 1 + i * stride;
        double amplitude = std::pow(k, -slope);
        if (scattered) amplitude *= std::pow(10.0, random.uniform(-1.0, 0.2));
        const double distance = std::log2(k / resonance);
        amplitude *= 1 + lift * std::exp(-8 * distance * distance);
        partials.push_back({.ratio = k, .amplitude = amplitude, .phase = random.uniform()});
    }
}

/// Drawbars.
void addOrgan(Random& random, std::vector<Partial>& partials) {
    for (const double ratio : {0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0}) {
        const double level = std::max(0.0, random.uniform(-0.5, 1.0));
        partials.push_back({.ratio = ratio, .amplitude = level, .phase = random.uniform()});
    }
    partials[1].amplitude = 1;
}

/// A stiff string's k √(1 + B k²), the higher the shorter.
void addStretched(Random& random, std::vector<Partial>& partials) {
    const double stiffness = logUniform(random, 5e-5, 5e-3);
    const double slope = random.uniform(0.8, 1.8);
    const double decay = logUniform(random, 0.5, 10);
    const int count = between(random, 8, 48);
    for (int k = 1; k <= count; ++k) {
        partials.push_back({.ratio = k * std::sqrt(1 + stiffness * k * k),
                            .amplitude = std::pow(k, -slope) * std::pow(10.0, random.uniform(-0.6, 0.0)),
                            .phase = random.uniform(),
                            .decay = decay / (1 + 0.15 * k)});
    }
}

/// Partials anywhere: metallic and glassy clusters.
void addCluster(Random& random, std::vector<Partial>& partials) {
    const int count = between(random, 3, 24);
    const double span = logUniform(random, 2, 20);
    const double decay = chance(random, 0.5) ? logUniform(random, 0.2, 8) : 0;
    for (int i = 0; i < count; ++i) {
        const double ratio = i == 0 ? 1 : logUniform(random, 0.8, span);
        partials.push_back({.ratio = ratio,
                            .amplitude = std::pow(10.0, random.uniform(-1.2, 0.0)) / std::sqrt(ratio),
                            .phase = random.uniform(),
                            .decay = decay == 0 ? 0 : decay / std::pow(ratio, random.uniform(0, 1)),
                            .attack = decay == 0 ? random.uniform(0, 0.6) : 0});
    }
}

/// Each partial twice, a little apart.
void addBeating(Random& random, std::vector<Partial>& partials) {
    const double cents = logUniform(random, 2, 25);
    const std::vector<Partial> single = partials;
    for (Partial partial : single) {
        partial.ratio *= std::exp2(cents / 1200 * random.uniform(0.5, 1.5));
        partial.phase = random.uniform();
        partial.amplitude *= random.uniform(0.4, 1);
        partials.push_back(partial);
    }
}

/// Blown or rubbed noise, as loud as the note and louder while it speaks.
void addBreath(const AdditiveTone& tone, const Note& note, std::span<const float> envelope, Signal& result) {
    Random random(mixSeed(note.seed, 2));
    Biquad wide = Biquad::bandPass(tone.breathColour, 0.5);
    Biquad ringing = Biquad::bandPass(note.frequency * 2, 3);
    const double keep = decayFactor(0.25);
    double onset = 2;
    for (std::size_t n = 0; n < result.size(); ++n) {
        const auto white = static_cast<double>(whiteNoise(random));
        const double noise = wide.process(white) + 0.5 * ringing.process(white);
        result[n] += static_cast<float>(0.15 * tone.breath * (1 + onset) * noise) * envelope[n];
        onset *= keep;
    }
}

/// The loudness of one partial at intervals of `block` samples.
float partialGain(const Partial& partial, double amplitude, double time) {
    double gain = amplitude;
    if (partial.decay > 0) gain *= std::exp(-6.907755278982137 * time / partial.decay);
    if (partial.attack > 0) gain *= std::min(1.0, time / partial.attack);
    if (partial.waverDepth > 0) {
        gain *= 1 - partial.waverDepth * (0.5 + 0.5 * sineOfTurns(partial.phase + partial.waverHz * time));
    }
    return static_cast<float>(gain);
}

}  // namespace

Signal render(const AdditiveTone& tone, const Note& note) {
    constexpr std::size_t kBlock = 64;
    const std::vector<double> phases = phasesOf(note.frequency, tone.motion, note.samples, note.seed);
    const double highest = note.frequency * tone.motion.highestFactor();
    const double softness = tone.dimming * (1 - note.velocity);
    Signal result(note.samples, 0.0F);
    // Of a random walk that forgets within 60 ms.
    constexpr double kPull = kBlock / (0.06 * kRate);
    std::uint64_t index = 0;
    double total = 0;
    for (const Partial& partial : tone.partials) total += partial.amplitude;
    for (const Partial& partial : tone.partials) {
        if (partial.ratio * highest > kHighestTone || partial.amplitude <= 0) continue;
        const double amplitude =
            partial.amplitude / std::max(total, 1e-9) * std::pow(std::max(1.0, partial.ratio), -softness);
        Random own(mixSeed(note.seed, 1, ++index));
        double wander = tone.unsteadiness * static_cast<double>(whiteNoise(own));
        float gain = partialGain(partial, amplitude * std::exp(wander), 0);
        for (std::size_t start = 0; start < note.samples; start += kBlock) {
            const std::size_t count = std::min(kBlock, note.samples - start);
            if (tone.unsteadiness > 0) {
                wander += -kPull * wander +
                          tone.unsteadiness * std::sqrt(2 * kPull) * static_cast<double>(whiteNoise(own));
            }
            const double level = amplitude * std::exp(wander);
            const float next = partialGain(partial, level, secondsOf(start + kBlock));
            if (gain < 1e-7F && next < 1e-7F && partial.attack == 0 && partial.waverDepth == 0) break;
            const float change = (next - gain) / kBlock;
            for (std::size_t i = 0; i < count; ++i) {
                const double turns = phases[start + i] * partial.ratio + partial.phase;
                result[start + i] +=
                    static_cast<float>(sineOfTurns(turns)) * (gain + change * static_cast<float>(i));
            }
            gain = next;
        }
    }
    const Signal envelope = tone.envelope.render(note.samples, note.gate);
    multiply(result, envelope);
    if (tone.breath > 0) addBreath(tone, note, envelope, result);
    scale(result, 2 * note.velocity);
    return result;
}

AdditiveTone drawAdditiveTone(Random& random) {
    AdditiveTone tone;
    constexpr std::array<double, 4> kKinds{5, 2, 3, 3};
    switch (pickWeighted(random, kKinds)) {
        case 0:
            addHarmonics(random, tone.partials);
            break;
        case 1:
            addOrgan(random, tone.partials);
            break;
        case 2:
            addStretched(random, tone.partials);
            break;
        default:
            addCluster(random, tone.partials);
    }
    if (chance(random, 0.25)) addBeating(random, tone.partials);
    if (chance(random, 0.3)) {
        for (Partial& partial : tone.partials) {
            partial.waverHz = logUniform(random, 0.2, 12);
            partial.waverDepth = random.uniform(0, 0.9);
        }
    }
    if (chance(random, 0.3)) {
        // Higher partials come later and go sooner, as in brass and reeds.
        const double delay = logUniform(random, 0.003, 0.06);
        for (Partial& partial : tone.partials) partial.attack = delay * std::min(partial.ratio, 20.0);
    }
    tone.envelope = drawEnvelope(random);
    tone.motion = drawPitchMotion(random);
    tone.dimming = random.uniform(0, 1.2);
    // As of something played by breath or hand.
    if (chance(random, 0.5)) tone.unsteadiness = logUniform(random, 0.02, 0.5);
    if (chance(random, 0.45)) tone.breath = logUniform(random, 0.005, 0.8);
    tone.breathColour = logUniform(random, 600, 9000);
    return tone;
}

Envelope drawEnvelope(Random& random) {
    constexpr std::array<double, 5> kKinds{3, 3, 2, 2, 1};
    switch (pickWeighted(random, kKinds)) {
        case 0:  // struck or plucked
            return {.attack = logUniform(random, 0.0005, 0.01),
                    .decay = logUniform(random, 0.08, 4),
                    .sustain = 0,
                    .release = logUniform(random, 0.02, 1)};
        case 1:  // key
            return {.attack = logUniform(random, 0.002, 0.05),
                    .decay = logUniform(random, 0.1, 2),
                    .sustain = random.uniform(0.2, 1),
                    .release = logUniform(random, 0.03, 0.5)};
        case 2:  // pad
            return {.attack = logUniform(random, 0.1, 1.5),
                    .decay = logUniform(random, 0.5, 3),
                    .sustain = random.uniform(0.5, 1),
                    .release = logUniform(random, 0.2, 2)};
        case 3:  // wind: soft start, steady
            return {.attack = logUniform(random, 0.02, 0.2),
                    .decay = logUniform(random, 0.1, 0.6),
                    .sustain = random.uniform(0.6, 0.95),
                    .release = logUniform(random, 0.05, 0.3)};
        default:  // stab
            return {.attack = logUniform(random, 0.0005, 0.003),
                    .decay = logUniform(random, 0.03, 0.15),
                    .sustain = 0,
                    .release = 0.03};
    }
}

PitchMotion drawPitchMotion(Random& random) {
    PitchMotion motion;
    if (chance(random, 0.3)) {
        motion.vibratoHz = random.uniform(3.5, 7.5);
        motion.vibratoCents = logUniform(random, 4, 80);
        motion.vibratoDelay = random.uniform(0.05, 0.8);
    }
    if (chance(random, 0.15)) {
        motion.glideSemitones = random.uniform(-12, 12);
        motion.glideSeconds = logUniform(random, 0.01, 0.4);
    }
    if (chance(random, 0.3)) motion.driftCents = logUniform(random, 1, 15);
    return motion;
}

}  // namespace smidgen::synthesis
