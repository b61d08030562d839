// Distances of the window, in device-independent pixels.
#pragma once

namespace smidgen::metrics {

inline constexpr int kSpaceXs = 4;
inline constexpr int kSpaceS = 8;
inline constexpr int kSpaceM = 12;
inline constexpr int kSpaceL = 16;
inline constexpr int kRadius = 6;      ///< fields, buttons
inline constexpr int kCardRadius = 8;  ///< cards
inline constexpr int kControlHeight = 30;
inline constexpr int kIconSize = 16;
inline constexpr int kFocusWidth = 2;  ///< of the focus ring

}  // namespace smidgen::metrics
