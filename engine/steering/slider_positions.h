// Where the eight sliders stand.
#pragma once

#include <algorithm>
#include <array>
#include <optional>

#include "engine/analysis/descriptors.h"

namespace smidgen {

/// Beyond 0 … 1, which are the collection's 2 % and 98 %, it sounds like few or none of its sounds.
inline constexpr double kLowestPosition = -0.25, kHighestPosition = 1.25;

/// One position a slider: 0 … 1 from little to much among the sounds of the model's collection
/// (AttributeRange::valueAt), or nothing: that attribute is left as it comes, and held there while others
/// move.
struct SliderPositions {
    std::array<std::optional<double>, kAttributeCount> values{};
    [[nodiscard]] const std::optional<double>& operator[](Attribute attribute) const {
        return values[static_cast<std::size_t>(attribute)];
    }
    [[nodiscard]] std::optional<double>& operator[](Attribute attribute) {
        return values[static_cast<std::size_t>(attribute)];
    }
    [[nodiscard]] bool anySet() const {
        return std::ranges::any_of(values, [](const auto& value) { return value.has_value(); });
    }
    bool operator==(const SliderPositions&) const = default;
};

/// What became of one attribute of a take, as positions on its slider (AttributeRange::positionOf).
struct SliderOutcome {
    Attribute attribute = Attribute::density;
    std::optional<double> asked;  ///< nothing: it was to stay
    double free = 0;              ///< of the take without sliders
    double model = 0;             ///< of what the model made of them
    double reached = 0;           ///< of the take; less `model` is what the tools did
    bool operator==(const SliderOutcome&) const = default;
};

}  // namespace smidgen
