#include "engine/steering/slider_ranges.h"

#include <algorithm>
#include <array>

namespace smidgen {
namespace {

struct Bounds {
    double leastWay;  ///< from 0 to 1, in the attribute's own unit
    double lowest, highest;
};

/// In the order of `Attribute`; lowest and highest as its comments say.
constexpr std::array<Bounds, kAttributeCount> kBounds{{
    {2.0, 0, 6},      // density: a quarter, or four times, as many events
    {2.0, 5, 14.5},   // brightness, octaves
    {12.0, -35, 35},  // warmth, dB
    {0.6, 0, 4},      // roughness
    {0.3, 0, 1},      // tension
    {0.25, 0, 1},     // rhythm
    {0.6, 0, 1},      // pulse: events at random have up to 0.15 by chance
    {2.0, -5, 4},     // space: four times as long
}};
constexpr double kLeastHalf = 0.3;
constexpr double kNegligible = 1e-12;

/// At least `way` between the 2 % and the 98 % quantile, as evenly as the bounds let.
void widen(AttributeRange& range, const Bounds& bounds) {
    double& low = range.quantiles[1];
    double& high = range.quantiles[3];
    const double missing = bounds.leastWay - (high - low);
    if (missing < kNegligible) return;
    // As much on each side, but where a bound leaves less on one.
    const double roomBelow = std::max(0.0, low - bounds.lowest);
    const double roomAbove = std::max(0.0, bounds.highest - high);
    const double below = std::max(missing - roomAbove, std::min(0.5 * missing, roomBelow));
    low -= below;
    high += missing - below;
}

}  // namespace

DescriptorRanges sliderRanges(DescriptorRanges ranges) {
    if (ranges.sounds == 0) return ranges;
    for (std::size_t a = 0; a < kAttributeCount; ++a) {
        AttributeRange& range = ranges.ranges[a];
        widen(range, kBounds[a]);
        auto& quantiles = range.quantiles;
        const double least = kLeastHalf * (quantiles[3] - quantiles[1]);
        quantiles[2] = std::clamp(quantiles[2], quantiles[1] + least, quantiles[3] - least);
        quantiles[0] = std::min(quantiles[0], quantiles[1]);
        quantiles[4] = std::max(quantiles[4], quantiles[3]);
    }
    return ranges;
}

}  // namespace smidgen
