// How long a sound of codes is.
#pragma once

#include <cstdlib>

#include "engine/analysis/mel.h"
#include "engine/generation/sound_codes.h"

namespace smidgen {

/// At 48 kHz: as long as the sound they came from, unless rows were put in or taken out since. `fold`: mel
/// frames to a row, above 0. There is a part.
[[nodiscard]] inline Samples lengthOf(const SoundCodes& codes, int fold) {
    const std::int64_t hop = MelShape().stft.hop;
    const std::int64_t frames = codes.parts.front().frames().value * fold;
    const std::int64_t known = codes.length.value / hop + 1;
    return std::abs(frames - known) <= fold ? codes.length : Samples(frames * hop);
}

}  // namespace smidgen
