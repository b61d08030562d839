// A node as a sum of Gaussian hills over an even floor.
#pragma once

#include <array>
#include <vector>

#include "storage/wavetable/node.h"

namespace smidgen::storage {

inline constexpr std::size_t kMostHills = 8;

/// The hill's height at (row, column) is amplitude · exp(−½ (u² + v²)), u = a·Δrow + b·Δcolumn, v =
/// c·Δcolumn: the Cholesky factor of its precision matrix, so that any width, proportion and correlation can
/// be had.
struct Hill {
    double row = 0;
    double column = 0;
    double a = 1;
    double b = 0;
    double c = 1;
};
inline constexpr std::size_t kHillParameters = 5;

struct GaussianMixture {
    std::vector<Hill> hills;
    std::vector<double> floors;      ///< one a channel
    std::vector<double> amplitudes;  ///< hill k in channel h: [k · channels + h]
};

/// shape.count() values; floors and amplitudes must be for shape.channels.
void renderMixture(const GaussianMixture& mixture, const NodeShape& shape, float* out);

}  // namespace smidgen::storage
