// The key of a sound.
#pragma once

#include <vector>

#include "engine/analysis/descriptors.h"
#include "engine/analysis/partials.h"

namespace smidgen {

/// The key whose profile (Krumhansl & Kessler 1982) correlates best with the weights of the twelve pitch
/// classes (Krumhansl & Schmuckler in Krumhansl 1990). A partial gives its weight to the nearest pitch class,
/// less with its distance from it, after the common deviation from a' = 440 Hz has been taken out.
/// Confidence: the correlation, if positive, times its lead over the best other key (0.1 and more is full).
[[nodiscard]] KeyEstimate keyOf(const std::vector<PartialFrame>& frames);

}  // namespace smidgen
