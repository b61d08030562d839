// The inner loop of sampling: a weighted sum of arrays at the speed of memory.
#pragma once

#include <cstddef>

namespace smidgen::storage {

/// out[i] = Σ_k weights[k] · inputs[k][i] for i < count; `parts` ≥ 1 inputs. No allocation,
/// no lock. The sum is the same on every processor.
void blend(float* out, const float* const* inputs, const float* weights, std::size_t parts,
           std::size_t count) noexcept;

}  // namespace smidgen::storage
