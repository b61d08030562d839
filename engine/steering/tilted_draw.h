// Drawing sounds so that they are, on average, as asked.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/analysis/descriptors.h"

namespace smidgen {

/// What the mean of what is drawn should be, and in which unit a miss counts (σ of the collection).
struct DrawTarget {
    std::array<std::optional<double>, kAttributeCount> wanted{};  ///< nothing: as without any target
    std::array<double, kAttributeCount> deviation{};              ///< 0: that attribute does not count
};

/// Shares (sum 1) by which to draw from `items`, nearest to `shares` (in the sense of Kullback & Leibler
/// 1951) among those whose mean is as wanted, and as it was in everything that nothing is wanted of:
/// exponential tilting, p ∝ share · exp(λ·x), by Newton's method on λ with a ridge that leaves what cannot be
/// reached. The same for the same input. `shares` are positive and as many as `items`.
[[nodiscard]] std::vector<double> tiltedShares(std::span<const Attributes> items,
                                               std::span<const double> shares, const DrawTarget& target);

}  // namespace smidgen
