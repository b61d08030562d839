#include "storage/wavetable/sample_plan.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace smidgen::storage {
namespace {

/// Below this share of the whole the present corners are too faint to be scaled up.
constexpr double kLeastShare = 1e-6;

/// Two positions along one axis with their weights; `count` is 1 on a grid plane.
struct Pair {
    std::array<std::uint32_t, 2> at{};
    std::array<double, 2> weight{};
    int count = 1;
};

Pair pairAt(double place, bool snap) noexcept {
    Pair pair;
    const double lower = std::floor(place);
    const double fraction = place - lower;
    if (snap || fraction == 0.0) {
        pair.at[0] = static_cast<std::uint32_t>(snap ? std::floor(place + 0.5) : lower);
        pair.weight[0] = 1.0;
        return pair;
    }
    pair.at = {static_cast<std::uint32_t>(lower), static_cast<std::uint32_t>(lower) + 1};
    pair.weight = {1.0 - fraction, fraction};
    pair.count = 2;
    return pair;
}

void normalise(SamplePlan& plan, double total) noexcept {
    for (std::size_t i = 0; i < plan.count; ++i)
        plan.parts[i].weight = static_cast<float>(static_cast<double>(plan.parts[i].weight) / total);
}

/// The present nodes within one step of the position nearest to `place`, along the free axes.
bool planNeighbours(const CubeLayout& layout, std::span<const std::uint8_t> presence,
                    const std::array<double, 3>& place, const std::array<bool, 3>& fixed, bool onlyClosest,
                    SamplePlan& plan) noexcept {
    std::array<std::int64_t, 3> low{};
    std::array<std::int64_t, 3> high{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const auto centre = static_cast<std::int64_t>(std::floor(place[axis] + 0.5));
        const std::int64_t reach = fixed[axis] ? 0 : 1;
        low[axis] = std::max<std::int64_t>(0, centre - reach);
        high[axis] = std::min<std::int64_t>(layout.size[axis] - 1, centre + reach);
    }
    plan.count = 0;
    double total = 0;
    for (std::int64_t x = low[0]; x <= high[0]; ++x) {
        for (std::int64_t y = low[1]; y <= high[1]; ++y) {
            for (std::int64_t z = low[2]; z <= high[2]; ++z) {
                const GridPoint point{static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y),
                                      static_cast<std::uint32_t>(z)};
                if (presence[layout.indexOf(point)] == 0) continue;
                const double dx = static_cast<double>(x) - place[0];
                const double dy = static_cast<double>(y) - place[1];
                const double dz = static_cast<double>(z) - place[2];
                const double weight = 1.0 / std::max(1e-12, dx * dx + dy * dy + dz * dz);
                if (onlyClosest) {
                    if (weight <= total) continue;
                    plan.count = 0;
                    total = 0;
                }
                plan.parts[plan.count++] = {point, static_cast<float>(weight)};
                total += weight;
            }
        }
    }
    if (plan.count == 0) return false;
    normalise(plan, total);
    return true;
}

}  // namespace

PlanOutcome planSample(const CubeLayout& layout, std::span<const std::uint8_t> presence,
                       const Coordinate& coordinate, const SamplingOptions& options,
                       SamplePlan& plan) noexcept {
    std::array<double, 3> place{coordinate.x, coordinate.y, coordinate.z};
    std::array<bool, 3> fixed{};
    std::array<Pair, 3> pairs;
    plan.count = 0;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        if (!std::isfinite(place[axis])) return PlanOutcome::notANumber;
        const double last = static_cast<double>(layout.size[axis] - 1);
        const double inside = std::clamp(place[axis], 0.0, last);
        if (inside != place[axis] && options.outside == OutsideRule::error) return PlanOutcome::outside;
        place[axis] = inside;
        fixed[axis] = options.interpolation == Interpolation::bilinear && axis == options.sliceAxis;
        if (fixed[axis]) place[axis] = std::floor(inside + 0.5);
        pairs[axis] = pairAt(place[axis], options.interpolation == Interpolation::nearest);
    }
    double total = 0;
    for (int i = 0; i < pairs[0].count; ++i) {
        for (int j = 0; j < pairs[1].count; ++j) {
            for (int k = 0; k < pairs[2].count; ++k) {
                const GridPoint point{pairs[0].at[static_cast<std::size_t>(i)],
                                      pairs[1].at[static_cast<std::size_t>(j)],
                                      pairs[2].at[static_cast<std::size_t>(k)]};
                if (presence[layout.indexOf(point)] == 0) continue;
                const double weight = pairs[0].weight[static_cast<std::size_t>(i)] *
                                      pairs[1].weight[static_cast<std::size_t>(j)] *
                                      pairs[2].weight[static_cast<std::size_t>(k)];
                plan.parts[plan.count++] = {point, static_cast<float>(weight)};
                total += weight;
            }
        }
    }
    if (total >= kLeastShare) {
        normalise(plan, total);
        return PlanOutcome::ready;
    }
    const bool onlyClosest = options.interpolation == Interpolation::nearest;
    return planNeighbours(layout, presence, place, fixed, onlyClosest, plan) ? PlanOutcome::ready
                                                                             : PlanOutcome::nothingNear;
}

tl::unexpected<Error> planFailure(PlanOutcome outcome, const CubeLayout& layout,
                                  const Coordinate& coordinate) {
    std::array<char, 128> place{};
    std::snprintf(place.data(), place.size(), "(%.3f, %.3f, %.3f)", coordinate.x, coordinate.y, coordinate.z);
    if (outcome == PlanOutcome::notANumber)
        return failure(ErrorCode::invalidArgument,
                       std::string("The place ") + place.data() + " in the cube is not made of numbers.");
    if (outcome == PlanOutcome::outside)
        return failure(ErrorCode::invalidArgument,
                       std::string("The place ") + place.data() +
                           " lies outside the cube, which reaches from 0 to " +
                           pointText({layout.size[0] - 1, layout.size[1] - 1, layout.size[2] - 1}) + ".");
    return failure(ErrorCode::notFound, std::string("There is no sound near the place ") + place.data() +
                                            " in the cube. Place one there, or move closer to one.");
}

}  // namespace smidgen::storage
