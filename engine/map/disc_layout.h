// Places on the Poincaré disc for many embeddings: the general in the middle, the special at the rim, like
// beside like.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/map/disc_view.h"
#include "engine/map/neighbours.h"
#include "storage/geometry/poincare_disc.h"

namespace smidgen {

/// How many of its nearest a place is drawn to.
inline constexpr std::size_t kLayoutNeighbours = 12;
/// No place lies further from the middle (Euclidean).
inline constexpr double kOutermost = 0.995;

/// A group of things that lie together, for a label.
struct MapGroup {
    DiscPoint centre;
    double reach = 0;  ///< hyperbolic distance within which two thirds of it lie
    std::vector<std::uint32_t> members;
};

struct DiscLayout {
    std::vector<DiscPoint> places;  ///< one an embedding, in order
    std::vector<MapGroup> groups;   ///< large ones first
};

/// The tree of groups laid out by Sarkar's construction, items at its leaves.
[[nodiscard]] Result<std::vector<DiscPoint>> treePlaces(const EmbeddingTable& table,
                                                        const CancelToken& cancel = {});

/// Each item drawn towards those it is like and pushed from others, in steps along geodesics: a neighbour
/// embedding (McInnes et al. 2018) on the disc instead of the plane. How far from the middle an item may
/// stand says its rank by distance from what all are like on average. Starts from treePlaces(), which keeps
/// what lies far apart apart. Items with a place in `known` (one an item; may be empty) stay there, and the
/// others come to lie beside those they are like. Deterministic. `progress`: 0 … 1. Errors: cancelled.
[[nodiscard]] Result<std::vector<DiscPoint>> discPlaces(const EmbeddingTable& table,
                                                        const std::vector<std::optional<DiscPoint>>& known,
                                                        const CancelToken& cancel = {},
                                                        const std::function<void(double)>& progress = {});

/// Groups of the tree of groups, down to `least` members, each at most half as large as the one around it.
[[nodiscard]] Result<std::vector<MapGroup>> groupsOf(const EmbeddingTable& table,
                                                     const std::vector<DiscPoint>& places, std::size_t least,
                                                     const CancelToken& cancel = {});

/// How well places keep who is near whom, over `samples` items (0: all), with `k` nearest.
struct LayoutFigures {
    double kept = 0;  ///< share of the k nearest by embedding among the k nearest on the disc
    double trustworthiness =
        0;  ///< Venna & Kaski 2001: 1 when nobody is near on the disc who is not in truth
};
[[nodiscard]] LayoutFigures judgeLayout(const EmbeddingTable& table, const std::vector<DiscPoint>& places,
                                        std::size_t k, std::size_t samples = 0);

}  // namespace smidgen
