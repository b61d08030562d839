// Which nodes a place in the cube is mixed from, and how much of each. No allocation, no lock: safe on the
// audio thread.
#pragma once

#include <array>
#include <span>

#include "storage/wavetable/grid.h"

namespace smidgen::storage {

enum class Interpolation {
    trilinear,  ///< eight corners of the cell
    bilinear,   ///< four corners on the slice nearest along `sliceAxis`
    nearest     ///< one node
};

enum class OutsideRule {
    clamp,  ///< the nearest place on the cube's surface
    error   ///< refused
};

struct SamplingOptions {
    Interpolation interpolation = Interpolation::trilinear;
    OutsideRule outside = OutsideRule::clamp;
    std::uint32_t sliceAxis = 2;  ///< 0 … 2; for bilinear
};

struct WeightedPoint {
    GridPoint point;
    float weight = 0;
};

/// Weights are positive and sum to 1.
struct SamplePlan {
    std::array<WeightedPoint, 27> parts;
    std::size_t count = 0;
};

enum class PlanOutcome {
    ready,
    notANumber,  ///< a coordinate is not finite
    outside,     ///< with OutsideRule::error
    nothingNear  ///< no node in the cell, nor within one step of the nearest position
};

/// Corners without a node give their weight to the others in proportion, so that a gap never fades to
/// silence. On the very spot of a missing node, where the others weigh nothing, its neighbours within one
/// step are mixed by the inverse square of their distance.
[[nodiscard]] PlanOutcome planSample(const CubeLayout& layout, std::span<const std::uint8_t> presence,
                                     const Coordinate& coordinate, const SamplingOptions& options,
                                     SamplePlan& plan) noexcept;

/// The sentence for an outcome that is not ready.
[[nodiscard]] tl::unexpected<Error> planFailure(PlanOutcome outcome, const CubeLayout& layout,
                                                const Coordinate& coordinate);

}  // namespace smidgen::storage
