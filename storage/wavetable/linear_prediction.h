// A node's own linear prediction: spectra are noisier than Lorenzo's prediction, which adds the noise of
// three neighbours, takes them for.
#pragma once

#include <optional>
#include <span>

#include "storage/wavetable/codec_loops.h"
#include "storage/wavetable/node.h"

namespace smidgen::storage {

/// The weights with the least squares over every fourth row (Cholesky's decomposition of the normal
/// equations). Nothing when there are too few values or Lorenzo's prediction leaves less.
[[nodiscard]] std::optional<Weights> fitWeights(std::span<const std::int32_t> steps, const NodeShape& shape);

}  // namespace smidgen::storage
