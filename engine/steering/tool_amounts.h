// How far each tool is turned.
#pragma once

#include <algorithm>
#include <array>

#include "engine/analysis/descriptors.h"

namespace smidgen {

/// One tool an attribute: −1 (as little of it as the tool can) … 0 (the sound as it is, to the bit) … 1.
struct ToolAmounts {
    std::array<double, kAttributeCount> values{};
    [[nodiscard]] double operator[](Attribute attribute) const {
        return values[static_cast<std::size_t>(attribute)];
    }
    [[nodiscard]] double& operator[](Attribute attribute) {
        return values[static_cast<std::size_t>(attribute)];
    }
    [[nodiscard]] bool areZero() const {
        return std::ranges::all_of(values, [](double value) { return value == 0; });
    }
    bool operator==(const ToolAmounts&) const = default;
};

}  // namespace smidgen
