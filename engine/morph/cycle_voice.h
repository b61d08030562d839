// Single cycles of a cube, played at a pitch.
#pragma once

#include "engine/audio/audio_buffer.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/morph/morph.h"

namespace smidgen {

/// Mono at 48 kHz: one tone whose place in the cube goes along the path while it goes through the rows of its
/// table, `passes` times, without steps or aliasing. Ends are faded over 5 ms. Errors: Sampler's,
/// unusableInput (values that are not finite, fewer than 3 columns), cancelled.
[[nodiscard]] Result<AudioBuffer> playCycles(const storage::NodeSource& source, const MorphRequest& request,
                                             const CancelToken& cancel);

}  // namespace smidgen
