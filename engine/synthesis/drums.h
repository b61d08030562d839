// Drums: kicks, snares, hats and the rest, as drawn instruments.
#pragma once

#include <string_view>

#include "engine/foundation/random.h"
#include "engine/synthesis/note.h"

namespace smidgen::synthesis {

enum class Drum { kick, snare, hat, openHat, clap, tom, cymbal, rim, cowbell, shaker, knock };
inline constexpr int kDrumCount = 11;

/// One drum of a kit: notes play the same drum, each hit a little different.
[[nodiscard]] Instrument drawDrum(Random& random, Drum drum);

}  // namespace smidgen::synthesis
