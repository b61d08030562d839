// Reverberance: how long it takes to fall silent after something has sounded.
#pragma once

#include "engine/analysis/sound_frames.h"

namespace smidgen {

/// log2 of the decay time in seconds (the time for 60 dB, as in ISO 3382), from −5 to 4. In seven bands of
/// some five ERB each, the level between one onset (a rise of 6 dB within 43 ms) and the next is taken as the
/// highest yet to come, which falls only; of that the stretch from 5 to 35 dB below its start is kept, as for
/// T30 of ISO 3382. The decay time is 60 times the seconds over the decibels of all stretches, each weighted
/// by its start's amplitude. Six decibels at 200 dB/s are added, so that a sound that never decays gives 0.3
/// s rather than nothing. The blind estimate cannot tell a long note from a long room (Ratnam et al. 2003).
[[nodiscard]] double spaceOf(const SoundFrames& frames);

}  // namespace smidgen
