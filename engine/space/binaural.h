// A sound somewhere around a listener's head, for headphones.
#pragma once

#include <functional>
#include <span>

#include "engine/audio/audio_buffer.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/space/hrtf.h"
#include "engine/space/source_path.h"

namespace smidgen {

/// One channel at kSampleRate → left and right ear, as long as the input; `path` as positionAt().
///
/// Each stretch of 2.7 ms goes through the filters of where the source is then, and fades into the next
/// (overlapping Hann windows): a moving source makes no steps. Level falls by distance from 1 m on, where it
/// is the input's over all directions. Nearer than the set was measured each ear hears along its own line
/// (parallax, after Romblom & Cook 2008, "Near-field compensation for HRTF processing"); air takes treble
/// (air.h). There is no Doppler shift: what both ears' delays have in common is left out. Errors:
/// invalidArgument (path), cancelled.
[[nodiscard]] Result<AudioBuffer> renderBinaural(std::span<const float> mono,
                                                 std::span<const SourcePoint> path, const Hrtf& hrtf,
                                                 const CancelToken& cancel = {},
                                                 const std::function<void(double)>& progress = {});

}  // namespace smidgen
