// Whole numbers as byte planes under Zstandard: mostly small ones, as the residuals of a codec are.
#pragma once

#include <cstdint>
#include <span>

#include "storage/wavetable/node_bytes.h"

namespace smidgen::storage {

/// Appends: one byte, the number of planes (0 … 4, those above the largest value left out); then each plane,
/// lowest first: 4 bytes, its length, and a Zstandard frame.
void writePlanes(std::span<const std::uint32_t> values, Bytes& out);

/// Reads exactly values.size() numbers. False for anything that writePlanes does not write; allocates no more
/// than one plane.
[[nodiscard]] bool readPlanes(NodeReader& reader, std::span<std::uint32_t> values);

}  // namespace smidgen::storage
