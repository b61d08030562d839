// Bringing a sound to a loudness that its peaks stand in the way of.
#pragma once

#include "engine/audio/audio_buffer.h"
#include "engine/audio/loudness.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"

namespace smidgen {

/// Turns all channels down together, just before and after each peak, so that none passes `ceilingDb`, also
/// between samples (4× oversampled, as ITU-R BS.1770-4 annex 2 asks). The gain falls within 1.5 ms ahead of a
/// peak and comes back within some 30 ms. A sound that stays below is not touched. In place.
void limitPeaks(AudioBuffer& buffer, double ceilingDb);

/// Gain, and limiting where that alone would pass the ceiling, to `target`, within 0.1 LU where at most 26 dB
/// of limiting reach it. Where it stays more than 0.3 LU away, the gain comes back within 8, then 2 ms:
/// strokes may be no longer than that. What it measures afterwards. Errors: as measureLoudness; cancelled,
/// between tries.
[[nodiscard]] Result<Loudness> bringToLoudness(AudioBuffer& buffer, const LoudnessTarget& target,
                                               const CancelToken& cancel = {});

}  // namespace smidgen
