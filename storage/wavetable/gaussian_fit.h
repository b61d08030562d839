// Fitting a mixture to a node: least squares over every parameter at once.
#pragma once

#include "storage/wavetable/gaussian_mixture.h"

namespace smidgen::storage {

/// Every `stride`-th row and column of a node, as doubles.
struct FitGrid {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::size_t channels = 1;
    double rowStride = 1;
    double columnStride = 1;
    std::vector<double> values;

    /// At most `longestSide` rows and columns.
    [[nodiscard]] static FitGrid of(const Node& node, std::size_t longestSide);
    [[nodiscard]] double energy() const;  ///< sum of squares around each channel's mean
};

/// Levenberg–Marquardt (Marquardt, 1963) over positions, shapes, amplitudes and floors, from where `mixture`
/// is; the amplitudes and floors are solved for exactly first. Stops after `iterations`, or when a step gains
/// less than 1e-12 of the error. Returns the sum of squared residuals. Deterministic.
double refineMixture(const FitGrid& grid, GaussianMixture& mixture, int iterations);

/// Adds a hill where the residual is largest, as wide as the residual is there. No refinement.
void addHill(const FitGrid& grid, GaussianMixture& mixture);

/// The mixture without hill `k`.
[[nodiscard]] GaussianMixture withoutHill(const GaussianMixture& mixture, std::size_t k);

}  // namespace smidgen::storage
