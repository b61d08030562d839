#include <algorithm>

#include "engine/synthesis/draw.h"
#include "engine/synthesis/filters.h"
#include "engine/synthesis/strings.h"

namespace smidgen::synthesis {

Signal render(const BowedString& string, const Note& note) {
    const std::vector<double> phases = phasesOf(note.frequency, string.motion, note.samples, note.seed);
    const Sawtooth sawtooth(note.frequency * string.motion.highestFactor());
    Random random(mixSeed(note.seed, 1));
    const Signal envelope = string.envelope.render(note.samples, note.gate);
    OnePole smooth(std::min(20000.0, string.brightness * (0.5 + 0.5 * note.velocity) + note.frequency));
    Biquad rub = Biquad::bandPass(std::min(9000.0, 2500 + 2 * note.frequency), 0.6);
    Signal result(note.samples);
    for (std::size_t n = 0; n < note.samples; ++n) {
        const double turns = phases[n];
        // The bridge hears the string's two ends of the bow: harmonics at multiples of 1 / position vanish.
        const double wave = static_cast<double>(sawtooth.at(turns) - sawtooth.at(turns + string.bowPosition));
        const double part = turns - std::floor(turns);
        const double slipping = part < string.bowPosition ? 1 : 0.25;
        const double noise = rub.process(static_cast<double>(whiteNoise(random)) * slipping);
        double loudness = static_cast<double>(envelope[n]);
        if (string.tremoloHz > 0) {
            loudness *= 0.15 + 0.85 * std::abs(sineOfTurns(0.5 * string.tremoloHz * secondsOf(n)));
        }
        const double pressed = 0.3 * string.bowNoise + string.bowNoise * std::sqrt(loudness);
        result[n] = static_cast<float>(loudness * smooth.process(wave) +
                                       (loudness > 1e-6 ? pressed * loudness * noise : 0));
    }
    resonate(string.body, result);
    scale(result, 0.5 * note.velocity);
    return result;
}

BowedString drawBowedString(Random& random) {
    BowedString string;
    string.bowPosition = random.uniform(0.05, 0.3);
    string.bowNoise = logUniform(random, 0.02, 0.5);
    string.brightness = logUniform(random, 900, 12000);
    string.tremoloHz = chance(random, 0.15) ? random.uniform(4, 12) : 0;
    string.envelope = {.attack = logUniform(random, 0.02, 0.7),
                       .decay = random.uniform(0.1, 1),
                       .sustain = random.uniform(0.5, 1),
                       .release = logUniform(random, 0.05, 0.6)};
    string.motion = {.vibratoHz = random.uniform(4.5, 6.8),
                     .vibratoCents = chance(random, 0.7) ? random.uniform(4, 35) : 0,
                     .vibratoDelay = random.uniform(0.1, 0.6),
                     .glideSemitones = chance(random, 0.3) ? random.uniform(-2, 1) : 0,
                     .glideSeconds = random.uniform(0.02, 0.12),
                     .driftCents = random.uniform(0.5, 6)};
    string.body = drawBody(random);
    return string;
}

}  // namespace smidgen::synthesis
