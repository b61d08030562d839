// Gradients of a batch cut into shards, summed in a fixed order whatever the number of threads. Internal:
// includes LibTorch.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <functional>
#include <vector>

namespace smidgen::models {

/// Sounds [first, last) of a batch that a shard takes.
struct ShardRange {
    std::size_t index = 0;
    std::int64_t first = 0, last = 0;
    /// Of the whole batch.
    double share = 0;
};

/// `loss` returns the mean loss over its range, as a function of the shard's leaves; called in up to
/// `threads` threads at once, each with LibTorch held to one. → Σ share × gradient, flat in the order of the
/// leaves, in `gradients`[0]; the other gradients are scratch. `leaves` and `gradients` have one entry a
/// shard. Throws what `loss` threw.
void sumGradients(std::int64_t sounds, int threads, const std::vector<std::vector<at::Tensor>>& leaves,
                  std::vector<at::Tensor>& gradients,
                  const std::function<at::Tensor(const ShardRange&)>& loss);

}  // namespace smidgen::models
