#include "engine/analysis/descriptor_ranges.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace smidgen {
namespace {

/// Where the quantiles lie on a slider.
constexpr std::array<double, AttributeRange::kShares.size()> kPositions{-0.25, 0, 0.5, 1, 1.25};

double quantile(const std::vector<double>& sorted, double share) {
    const double at = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

double AttributeRange::valueAt(double position) const {
    const double p = std::clamp(position, kPositions.front(), kPositions.back());
    std::size_t i = 0;
    while (i + 2 < kPositions.size() && p > kPositions[i + 1]) ++i;
    const double share = (p - kPositions[i]) / (kPositions[i + 1] - kPositions[i]);
    return quantiles[i] + share * (quantiles[i + 1] - quantiles[i]);
}

double AttributeRange::positionOf(double value) const {
    if (!(quantiles.front() < quantiles.back())) return 0.5;
    if (value <= quantiles.front()) return kPositions.front();
    std::size_t i = 0;
    while (i + 1 < quantiles.size() && value > quantiles[i + 1]) ++i;
    if (i + 1 == quantiles.size()) return kPositions.back();
    const double share = (value - quantiles[i]) / (quantiles[i + 1] - quantiles[i]);
    return kPositions[i] + share * (kPositions[i + 1] - kPositions[i]);
}

DescriptorRanges rangesOf(std::span<const Attributes> sounds) {
    DescriptorRanges result;
    result.sounds = sounds.size();
    if (sounds.empty()) return result;
    for (std::size_t a = 0; a < kAttributeCount; ++a) {
        std::vector<double> values;
        double mean = 0, square = 0;
        for (const Attributes& sound : sounds) {
            values.push_back(sound.values[a]);
            mean += sound.values[a] / static_cast<double>(sounds.size());
        }
        for (const double value : values) square += (value - mean) * (value - mean);
        std::sort(values.begin(), values.end());
        AttributeRange& range = result.ranges[a];
        for (std::size_t i = 0; i < range.quantiles.size(); ++i)
            range.quantiles[i] = quantile(values, AttributeRange::kShares[i]);
        range.deviation = std::sqrt(square / static_cast<double>(sounds.size()));
    }
    return result;
}

}  // namespace smidgen
