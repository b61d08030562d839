#include "engine/analysis/reverberance.h"

#include <algorithm>
#include <cmath>

namespace smidgen {
namespace {

constexpr std::size_t kGroups = 7;
constexpr std::size_t kRiseFrames = 4;
constexpr double kRise = 6;
constexpr double kFrom = 5, kTo = 35;
constexpr double kRange = 60;          ///< dB below the loudest
constexpr std::size_t kCutFrames = 3;  ///< at the end, where a cut would look like a decay
constexpr double kPriorDecibels = 6, kPriorTime = 0.3;

struct Evidence {
    double seconds = 0, decibels = 0;
};

/// One group's levels in dB, from one onset to before the next.
void addDecay(std::span<double> levels, double floor, Evidence& evidence) {
    for (std::size_t t = levels.size() - 1; t > 0; --t) levels[t - 1] = std::max(levels[t - 1], levels[t]);
    const double start = levels.front();
    if (start < floor + kFrom) return;
    const double weight = std::pow(10.0, (start - floor - kRange) / 20);
    const double high = start - kFrom, low = std::max(floor, start - kTo);
    double seconds = 0, last = high;
    bool any = false;
    for (std::size_t t = 1; t < levels.size(); ++t) {
        const double before = std::min(levels[t - 1], high), now = std::max(levels[t], low);
        if (levels[t - 1] <= low) break;
        if (levels[t] >= high) continue;
        // The share of the step that lies within the stretch.
        const double step = levels[t - 1] - levels[t];
        seconds += kFrameSeconds * (step > 0 ? (before - now) / step : 1.0);
        last = now;
        any = true;
    }
    if (!any) return;
    evidence.seconds += weight * seconds;
    evidence.decibels += weight * (high - last);
}

}  // namespace

double spaceOf(const SoundFrames& frames) {
    const std::size_t count = frames.count > kCutFrames ? frames.count - kCutFrames : 0;
    std::vector<double> levels(kGroups * count);
    double loudest = -1e9;
    for (std::size_t t = 0; t < count; ++t) {
        const auto bands = frames.bands(t);
        for (std::size_t g = 0; g < kGroups; ++g) {
            double power = 0;
            for (std::size_t b = g * kErbBands / kGroups; b < (g + 1) * kErbBands / kGroups; ++b)
                power += static_cast<double>(bands[b]);
            const double level = 10 * std::log10(power + 1e-12 * frames.loudest + 1e-300);
            levels[g * count + t] = level;
            loudest = std::max(loudest, level);
        }
    }
    Evidence evidence;
    for (std::size_t g = 0; g < kGroups && count > 0; ++g) {
        const std::span<double> group = std::span(levels).subspan(g * count, count);
        std::size_t start = 0;
        while (start < count) {
            // Up to the top of the rise, then down to where the next begins.
            std::size_t top = start;
            while (top + 1 < count && (group[top + 1] > group[top])) ++top;
            std::size_t end = top + 1, lowest = top;
            for (; end < count; ++end) {
                const std::size_t from = end > kRiseFrames + top ? end - kRiseFrames : top;
                lowest = from;
                for (std::size_t t = from; t < end; ++t)
                    if (group[t] < group[lowest]) lowest = t;
                if (lowest > top && group[end] - group[lowest] > kRise) break;
            }
            const std::size_t stop = end < count ? lowest + 1 : count;
            addDecay(group.subspan(top, stop - top), loudest - kRange, evidence);
            start = std::max(stop, top + 1);
        }
    }
    const double seconds = evidence.seconds + kPriorDecibels * kPriorTime / 60;
    const double decibels = evidence.decibels + kPriorDecibels;
    return std::clamp(std::log2(60 * seconds / decibels), -5.0, 4.0);
}

}  // namespace smidgen
