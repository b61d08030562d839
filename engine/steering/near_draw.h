// A draw that stays as near as it can to another.
#pragma once

#include <cstddef>
#include <span>

#include "engine/foundation/random.h"

namespace smidgen {

/// Of items drawn by `usual` shares `drawn` came out (its share is above 0). What comes out by `shares`
/// instead: distributed as these say, and another item only where they differ; as they move on, the answer to
/// the same `random` moves on no more often than it must. Both: one an item, not negative, a sum above 0.
///
/// Exponential races: the item whose E / share is least wins, where the E are exponentially distributed under
/// the condition that `drawn` wins by the usual shares. The chance that two share lists differ in their
/// winner is at most 2δ / (1 + δ), δ their total variation distance; no coupling of all lists at once does
/// better (Bavarian, Ghazi, Haramaty, Kamath, Rivest & Sudan 2020).
[[nodiscard]] std::size_t drawNear(std::size_t drawn, std::span<const double> usual,
                                   std::span<const double> shares, Random random);

}  // namespace smidgen
