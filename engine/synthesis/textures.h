// Sounds that are no notes: grains, sweeps, clicks.
#pragma once

#include <span>

#include "engine/foundation/random.h"
#include "engine/synthesis/note.h"

namespace smidgen::synthesis {

/// A cloud of grains.
struct Cloud {
    double grainsPerSecond = 60;
    double shortest = 0.02;  ///< seconds
    double longest = 0.12;
    double spreadSemitones = 0;  ///< of the pitch, to each side
    double transposition = 0;    ///< semitones
    double scan = 0.2;           ///< how fast the place in the source moves; 1: its own speed
    double scatter = 0.1;        ///< seconds around that place
    double reversed = 0.1;       ///< probability
    double steepness = 0;        ///< 0: smooth grains; 1: each starts at once and decays
};
/// Grains of `source`, which is first freed of what would pass the Nyquist frequency when read fast.
[[nodiscard]] Signal render(const Cloud& cloud, std::span<const float> source, std::size_t samples,
                            std::uint64_t seed);
[[nodiscard]] Cloud drawCloud(Random& random);
/// A cloud of short sines at drawn frequencies: swarms, bubbles, insects, sparkle.
[[nodiscard]] Signal drawToneCloud(Random& random, std::size_t samples);

/// Chirps, risers, sirens, whistles, bird-like calls.
[[nodiscard]] Signal drawSweep(Random& random, std::size_t samples);
/// Clicks: single samples and short ticks; regular, random, bouncing.
[[nodiscard]] Signal drawImpulses(Random& random, std::size_t samples);

}  // namespace smidgen::synthesis
