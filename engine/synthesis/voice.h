// Voices: a glottal source through formants, sung or babbled.
#pragma once

#include <array>
#include <vector>

#include "engine/foundation/random.h"
#include "engine/synthesis/envelope.h"
#include "engine/synthesis/oscillators.h"

namespace smidgen::synthesis {

/// The vocal tract's first ten resonances (Hz) in one vowel.
using Formants = std::array<double, 10>;
inline constexpr int kVowelCount = 10;
/// Of a man's voice: the first three after Peterson & Barney 1952, table II; the others, which no vowel moves
/// much, at 3500, 4500 … 9500 Hz as in a uniform tube of 17 cm.
[[nodiscard]] Formants formantsOf(int vowel);

struct Voice {
    std::vector<int> vowels{0};  ///< passed through during a note
    double tract = 1;            ///< factor on all formants: 1 man, 1.17 woman, 1.35 child
    double breath = 0.03;        ///< noise in the source
    double softness = 2500;      ///< Hz: bandwidth of the source
    double bandwidthFactor = 1;
    double shimmer = 0.03;  ///< standard deviation of the loudness from period to period
    bool whispered = false;
    int singers = 1;        ///< a choir's voices differ in pitch and place
    double consonants = 0;  ///< probability of one at a note's beginning
    Envelope envelope{};
    PitchMotion motion{};
};
[[nodiscard]] Signal render(const Voice& voice, const Note& note);
[[nodiscard]] Voice drawVoice(Random& random);

}  // namespace smidgen::synthesis
