// The 8 × 8 cosine transform (DCT-II, orthonormal: Ahmed, Natarajan & Rao, 1974) over many blocks at once.
#pragma once

#include <cstddef>

namespace smidgen::storage {

inline constexpr std::size_t kBlockSide = 8;
inline constexpr std::size_t kBlockSize = kBlockSide * kBlockSide;

/// `blocks` of kBlockSize values each, row by row; `to` may not be `from`.
void cosineForward(const float* from, float* to, std::size_t blocks);
void cosineInverse(const float* from, float* to, std::size_t blocks);

}  // namespace smidgen::storage
