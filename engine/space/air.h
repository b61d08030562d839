// What air takes from a sound on its way.
#pragma once

namespace smidgen {

inline constexpr double kSpeedOfSound = 343.2;  ///< m/s at 20 °C

/// Decibels a metre at a frequency in hertz: ISO 9613-1 (1993), equations 3 to 5, at 20 °C, 50 % relative
/// humidity and 101.325 kPa.
[[nodiscard]] double airAbsorption(double hertz);

}  // namespace smidgen
