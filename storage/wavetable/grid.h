// The grid of the cube: where nodes may lie, and how a place between them is named.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "engine/foundation/result.h"

namespace smidgen::storage {

inline constexpr std::uint32_t kMostAlongAxis = 1024;
inline constexpr std::size_t kMostGridPoints = std::size_t{1} << 20;

struct GridPoint {
    std::uint32_t x = 0;
    std::uint32_t y = 0;
    std::uint32_t z = 0;
    bool operator==(const GridPoint&) const = default;
};

/// Valid from 0 to size − 1 along each axis.
struct Coordinate {
    double x = 0;
    double y = 0;
    double z = 0;
};

struct CubeLayout {
    std::array<std::uint32_t, 3> size{1, 1, 1};  ///< 1 … kMostAlongAxis each, kMostGridPoints in all
    std::array<std::string, 3> axes{"Timbre", "Brightness", "Harmonicity"};

    [[nodiscard]] std::size_t pointCount() const { return std::size_t{size[0]} * size[1] * size[2]; }
    [[nodiscard]] bool contains(const GridPoint& p) const {
        return p.x < size[0] && p.y < size[1] && p.z < size[2];
    }
    /// x slowest, z fastest.
    [[nodiscard]] std::size_t indexOf(const GridPoint& p) const {
        return (std::size_t{p.x} * size[1] + p.y) * size[2] + p.z;
    }
    [[nodiscard]] GridPoint pointAt(std::size_t index) const {
        return {static_cast<std::uint32_t>(index / (std::size_t{size[1]} * size[2])),
                static_cast<std::uint32_t>(index / size[2] % size[1]),
                static_cast<std::uint32_t>(index % size[2])};
    }
    bool operator==(const CubeLayout&) const = default;
};

/// "(3, 0, 7)".
[[nodiscard]] std::string pointText(const GridPoint& point);

/// invalidArgument when an axis has no or too many positions, or a name is empty or longer than 256 bytes.
[[nodiscard]] Status checkLayout(const CubeLayout& layout);

/// invalidArgument, with the grid's size said, when `point` lies outside.
[[nodiscard]] Status checkPoint(const CubeLayout& layout, const GridPoint& point);

}  // namespace smidgen::storage
