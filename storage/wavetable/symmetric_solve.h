// Small symmetric positive systems.
#pragma once

#include <cstddef>
#include <span>

namespace smidgen::storage {

/// Solves A x = b for a symmetric positive definite A of n = b.size() rows (row-major, n × n; destroyed) by
/// Cholesky's decomposition; b becomes x. False when A is not positive definite.
[[nodiscard]] bool solveSymmetric(std::span<double> a, std::span<double> b);

}  // namespace smidgen::storage
