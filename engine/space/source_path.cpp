#include "engine/space/source_path.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace smidgen {
namespace {

constexpr std::size_t kMostPoints = 1000;
constexpr double kMostAzimuth = 3600;

tl::unexpected<Error> outOfRange(const char* what, const char* range) {
    return failure(ErrorCode::invalidArgument,
                   std::string("The ") + what + " of a sound must be between " + range + ".");
}

}  // namespace

Status validate(const SourcePosition& position) {
    if (!(std::abs(position.azimuth) <= kMostAzimuth)) return outOfRange("azimuth", "-3600 and 3600 degrees");
    if (!(std::abs(position.elevation) <= 90)) return outOfRange("elevation", "-90 and 90 degrees");
    if (!(position.distance >= kNearestSource && position.distance <= kFarthestSource))
        return outOfRange("distance", "0.15 and 100 metres");
    return {};
}

Status validate(std::span<const SourcePoint> path) {
    if (path.size() > kMostPoints)
        return failure(ErrorCode::invalidArgument, "A way through space has at most 1000 points.");
    double before = -1;
    for (const SourcePoint& point : path) {
        if (auto valid = validate(point.position); !valid) return valid;
        if (!(point.seconds >= 0 && point.seconds > before && std::isfinite(point.seconds)))
            return failure(ErrorCode::invalidArgument,
                           "The times of a way through space begin at 0 or later and rise.");
        before = point.seconds;
    }
    return {};
}

SourcePosition positionAt(std::span<const SourcePoint> path, double seconds) {
    const auto next = std::ranges::upper_bound(path, seconds, {}, &SourcePoint::seconds);
    if (next == path.begin()) return path.front().position;
    if (next == path.end()) return path.back().position;
    const SourcePoint& a = *(next - 1);
    const SourcePoint& b = *next;
    const double t = (seconds - a.seconds) / (b.seconds - a.seconds);
    return {std::lerp(a.position.azimuth, b.position.azimuth, t),
            std::lerp(a.position.elevation, b.position.elevation, t),
            std::lerp(a.position.distance, b.position.distance, t)};
}

}  // namespace smidgen
