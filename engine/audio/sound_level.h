// How loud a sound is to be, and bringing it there.
#pragma once

#include <optional>

#include "engine/audio/audio_buffer.h"
#include "engine/audio/loudness.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"

namespace smidgen {

/// One of a loudness, a peak, or neither; and a ceiling with any of them.
struct LevelTarget {
    std::optional<double> lufs;       ///< integrated loudness, −60 … 0
    std::optional<double> peakDb;     ///< highest sample, −60 … 0 dBFS
    std::optional<double> ceilingDb;  ///< no true peak above, −20 … 0 dBTP

    [[nodiscard]] bool asItIs() const { return !lufs && !peakDb && !ceilingDb; }
    /// Errors: invalidArgument (a number outside its range, both a loudness and a peak).
    [[nodiscard]] Status validate() const;
    bool operator==(const LevelTarget&) const = default;
};

/// How far from the loudness asked for is near enough, LU.
inline constexpr double kLoudnessTolerance = 0.1;

/// In place, and what it measures then. To a loudness: by gain, and by limiting peaks where the ceiling
/// stands in the way (limiter.h). To a peak, or only below a ceiling: by gain alone, lowered as far as the
/// ceiling asks. Silence stays as it is. Errors: as validate() and measureLoudness(); cancelled.
[[nodiscard]] Result<Loudness> setLevel(AudioBuffer& buffer, const LevelTarget& target,
                                        const CancelToken& cancel = {});

}  // namespace smidgen
