// Directions grouped into codes. Internal: includes LibTorch.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>

namespace smidgen::models {

struct Clusters {
    at::Tensor centroids;  ///< k × dims unit vectors
    at::Tensor nearest;    ///< n, 64-bit: the cluster of every vector
    at::Tensor counts;     ///< k, 64-bit
};

/// Spherical k-means (Lloyd 1982) of n × dims unit vectors on the CPU into about equally used clusters: in
/// the first rounds one with few vectors goes to divide one with many; one left empty takes the vector worst
/// served. `first`: m × dims unit vectors to begin from, of which the k most chosen are kept; with fewer, or
/// none (undefined), the rest is seeded as by Arthur & Vassilvitskii 2007. Deterministic.
[[nodiscard]] Clusters clusterDirections(const at::Tensor& vectors, std::int64_t k, std::uint64_t seed,
                                         const at::Tensor& first = {});

}  // namespace smidgen::models
