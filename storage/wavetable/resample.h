// A node on another grid: enlarged by linear interpolation, shrunk by a tent filter that keeps detail from
// folding.
#pragma once

#include "storage/wavetable/node.h"

namespace smidgen::storage {

/// `node` at `rows` × `columns`; grids are aligned at their edges, so that position r of n lies at (r + ½)/n.
/// One channel is repeated into as many as `shape` asks; otherwise the channels must agree. Metadata is kept;
/// the same shape gives the same node back. Constants stay constant. Errors: invalidArgument (shape,
/// channels), outOfMemory.
[[nodiscard]] Result<NodePointer> resampled(const NodePointer& node, const NodeShape& shape);

/// A small picture of the node for a list or a map: no side longer than `longestSide` ≥ 1, never enlarged,
/// the channels averaged into one.
[[nodiscard]] Result<NodePointer> thumbnail(const NodePointer& node, std::uint32_t longestSide);

}  // namespace smidgen::storage
