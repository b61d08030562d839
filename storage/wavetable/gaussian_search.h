// Finding where the hills of a mixture are.
#pragma once

#include <functional>

#include "storage/wavetable/gaussian_fit.h"

namespace smidgen::storage {

enum class SearchEffort {
    quick,    ///< hill after hill, then each of them once more: tens of milliseconds
    thorough  ///< also random restarts of a few hills, from a fixed seed: up to some seconds
};

/// Fits one hill after the other, each where most is missing; then sets again those that settled in a wrong
/// place. Every mixture on the way is offered to `accept` with its sum of squared residuals; true ends the
/// search, which is the result. The order of offers does not depend on `accept`. Deterministic.
bool searchMixture(const FitGrid& grid, SearchEffort effort,
                   const std::function<bool(const GaussianMixture&, double)>& accept);

}  // namespace smidgen::storage
