// What becomes of a block that was changed in two stores without either knowing of the other.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "storage/blocks/vector_spaces.h"

namespace smidgen::storage {

enum class ConflictPolicy {
    manual,      ///< nothing: it is listed, and resolved later (resolveConflict)
    newestWins,  ///< the one changed last; the other stays as a superseded version
    keepBoth,    ///< the target's stays, the source's becomes a block of its own, linked "other-version-of"
    merge,       ///< the newest's, with the tags of both and the means of their vectors
    sourceWins,
    targetWins
};

/// Two versions of one block in what a person sees of it: everything but numbers, times and lineage.
[[nodiscard]] bool isSameState(const Block& a, const Block& b);

/// The one changed last; of the same time, the same one whichever way it is asked.
[[nodiscard]] bool isNewer(const Block& a, const Block& b);

/// The point half way between two vectors of the space `name`.
using VectorMean = std::function<std::vector<float>(const std::string& name, const std::vector<float>& a,
                                                    const std::vector<float>& b)>;

/// Half way along the geodesic in spaces that are defined, number by number elsewhere; `a` when the two
/// cannot be compared.
[[nodiscard]] VectorMean meanIn(std::vector<VectorSpace> spaces);

/// As ConflictPolicy::merge. The i-th vector of a space meets the i-th of the same space; what only one has
/// stays. Lineages are merged.
[[nodiscard]] Block mergeBlocks(const Block& a, const Block& b, const VectorMean& mean);

}  // namespace smidgen::storage
