#include "storage/wavetable/grid.h"

#include <algorithm>

namespace smidgen::storage {
namespace {

constexpr std::size_t kLongestAxisName = 256;

std::string sizeText(const CubeLayout& layout) {
    return std::to_string(layout.size[0]) + " × " + std::to_string(layout.size[1]) + " × " +
           std::to_string(layout.size[2]);
}

}  // namespace

std::string pointText(const GridPoint& point) {
    return "(" + std::to_string(point.x) + ", " + std::to_string(point.y) + ", " + std::to_string(point.z) +
           ")";
}

Status checkLayout(const CubeLayout& layout) {
    const bool sizes = std::all_of(layout.size.begin(), layout.size.end(),
                                   [](std::uint32_t n) { return n >= 1 && n <= kMostAlongAxis; });
    if (!sizes || layout.pointCount() > kMostGridPoints)
        return failure(ErrorCode::invalidArgument,
                       "A cube of " + sizeText(layout) +
                           " positions is not possible: 1 to 1024 along an axis and a million in all are.");
    const bool names = std::all_of(layout.axes.begin(), layout.axes.end(), [](const std::string& name) {
        return !name.empty() && name.size() <= kLongestAxisName;
    });
    if (!names)
        return failure(ErrorCode::invalidArgument, "Every axis of a cube needs a name of 1 to 256 bytes.");
    return {};
}

Status checkPoint(const CubeLayout& layout, const GridPoint& point) {
    if (layout.contains(point)) return {};
    return failure(ErrorCode::invalidArgument, "The position " + pointText(point) +
                                                   " lies outside the cube, which has " + sizeText(layout) +
                                                   " positions counted from 0.");
}

}  // namespace smidgen::storage
