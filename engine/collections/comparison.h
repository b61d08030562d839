// Which sounds of a collection are alike.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "engine/collections/preflight.h"

namespace smidgen {

/// All pairs (earlier, later) of usable entries whose fingerprints are closer than kNearDuplicateDb. Compares
/// only sounds of similar duration.
[[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> nearDuplicatePairs(
    std::span<const SoundEntry> entries);

}  // namespace smidgen
