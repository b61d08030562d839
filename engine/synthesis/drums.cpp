#include "engine/synthesis/drums.h"

#include <algorithm>

#include "engine/synthesis/draw.h"
#include "engine/synthesis/envelope.h"
#include "engine/synthesis/filters.h"
#include "engine/synthesis/modal.h"
#include "engine/synthesis/oscillators.h"

namespace smidgen::synthesis {
namespace {

/// A noise burst: exponential decay to −60 dB in `seconds` after an attack.
void addBurst(Signal& result, std::size_t start, double seconds, double attack, double gain,
              std::uint64_t seed, Biquad first, Biquad second) {
    Random random(seed);
    const double keep = decayFactor(seconds);
    // What is loose and stiff rings less long at the top: a low-pass that closes while the burst decays.
    const double dulling = std::exp(-1.5 / (std::max(seconds, 0.003) * kRate));
    double open = 1;
    double dull = 0;
    const double rise = std::max(1.0, attack * kRate);
    const std::size_t end = std::min(result.size(), start + samplesOf(1.7 * seconds));
    double level = gain;
    for (std::size_t n = start; n < end; ++n) {
        const double value = second.process(first.process(static_cast<double>(whiteNoise(random))));
        dull += (0.15 + 0.85 * open) * (value - dull);
        open *= dulling;
        result[n] += static_cast<float>(dull * level * std::min(1.0, static_cast<double>(n - start) / rise));
        level *= keep;
    }
}

/// A sine whose pitch falls from `from` to `to` Hz with time constant `fall`, decaying to −60 dB in
/// `seconds`.
struct FallingTone {
    double from, to, fall, seconds, gain, shape;
};
void addFallingTone(Signal& result, const FallingTone& tone) {
    const double keep = decayFactor(tone.seconds);
    const double approach = std::exp(-1 / (std::max(tone.fall, 1e-4) * kRate));
    double extra = tone.from - tone.to;
    double turns = 0;
    double level = tone.gain;
    const std::size_t end = std::min(result.size(), samplesOf(1.7 * tone.seconds));
    for (std::size_t n = 0; n < end; ++n) {
        const double sine = sineOfTurns(turns);
        // A third harmonic stands for a driven or skinned tone.
        const double value = sine + tone.shape * (sine * (3 - 4 * sine * sine));
        result[n] += static_cast<float>(level * value * std::min(1.0, static_cast<double>(n) / 24));
        turns += (tone.to + extra) / kRate;
        extra *= approach;
        level *= keep;
    }
}

Instrument drawKick(Random& random) {
    const FallingTone tone{.from = logUniform(random, 90, 900),
                           .to = logUniform(random, 32, 75),
                           .fall = logUniform(random, 0.006, 0.06),
                           .seconds = logUniform(random, 0.15, 1.8),
                           .gain = 1,
                           .shape = chance(random, 0.5) ? random.uniform(0, 0.25) : 0};
    const double click = random.uniform(0, 0.8);
    const double clickSeconds = logUniform(random, 0.003, 0.03);
    const double clickHz = logUniform(random, 900, 7000);
    const double thump = chance(random, 0.4) ? random.uniform(0.05, 0.3) : 0;
    return [=](const Note& note) {
        Signal result(note.samples, 0.0F);
        FallingTone mine = tone;
        mine.from *= 0.7 + 0.3 * note.velocity;
        addFallingTone(result, mine);
        addBurst(result, 0, clickSeconds, 0.0002, click * note.velocity, mixSeed(note.seed, 1),
                 Biquad::bandPass(clickHz, 0.7), Biquad::lowPass(16000));
        addBurst(result, 0, 0.12, 0.001, thump, mixSeed(note.seed, 2), Biquad::lowPass(350),
                 Biquad::highPass(40));
        scale(result, note.velocity);
        return result;
    };
}

Instrument drawSnare(Random& random) {
    const double pitch = logUniform(random, 130, 330);
    const double ring = logUniform(random, 0.05, 0.4);
    const double body = random.uniform(0.2, 1);
    const double wires = random.uniform(0.2, 1);
    const double wireSeconds = logUniform(random, 0.08, 0.7);
    const double low = logUniform(random, 400, 2500);
    const double high = logUniform(random, 5000, 18000);
    return [=](const Note& note) {
        Signal result(note.samples, 0.0F);
        for (const double ratio : {1.0, 1.593, 2.136, 2.296}) {
            addFallingTone(result, {.from = pitch * ratio * 1.25,
                                    .to = pitch * ratio,
                                    .fall = 0.012,
                                    .seconds = ring / ratio,
                                    .gain = 0.6 * body / ratio,
                                    .shape = 0});
        }
        addBurst(result, 0, wireSeconds * (0.6 + 0.4 * note.velocity), 0.0004, wires, mixSeed(note.seed, 1),
                 Biquad::highPass(low), Biquad::lowPass(high));
        addBurst(result, 0, 0.012, 0.0002, 0.8, mixSeed(note.seed, 2), Biquad::bandPass(3500, 0.5), Biquad());
        scale(result, note.velocity);
        return result;
    };
}

/// Metal plates: many inharmonic partials in a few clusters, struck into noise.
ModalTone drawMetal(Random& random, double lowHz, double highHz, double seconds, int count) {
    ModalTone tone;
    for (int i = 0; i < count; ++i) {
        const double frequency = logUniform(random, lowHz, highHz);
        tone.modes.push_back(
            {.ratio = frequency / lowHz,
             .amplitude = random.uniform(0.2, 1) * std::pow(frequency / lowHz, 0.3),
             .decay = seconds * random.uniform(0.5, 1.2) * std::pow(lowHz / frequency, 0.35)});
    }
    tone.malletSeconds = 0.00012;
    tone.contactNoise = 0.5;
    return tone;
}

Instrument drawHat(Random& random, bool open) {
    const double seconds = open ? logUniform(random, 0.35, 1.6) : logUniform(random, 0.03, 0.2);
    const double low = logUniform(random, 2500, 6000);
    const ModalTone metal = drawMetal(random, low, 17000, seconds, between(random, 12, 36));
    const double ring = random.uniform(0.1, 1);
    const double hiss = random.uniform(0.2, 1);
    return [=](const Note& note) {
        Note struck = note;
        struck.frequency = low;
        struck.gate = note.samples;
        Signal result = render(metal, struck);
        normalize(result, ring);
        addBurst(result, 0, seconds, 0.0004, 0.4 * hiss, mixSeed(note.seed, 1), Biquad::highPass(low * 1.2),
                 Biquad::highPass(low));
        if (open && note.gate < note.samples) fadeOut(std::span(result), 0.01);
        scale(result, note.velocity);
        return result;
    };
}

Instrument drawCymbal(Random& random) {
    const double seconds = logUniform(random, 1, 7);
    const double low = logUniform(random, 250, 900);
    const ModalTone metal = drawMetal(random, low, 18000, seconds, between(random, 50, 110));
    const double swell = chance(random, 0.15) ? random.uniform(0.3, 1.2) : 0.002;
    const double hiss = random.uniform(0.1, 0.5);
    return [=](const Note& note) {
        Note struck = note;
        struck.frequency = low;
        struck.gate = note.samples;
        Signal result = render(metal, struck);
        normalize(result);
        // The crash spreads into the high modes over the first tenths of a second.
        addBurst(result, 0, seconds * 0.6, 0.03, hiss, mixSeed(note.seed, 1), Biquad::highPass(3000),
                 Biquad::highPass(1500));
        const std::size_t rise = std::min(result.size(), samplesOf(swell));
        for (std::size_t n = 0; n < rise; ++n) result[n] *= static_cast<float>(n) / static_cast<float>(rise);
        scale(result, note.velocity);
        return result;
    };
}

Instrument drawClap(Random& random) {
    const double centre = logUniform(random, 800, 2200);
    const double q = random.uniform(0.7, 2.5);
    const int hands = between(random, 2, 6);
    const double spacing = random.uniform(0.006, 0.016);
    const double tail = logUniform(random, 0.06, 0.5);
    return [=](const Note& note) {
        Random hit(note.seed);
        Signal result(note.samples, 0.0F);
        double time = 0;
        for (int i = 0; i < hands; ++i) {
            const bool last = i + 1 == hands;
            const double gain = hit.uniform(0.6, 1);
            const double colour = centre * hit.uniform(0.9, 1.1);
            addBurst(result, samplesOf(time), last ? tail : 0.02, 0.0003, gain, hit.bits(),
                     Biquad::bandPass(colour, q), Biquad::highPass(500));
            time += spacing * hit.uniform(0.6, 1.4);
        }
        scale(result, note.velocity);
        return result;
    };
}

Instrument drawTom(Random& random) {
    const double pitch = logUniform(random, 60, 260);
    const double bend = random.uniform(1.05, 1.6);
    const double seconds = logUniform(random, 0.2, 1.5);
    const double slap = random.uniform(0, 0.5);
    const bool electronic = chance(random, 0.3);
    ModalTone skin = drawModalTone(random, Struck::membrane);
    for (ModalTone::Mode& mode : skin.modes) mode.decay = seconds / std::pow(mode.ratio, 1.2);
    skin.malletSeconds = logUniform(random, 0.001, 0.005);
    return [=](const Note& note) {
        Signal result(note.samples, 0.0F);
        addFallingTone(
            result,
            {.from = pitch * bend, .to = pitch, .fall = 0.05, .seconds = seconds, .gain = 0.8, .shape = 0});
        if (!electronic) {
            Note struck = note;
            struck.frequency = pitch;
            struck.gate = note.samples;
            Signal overtones = render(skin, struck);
            normalize(overtones, 0.6);
            addAt(result, overtones, 0, 1);
        }
        addBurst(result, 0, 0.02, 0.0004, slap, mixSeed(note.seed, 1), Biquad::bandPass(2200, 0.6), Biquad());
        scale(result, note.velocity);
        return result;
    };
}

Instrument drawRim(Random& random) {
    ModalTone wood;
    for (const double ratio : {1.0, 1.47, 2.09, 2.56, 3.42, 4.7}) {
        wood.modes.push_back({.ratio = ratio * random.uniform(0.95, 1.05),
                              .amplitude = random.uniform(0.3, 1),
                              .decay = logUniform(random, 0.02, 0.12)});
    }
    wood.malletSeconds = 0.0003;
    wood.contactNoise = 0.6;
    const double pitch = logUniform(random, 380, 1900);
    return [=](const Note& note) {
        Note struck = note;
        struck.frequency = pitch;
        struck.gate = note.samples;
        Signal result = render(wood, struck);
        normalize(result, note.velocity);
        return result;
    };
}

/// Two pulses a fifth or so apart through a band, as drum machines have it.
Instrument drawCowbell(Random& random) {
    const double pitch = logUniform(random, 400, 750);
    const double ratio = random.uniform(1.4, 1.55);
    const double seconds = logUniform(random, 0.15, 0.9);
    return [=](const Note& note) {
        const Sawtooth low(pitch);
        const Sawtooth high(pitch * ratio);
        Biquad band = Biquad::bandPass(pitch * 2.2, 1.2);
        Signal result(note.samples, 0.0F);
        const double keep = decayFactor(seconds);
        const std::size_t end = std::min(note.samples, samplesOf(1.7 * seconds));
        double level = note.velocity;
        for (std::size_t n = 0; n < end; ++n) {
            const double a = pitch * secondsOf(n);
            const double b = a * ratio;
            const auto value =
                static_cast<double>(low.at(a) - low.at(a + 0.5) + high.at(b) - high.at(b + 0.5));
            result[n] =
                static_cast<float>(level * band.process(value) * std::min(1.0, static_cast<double>(n) / 20));
            level *= keep;
        }
        return result;
    };
}

Instrument drawShaker(Random& random) {
    const double centre = logUniform(random, 3500, 10000);
    const double q = random.uniform(0.6, 4);
    const double attack = logUniform(random, 0.004, 0.05);
    const double seconds = logUniform(random, 0.05, 0.3);
    const double jingles = chance(random, 0.4) ? random.uniform(0.3, 1) : 0;
    const ModalTone metal = drawMetal(random, 4500, 15000, 0.3, 14);
    return [=](const Note& note) {
        Signal result(note.samples, 0.0F);
        if (jingles > 0) {
            Note struck = note;
            struck.frequency = 4500;
            struck.gate = note.samples;
            result = render(metal, struck);
            normalize(result, jingles);
        }
        addBurst(result, 0, seconds + attack, attack, 0.8, mixSeed(note.seed, 1), Biquad::bandPass(centre, q),
                 Biquad::highPass(1500));
        scale(result, note.velocity);
        return result;
    };
}

/// Hands, feet, boxes, doors: noise through a few resonances whose high end dies first.
Instrument drawKnock(Random& random) {
    struct Part {
        double frequency, q, gain;
    };
    std::vector<Part> parts;
    const int count = between(random, 2, 7);
    const double lowest = logUniform(random, 60, 900);
    for (int i = 0; i < count; ++i) {
        parts.push_back({.frequency = std::min(12000.0, lowest * logUniform(random, 1, 14)),
                         .q = logUniform(random, 1, 18),
                         .gain = random.uniform(0.3, 1)});
    }
    const double seconds = logUniform(random, 0.05, 0.6);
    const double attack = logUniform(random, 0.0003, 0.006);
    const double slap = random.uniform(0, 0.6);
    return [=](const Note& note) {
        Signal result(note.samples, 0.0F);
        std::uint64_t index = 0;
        for (const Part& part : parts) {
            const double life =
                seconds * std::pow(lowest / part.frequency, 0.5) * (0.7 + 0.3 * note.velocity);
            addBurst(result, 0, life, attack, part.gain * std::sqrt(part.q), mixSeed(note.seed, ++index),
                     Biquad::bandPass(part.frequency, part.q), Biquad::highPass(40));
        }
        addBurst(result, 0, 0.03, attack, slap, mixSeed(note.seed, 99), Biquad::highPass(1200),
                 Biquad::lowPass(14000));
        scale(result, note.velocity);
        return result;
    };
}

}  // namespace

Instrument drawDrum(Random& random, Drum drum) {
    switch (drum) {
        case Drum::kick:
            return drawKick(random);
        case Drum::snare:
            return drawSnare(random);
        case Drum::hat:
            return drawHat(random, false);
        case Drum::openHat:
            return drawHat(random, true);
        case Drum::clap:
            return drawClap(random);
        case Drum::tom:
            return drawTom(random);
        case Drum::cymbal:
            return drawCymbal(random);
        case Drum::rim:
            return drawRim(random);
        case Drum::cowbell:
            return drawCowbell(random);
        case Drum::shaker:
            return drawShaker(random);
        case Drum::knock:
            return drawKnock(random);
    }
    return drawKick(random);
}

}  // namespace smidgen::synthesis
