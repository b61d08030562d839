// Pitched instruments made of oscillators: additive, phase modulation, subtractive.
#pragma once

#include <array>

#include "engine/foundation/random.h"
#include "engine/synthesis/envelope.h"
#include "engine/synthesis/oscillators.h"

namespace smidgen::synthesis {

struct Partial {
    double ratio = 1;  ///< to the note's frequency
    double amplitude = 1;
    double phase = 0;       ///< turns
    double decay = 0;       ///< seconds to −60 dB on top of the envelope; 0: none
    double attack = 0;      ///< seconds added to the envelope's
    double waverHz = 0;     ///< amplitude modulation
    double waverDepth = 0;  ///< 0…1
};
struct AdditiveTone {
    std::vector<Partial> partials{};
    Envelope envelope{};
    PitchMotion motion{};
    double dimming = 0.5;        ///< how much darker soft notes are: exponent on the ratio
    double unsteadiness = 0;     ///< standard deviation (natural log) of each partial's own slow loudness
    double breath = 0;           ///< air or bow noise beside the tone: 0…1
    double breathColour = 2000;  ///< Hz: centre of that noise
};
/// Partials that would pass kHighestTone are left out.
[[nodiscard]] Signal render(const AdditiveTone& tone, const Note& note);
[[nodiscard]] AdditiveTone drawAdditiveTone(Random& random);

/// Operator k is modulated by those operators above it that send to it; operator 0 is heard, and so are those
/// that send to none.
struct PhaseModulationTone {
    struct Operator {
        double ratio = 1;
        double detuneHz = 0;
        double level = 1;     ///< heard: amplitude; else: peak deviation in radians
        int target = -1;      ///< the operator it modulates, below its own index; −1: heard
        double feedback = 0;  ///< radians of its own last samples
        Envelope envelope{};
    };
    std::vector<Operator> operators{};  ///< 1…4
    PitchMotion motion{};
};
/// Rendered at twice the rate; deviations are lowered until what Carson's rule expects stays below 60 kHz.
[[nodiscard]] Signal render(const PhaseModulationTone& tone, const Note& note);
[[nodiscard]] PhaseModulationTone drawPhaseModulationTone(Random& random);

struct SubtractiveTone {
    enum class Wave { sawtooth, pulse, triangle, noise };
    struct Oscillator {
        Wave wave = Wave::sawtooth;
        double ratio = 1;
        double detuneCents = 0;
        double level = 1;
        double width = 0.5;      ///< of a pulse
        double widthMotion = 0;  ///< swing of the width
        double widthHz = 0.5;
    };
    enum class Filter { lowPass, lowPassSteep, bandPass, highPass };
    std::vector<Oscillator> oscillators{};
    Filter filter = Filter::lowPass;
    double cutoff = 1500;   ///< Hz at the note 220 Hz
    double tracking = 0.5;  ///< octaves of cutoff per octave of pitch
    double q = 1;
    double sweepOctaves = 2;  ///< of the filter's envelope
    double swingOctaves = 0;  ///< of a slow oscillator
    double swingHz = 0.3;
    Envelope loudness{};
    Envelope sweep{};
    PitchMotion motion{};
};
[[nodiscard]] Signal render(const SubtractiveTone& tone, const Note& note);
[[nodiscard]] SubtractiveTone drawSubtractiveTone(Random& random);

/// Envelopes of plucks, keys, pads, swells and stabs.
[[nodiscard]] Envelope drawEnvelope(Random& random);
/// Often still, sometimes vibrato, a glide or drift.
[[nodiscard]] PitchMotion drawPitchMotion(Random& random);

}  // namespace smidgen::synthesis
