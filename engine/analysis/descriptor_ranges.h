// How the attributes lie over a collection of sounds: what a slider's ends and middle mean.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "engine/analysis/descriptors.h"

namespace smidgen {

/// Of one attribute, in its own unit. A plain value; whoever stores it chooses the form.
struct AttributeRange {
    static constexpr std::array<double, 5> kShares{0.005, 0.02, 0.5, 0.98, 0.995};
    std::array<double, kShares.size()> quantiles{};  ///< at kShares; not falling
    double deviation = 0;                            ///< σ over the sounds

    [[nodiscard]] double median() const { return quantiles[2]; }
    /// 0 … 1 → the attribute's value: 0 at the 2 % quantile, ½ at the median, 1 at the 98 % quantile,
    /// straight in between; beyond, straight on to the outer quantiles at −0.25 and 1.25, where it ends.
    [[nodiscard]] double valueAt(double position) const;
    /// The inverse, −0.25 … 1.25; ½ where the range has no width.
    [[nodiscard]] double positionOf(double value) const;
    bool operator==(const AttributeRange&) const = default;
};

struct DescriptorRanges {
    std::array<AttributeRange, kAttributeCount> ranges{};
    std::size_t sounds = 0;  ///< how many they were taken of
    [[nodiscard]] const AttributeRange& operator[](Attribute attribute) const {
        return ranges[static_cast<std::size_t>(attribute)];
    }
    bool operator==(const DescriptorRanges&) const = default;
};

/// Quantiles by straight interpolation between order statistics (type 7 of Hyndman & Fan 1996). No sounds:
/// all zeros; one sound: its values and no deviation.
[[nodiscard]] DescriptorRanges rangesOf(std::span<const Attributes> sounds);

}  // namespace smidgen
