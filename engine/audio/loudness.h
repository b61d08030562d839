// Loudness and true peak after ITU-R BS.1770-4 / EBU R 128 (libebur128).
#pragma once

#include <limits>
#include <span>

#include "engine/audio/audio_buffer.h"
#include "engine/foundation/result.h"

namespace smidgen {

struct Loudness {
    /// Integrated LUFS with gating. Sounds shorter than one 400 ms block are measured over their length
    /// without gating. −infinity for silence.
    double integratedLufs = -std::numeric_limits<double>::infinity();
    double truePeakDb = -std::numeric_limits<double>::infinity();    ///< dBTP, 4× oversampled
    double samplePeakDb = -std::numeric_limits<double>::infinity();  ///< dBFS
};
[[nodiscard]] Result<Loudness> measureLoudness(const AudioBuffer& buffer);

struct LoudnessTarget {
    double lufs = -16.0;  ///< wanted integrated loudness
    double truePeakCeilingDb = -1.0;
};
/// The linear gain that reaches `lufs`, lowered so far that the true peak stays under the ceiling. 1 for
/// silence.
[[nodiscard]] double gainForTarget(const Loudness& measured, const LoudnessTarget& target);

}  // namespace smidgen
