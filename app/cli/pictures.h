// Pictures for the report, as inline SVG.
#pragma once

#include <span>
#include <string>

#include "engine/audio/audio_buffer.h"
#include "engine/workstation/snapshots.h"

namespace smidgen::cli {

/// The whole sound's waveform, channels mixed, ±1 from edge to edge.
[[nodiscard]] std::string waveformPicture(const AudioBuffer& sound);

/// Training and held-out error over steps, error on a logarithmic axis.
[[nodiscard]] std::string curvePicture(std::span<const CurvePoint> curve);

}  // namespace smidgen::cli
