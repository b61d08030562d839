// What a model knows about the attributes of its sounds: what its sliders mean.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/analysis/descriptor_ranges.h"
#include "engine/foundation/result.h"
#include "engine/steering/slider_positions.h"

namespace smidgen {

struct SteeringCard {
    DescriptorRanges ranges;          ///< of the sounds of the collection, as sliderRanges() gives them
    std::vector<Attributes> anchors;  ///< of the model's anchors, as it rebuilds them, in their order
    /// Standard deviation among takes drawn freely: much less than among sounds, as a take holds several.
    /// None in cards of before it was measured.
    std::optional<Attributes> spread;
    bool operator==(const SteeringCard&) const = default;
};

/// Metadata key of a model's file; those that begin with "smidgen." are the networks' own.
inline constexpr const char* kSteeringMetadata = "steering";

[[nodiscard]] std::string toJson(const SteeringCard& card);
/// Errors: unusableInput (not JSON, no card, numbers that are not finite or out of order).
[[nodiscard]] Result<SteeringCard> steeringCardFromJson(const std::string& text);

/// What positions ask of a sound whose attributes are `free` when no slider is set.
[[nodiscard]] Attributes targetsOf(const SliderPositions& positions, const DescriptorRanges& ranges,
                                   const Attributes& free);

}  // namespace smidgen
