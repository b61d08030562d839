// Notes over time: single notes, phrases, chords, lines.
#pragma once

#include <vector>

#include "engine/foundation/random.h"
#include "engine/synthesis/note.h"

namespace smidgen::synthesis {

/// Frequencies an instrument is drawn between (Hz).
struct Range {
    double low = 45;
    double high = 1800;
};

/// Degrees of a drawn scale over several octaves, in semitones from its root, ascending.
[[nodiscard]] std::vector<double> drawScale(Random& random);
/// In the range, half of the time on the keys of a piano tuned to 440 Hz.
[[nodiscard]] double drawFrequency(Random& random, const Range& range);

/// One note that fills the time, or several: repeated, wandering over a scale, or at random.
[[nodiscard]] Signal drawPhrase(Random& random, const Instrument& instrument, const Range& range,
                                std::size_t samples);
/// Chords held, struck, strummed or following each other.
[[nodiscard]] Signal drawChords(Random& random, const Instrument& instrument, std::size_t samples);
/// A line or arpeggio in sixteenths, eighths or triplets at 60 to 180 beats a minute.
[[nodiscard]] Signal drawSequence(Random& random, const Instrument& instrument, const Range& range,
                                  std::size_t samples);
/// A loop of kick, snare, hats and what else the kit has.
[[nodiscard]] Signal drawBeat(Random& random, std::size_t samples);

}  // namespace smidgen::synthesis
