#include "engine/library/slider_number.h"

#include <algorithm>

namespace smidgen {
std::optional<Attribute> attributeOf(ItemNumber number) {
    for (const Attribute attribute : kAttributes)
        if (numberOf(attribute) == number) return attribute;
    return std::nullopt;
}

std::optional<double> sliderNumber(const TakeRecord& take, ItemNumber number) {
    const auto attribute = attributeOf(number);
    if (!attribute) return std::nullopt;
    const auto found = std::ranges::find(take.sliders, *attribute, &SliderOutcome::attribute);
    if (found == take.sliders.end()) return std::nullopt;
    return found->reached;
}

}  // namespace smidgen
