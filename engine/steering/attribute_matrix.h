// Small linear systems, one number an attribute.
#pragma once

#include <array>

#include "engine/analysis/descriptors.h"

namespace smidgen {

using AttributeRow = std::array<double, kAttributeCount>;
using AttributeMatrix = std::array<AttributeRow, kAttributeCount>;

/// x with matrix · x = right, by Cholesky; the matrix is symmetric and positive definite, of which its lower
/// half is read.
[[nodiscard]] AttributeRow solvePositive(AttributeMatrix matrix, AttributeRow right);

}  // namespace smidgen
