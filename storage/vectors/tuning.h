// How good and how costly graph searches are: measured against scans of the same rows.
#pragma once

#include "storage/vectors/vector_store.h"

namespace smidgen::storage {

/// Part of the k nearest other rows that graph searches find, over `queries` living rows drawn at random; 1
/// where there is no graph or nothing to find.
[[nodiscard]] double graphRecall(const VectorStore& store, std::size_t queries, std::size_t k,
                                 std::size_t effort, std::uint64_t seed);

/// The least effort that finds `goal` of the ten nearest, and the processor time that searches take. Costs a
/// few hundred scans.
[[nodiscard]] Tuning tuneSearches(const VectorStore& store, double goal);

}  // namespace smidgen::storage
