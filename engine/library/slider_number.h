// Numbers of a search that takes have from their sliders.
#pragma once

#include <optional>

#include "engine/library/find_query.h"
#include "engine/library/records.h"

namespace smidgen {

/// Beyond those that ItemNumber names: one for each attribute.
[[nodiscard]] constexpr ItemNumber numberOf(Attribute attribute) {
    return static_cast<ItemNumber>(100 + static_cast<int>(attribute));
}
/// Which attribute such a number is of; nothing for the other numbers.
[[nodiscard]] std::optional<Attribute> attributeOf(ItemNumber number);

/// 0 … 1 between what is little and much to the take's model; nothing when the take does not say: only those
/// whose recipe sets sliders do.
[[nodiscard]] std::optional<double> sliderNumber(const TakeRecord& take, ItemNumber number);

}  // namespace smidgen
