// Strings: plucked (a damped delay line) and bowed (a stick-slip source), through a body.
#pragma once

#include <vector>

#include "engine/foundation/random.h"
#include "engine/synthesis/envelope.h"
#include "engine/synthesis/oscillators.h"

namespace smidgen::synthesis {

/// Resonances of a wooden or skinned body, added to the direct sound.
struct Body {
    struct Resonance {
        double frequency = 200;
        double q = 12;
        double gain = 1;
    };
    std::vector<Resonance> resonances{};
    double direct = 1;
};
[[nodiscard]] Body drawBody(Random& random);
void resonate(const Body& body, Signal& signal);

/// Karplus & Strong 1983 as extended by Jaffe & Smith 1983: the loop's delay is exact at the note's
/// frequency.
struct PluckedString {
    double decay = 3;      ///< seconds to −60 dB of the fundamental at 220 Hz; higher notes are shorter
    double damping = 0.3;  ///< 0…1: how much sooner high partials die
    double pickPosition = 0.2;  ///< 0…0.5 of the string
    double hardness = 0.7;      ///< 0…1: bandwidth of the pick
    double stiffness = 0;       ///< 0…1: stretches the partials
    double detuneCents = 0;     ///< of a second course; 0: none
    double muteSeconds = 0.08;  ///< decay after the note is let go; 0: rings on
    Body body{};
};
[[nodiscard]] Signal render(const PluckedString& string, const Note& note);
[[nodiscard]] PluckedString drawPluckedString(Random& random);

/// Helmholtz motion: a sawtooth whose harmonics at the bow's place are missing, noise in every slip.
struct BowedString {
    double bowPosition = 0.13;  ///< 0…0.5 of the string
    double bowNoise = 0.05;
    double brightness = 4000;  ///< Hz
    double tremoloHz = 0;      ///< bow changes
    Envelope envelope{};
    PitchMotion motion{};
    Body body{};
};
[[nodiscard]] Signal render(const BowedString& string, const Note& note);
[[nodiscard]] BowedString drawBowedString(Random& random);

}  // namespace smidgen::synthesis
