// Who is like whom: the nearest others of each of many embeddings.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"

namespace smidgen {

/// Embeddings one after the other, Euclidean. Borrowed.
struct EmbeddingTable {
    std::span<const float> values;  ///< count × dims
    std::size_t dims = 0;

    [[nodiscard]] std::size_t count() const { return dims == 0 ? 0 : values.size() / dims; }
    [[nodiscard]] std::span<const float> row(std::size_t i) const { return values.subspan(i * dims, dims); }
    /// Squared.
    [[nodiscard]] float gap(std::size_t a, std::size_t b) const;
};

/// Row i: its `k` nearest others, nearest first.
struct NeighbourGraph {
    std::size_t k = 0;
    std::vector<std::uint32_t> near;  ///< count × k
    std::vector<float> distance;      ///< count × k

    [[nodiscard]] std::span<const std::uint32_t> of(std::size_t i) const {
        return std::span(near).subspan(i * k, k);
    }
};

/// Up to this many items are compared each with each.
inline constexpr std::size_t kMostComparedAll = 4096;

/// At most `k` (fewer where there are fewer others). Exact up to kMostComparedAll; above, from a forest of
/// random projection trees (Dasgupta & Freund 2008) improved by neighbours of neighbours (Dong et al. 2011),
/// which finds nearly all. Deterministic. Errors: cancelled.
[[nodiscard]] Result<NeighbourGraph> nearestOthers(const EmbeddingTable& table, std::size_t k,
                                                   const CancelToken& cancel = {});

}  // namespace smidgen
