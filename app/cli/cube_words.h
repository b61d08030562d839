// Places and sizes of a wavetable cube as they are typed.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "engine/foundation/result.h"
#include "engine/workstation/cubes.h"

namespace smidgen::cli {

/// "3x3x3". Errors: invalidArgument.
[[nodiscard]] Result<std::array<std::uint32_t, 3>> cubeSize(const std::string& text);
/// "Timbre,Brightness,Harmonicity". Errors: invalidArgument.
[[nodiscard]] Result<std::array<std::string, 3>> cubeAxes(const std::string& text);
/// A node: "0,2,1". Errors: invalidArgument.
[[nodiscard]] Result<CubePlace> cubePlace(const std::string& text);
/// Anywhere: "0.5,2,1.25". Errors: invalidArgument.
[[nodiscard]] Result<storage::Coordinate> cubeCoordinate(const std::string& text);
/// "110" or "110.5" in hertz, or a note: "A2", "C#4", "Bb3" (A4 = 440 Hz, C4 the middle one). Errors:
/// invalidArgument.
[[nodiscard]] Result<double> pitchHertz(const std::string& text);

}  // namespace smidgen::cli
