// Numbers that the wave decoder's two ways of running share. Torch-free.
#pragma once

namespace smidgen::models {

/// Of a bin's magnitude, natural logarithm.
inline constexpr float kLeastLogMagnitude = -16.0F;
inline constexpr float kMostLogMagnitude = 9.0F;

}  // namespace smidgen::models
