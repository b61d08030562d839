// Which part of a sound a sampler repeats.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/foundation/units.h"

namespace smidgen {

/// In seconds from the start of the sound.
struct LoopRange {
    double start = 0;
    std::optional<double> end;  ///< nullopt: the sound's end
    bool operator==(const LoopRange&) const = default;
};

/// [start, end) in samples per channel.
struct LoopSamples {
    std::int64_t start = 0;
    std::int64_t end = 0;
    bool operator==(const LoopSamples&) const = default;
};

/// Of a sound of `length` at `rate`; nothing lies beyond its end.
[[nodiscard]] LoopSamples samplesOf(const LoopRange& loop, Samples length, int rate);

}  // namespace smidgen
