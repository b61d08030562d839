// Whether the sliders do what they say, and nothing else, in figures.
#pragma once

#include <array>
#include <functional>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/generation/recipe.h"
#include "engine/jobs/take_making.h"

namespace smidgen {

/// One slider moved through its positions, for each seed.
struct SliderRow {
    Attribute slider = Attribute::density;
    /// Spearman's rank correlation of the position with each measured attribute, over all takes.
    std::array<double, kAttributeCount> correlation{};
    /// The same for each seed by itself: the median over seeds.
    std::array<double, kAttributeCount> bySeed{};
    /// Mean attribute at the last position less that at the first, in σ of the collection.
    std::array<double, kAttributeCount> moved{};
    double loudnessDrift = 0;  ///< LU: from the quietest to the loudest mean over seeds of a position
};

struct SliderMatrix {
    std::vector<SliderRow> rows;
    int positions = 0, seeds = 0;
};

struct SliderEvaluation {
    Recipe recipe;                   ///< its sliders are ignored; its seed is the first
    std::vector<Attribute> sliders;  ///< empty: all
    int positions = 9;               ///< 2 … 101, from 0 to 1
    int seeds = 16;                  ///< 1 … 1000
};

/// Renders sliders × positions × seeds takes on `threads` threads and measures them. `done`: takes so far, of
/// how many; on any of the threads, one at a time. Errors: invalidArgument, cancelled, renderTake's.
[[nodiscard]] Result<SliderMatrix> evaluateSliders(const TakeVoice& voice, const SliderEvaluation& evaluation,
                                                   int threads, const CancelToken& cancel = {},
                                                   const std::function<void(int, int)>& done = {});

}  // namespace smidgen
