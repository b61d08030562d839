// Where a sound comes from, and how that moves.
#pragma once

#include <span>
#include <vector>

#include "engine/foundation/result.h"

namespace smidgen {

inline constexpr double kNearestSource = 0.15;  ///< metres; nearer would be inside a large head
inline constexpr double kFarthestSource = 100;

/// Seen from the middle of the head, as AES69 (SOFA) counts.
struct SourcePosition {
    double azimuth = 0;    ///< degrees to the left: 0 ahead, 90 left, 180 behind, −90 or 270 right
    double elevation = 0;  ///< degrees, −90 below … 90 above
    double distance = 1;   ///< metres, kNearestSource … kFarthestSource
    bool operator==(const SourcePosition&) const = default;
};

/// To be there at this time.
struct SourcePoint {
    double seconds = 0;  ///< from the start of the sound
    SourcePosition position;
    bool operator==(const SourcePoint&) const = default;
};

/// Azimuths go −3600 … 3600, so that a path can turn several times. Errors: invalidArgument naming the field
/// and its range.
[[nodiscard]] Status validate(const SourcePosition& position);
/// Also that times rise. At most 1000 points.
[[nodiscard]] Status validate(std::span<const SourcePoint> path);

/// `path` is valid and has a point; straight in all three numbers from point to point, at rest before the
/// first and after the last.
[[nodiscard]] SourcePosition positionAt(std::span<const SourcePoint> path, double seconds);

}  // namespace smidgen
