#include "engine/synthesis/phrase.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/synthesis/draw.h"
#include "engine/synthesis/drums.h"
#include "engine/synthesis/envelope.h"

namespace smidgen::synthesis {
namespace {

double transposed(double root, double semitones, const Range& range) {
    double frequency = root * std::exp2(semitones / 12);
    while (frequency > range.high) frequency /= 2;
    while (frequency < range.low) frequency *= 2;
    return frequency;
}

/// A note from `start` seconds on; it may ring as long as `tail` after its gate.
void play(Signal& sum, const Instrument& instrument, double start, Note note, double gate, double tail) {
    const std::size_t first = samplesOf(start);
    if (first >= sum.size()) return;
    note.gate = std::max<std::size_t>(1, samplesOf(gate));
    note.samples = std::min(sum.size() - first, note.gate + samplesOf(tail));
    addAt(sum, instrument(note), first, 1);
}

/// A drum's steps in a bar of sixteen, as probabilities of its kind.
using Pattern = std::array<double, 16>;
Pattern drawPattern(Random& random, Drum drum) {
    Pattern pattern{};
    const double busy = random.uniform(0, 0.35);
    for (std::size_t step = 0; step < pattern.size(); ++step) {
        double likely = 0;
        switch (drum) {
            case Drum::kick:
                likely = step % 8 == 0 ? 0.95 : step % 4 == 0 ? 0.5 : busy * 0.5;
                break;
            case Drum::snare:
            case Drum::clap:
                likely = step % 8 == 4 ? 0.95 : busy * 0.25;
                break;
            case Drum::hat:
            case Drum::shaker:
                likely = step % 2 == 0 ? 0.9 : busy * 2;
                break;
            case Drum::openHat:
                likely = step % 4 == 2 ? 0.4 : 0.02;
                break;
            default:
                likely = busy * 0.6;
        }
        pattern[step] = chance(random, likely) ? random.uniform(0.5, 1) : 0;
    }
    return pattern;
}

}  // namespace

std::vector<double> drawScale(Random& random) {
    static const std::array<std::vector<double>, 7> kScales{{{0, 2, 4, 5, 7, 9, 11},
                                                             {0, 2, 3, 5, 7, 8, 10},
                                                             {0, 3, 5, 7, 10},
                                                             {0, 2, 4, 7, 9},
                                                             {0, 1, 4, 5, 7, 8, 11},
                                                             {0, 2, 4, 6, 8, 10},
                                                             {0, 2, 3, 5, 7, 9, 10}}};
    const std::vector<double>& scale = kScales[random.below(kScales.size())];
    std::vector<double> degrees;
    for (int octave = 0; octave < 3; ++octave) {
        for (const double degree : scale) degrees.push_back(12 * octave + degree);
    }
    return degrees;
}

double drawFrequency(Random& random, const Range& range) {
    const double frequency = logUniform(random, range.low, range.high);
    if (!chance(random, 0.5)) return frequency;
    return 440 * std::exp2(std::round(12 * std::log2(frequency / 440)) / 12);
}

Signal drawPhrase(Random& random, const Instrument& instrument, const Range& range, std::size_t samples) {
    Signal sum(samples, 0.0F);
    const double seconds = secondsOf(samples);
    Note note{.frequency = drawFrequency(random, range), .velocity = random.uniform(0.3, 1)};
    note.seed = random.bits();
    const bool single = chance(random, seconds < 1 ? 0.85 : seconds < 4 ? 0.5 : 0.15);
    if (single) {
        const double share = chance(random, 0.5) ? 1.1 : random.uniform(0.2, 0.9);
        note.samples = samples;
        note.gate = samplesOf(seconds * share);
        return instrument(note);
    }
    const std::vector<double> scale = drawScale(random);
    const double root = note.frequency;
    const double interval = logUniform(random, 0.12, std::clamp(seconds / 2, 0.2, 2.5));
    const double legato = random.uniform(0.3, 1.3);
    const bool steady = chance(random, 0.5);
    const bool repeated = chance(random, 0.2);
    auto degree = static_cast<int>(random.below(scale.size()));
    double time = 0;
    while (time < seconds) {
        const double step = steady ? interval : interval * logUniform(random, 0.4, 2.2);
        if (!repeated) {
            degree = std::clamp(degree + between(random, -3, 3), 0, static_cast<int>(scale.size()) - 1);
            note.frequency = transposed(root, scale[static_cast<std::size_t>(degree)], range);
        }
        note.velocity = random.uniform(0.3, 1);
        note.seed = random.bits();
        if (!chance(random, 0.1)) play(sum, instrument, time, note, step * legato, std::min(2.0, 3 * step));
        time += step;
    }
    return sum;
}

Signal drawChords(Random& random, const Instrument& instrument, std::size_t samples) {
    static const std::array<std::vector<double>, 12> kChords{{{0, 4, 7},
                                                              {0, 3, 7},
                                                              {0, 4, 7, 11},
                                                              {0, 3, 7, 10},
                                                              {0, 4, 7, 10},
                                                              {0, 7, 12},
                                                              {0, 5, 7},
                                                              {0, 3, 6, 9},
                                                              {0, 4, 8},
                                                              {0, 7, 14, 16},
                                                              {0, 2, 7},
                                                              {0, 3, 7, 10, 14}}};
    Signal sum(samples, 0.0F);
    const double seconds = secondsOf(samples);
    const double root = logUniform(random, 55, 350);
    const int chords = seconds < 1.5 || chance(random, 0.4) ? 1 : between(random, 2, 4);
    const double length = std::max(0.4, std::min(seconds / chords, logUniform(random, 1, 6)));
    const double strum = chance(random, 0.4) ? logUniform(random, 0.005, 0.12) : 0;
    const bool high = chance(random, 0.3);
    const double gate = random.uniform(0.4, 1.1);
    for (double time = 0; time < seconds; time += length) {
        const std::vector<double>& chord = kChords[random.below(kChords.size())];
        const double shift = time == 0 ? 0 : between(random, -5, 7);
        double late = 0;
        for (std::size_t i = 0; i < chord.size() + (high ? 1 : 0); ++i) {
            const double semitones = i < chord.size() ? chord[i] : 12 + chord[1];
            Note note{.frequency = root * std::exp2((shift + semitones) / 12)};
            note.velocity = random.uniform(0.5, 1);
            note.seed = random.bits();
            play(sum, instrument, time + late, note, length * gate, std::min(2.0, length));
            late += strum * random.uniform(0.7, 1.3);
        }
    }
    return sum;
}

Signal drawSequence(Random& random, const Instrument& instrument, const Range& range, std::size_t samples) {
    Signal sum(samples, 0.0F);
    const double seconds = secondsOf(samples);
    const double beat = 60 / random.uniform(60, 180);
    const double step = beat * pick(random, {0.25, 0.25, 0.5, 0.5, 1.0 / 3});
    const std::vector<double> scale = drawScale(random);
    const double root = drawFrequency(random, {range.low, std::sqrt(range.low * range.high)});
    const auto length = static_cast<std::size_t>(pick(random, {4, 6, 8, 8, 16}));
    const double rest = random.uniform(0, 0.35);
    const double gate = random.uniform(0.2, 1.1);
    const double tail = logUniform(random, 0.05, 1.2);
    std::vector<Note> pattern(length);
    for (Note& note : pattern) {
        const double degree = scale[random.below(scale.size() * 2 / 3)];
        note.frequency = transposed(root, degree, range);
        note.velocity = chance(random, rest) ? 0 : random.uniform(0.4, 1);
    }
    std::size_t index = 0;
    for (double time = 0; time < seconds; time += step) {
        Note note = pattern[index++ % length];
        note.seed = random.bits();
        if (note.velocity > 0) play(sum, instrument, time, note, step * gate, tail);
    }
    if (peakOf(sum) == 0) {
        Note note{.frequency = root, .seed = random.bits()};
        play(sum, instrument, 0, note, seconds, 0);
    }
    return sum;
}

Signal drawBeat(Random& random, std::size_t samples) {
    struct Part {
        Instrument drum;
        Pattern pattern;
        double gain, ring;
    };
    std::vector<Part> parts;
    const auto add = [&](Drum drum, double gain) {
        Instrument instrument = drawDrum(random, drum);
        const Pattern pattern = drawPattern(random, drum);
        const double level = gain * random.uniform(0.6, 1);
        parts.push_back({std::move(instrument), pattern, level, random.uniform(0.3, 1.5)});
    };
    add(Drum::kick, 1);
    parts.front().pattern[0] = 1;
    add(chance(random, 0.7) ? Drum::snare : Drum::clap, 0.8);
    if (chance(random, 0.85)) add(chance(random, 0.8) ? Drum::hat : Drum::shaker, 0.4);
    if (chance(random, 0.4)) add(Drum::openHat, 0.35);
    for (const Drum extra : {Drum::tom, Drum::cymbal, Drum::rim, Drum::cowbell, Drum::clap, Drum::knock}) {
        if (chance(random, 0.2)) add(extra, 0.5);
    }
    const double step = 60 / random.uniform(65, 175) / 4;
    const double swing = chance(random, 0.4) ? random.uniform(0, 0.35) : 0;
    const double human = chance(random, 0.5) ? random.uniform(0, 0.008) : 0;
    const double seconds = secondsOf(samples);
    Signal sum(samples, 0.0F);
    std::size_t index = 0;
    for (double time = 0; time < seconds; time += step, ++index) {
        for (const Part& part : parts) {
            const double strength = part.pattern[index % 16];
            const double late = human * random.uniform() + (index % 2 == 1 ? swing * step : 0);
            Note note{.velocity = part.gain * strength * random.uniform(0.8, 1)};
            note.seed = random.bits();
            if (strength > 0) play(sum, part.drum, time + late, note, step, part.ring);
        }
    }
    return sum;
}

}  // namespace smidgen::synthesis
