#include "models/code_clusters.h"

#include <algorithm>

#include "engine/foundation/random.h"

namespace smidgen::models {
namespace {

constexpr int kRounds = 24;
/// In the first rounds a cluster with less than this share of an even spread goes to divide one with more
/// than that share: codes are then used about equally often.
constexpr int kBalancedRounds = 16;
constexpr double kSparse = 0.4;
constexpr double kCrowded = 1.6;
constexpr std::uint64_t kClusterStream = 0x6b6d65616e73ULL;

/// The k most chosen of `first`, in their order; all of them when there are fewer.
at::Tensor mostChosen(const at::Tensor& vectors, const at::Tensor& first, std::int64_t k) {
    if (first.size(0) <= k) return first;
    const at::Tensor counts = at::bincount(at::mm(vectors, first.t()).argmax(1), {}, first.size(0));
    const at::Tensor order = std::get<1>(counts.sort(/*stable=*/true, 0, /*descending=*/true));
    return first.index_select(0, std::get<0>(order.narrow(0, 0, k).sort()));
}

/// `first`, and further vectors until there are k: each is drawn in proportion to the squared distance from
/// those before.
at::Tensor seeds(const at::Tensor& vectors, const at::Tensor& first, std::int64_t k, Random& random) {
    const std::int64_t n = vectors.size(0);
    at::Tensor centroids = at::empty({k, vectors.size(1)}, vectors.options());
    at::Tensor distance = at::full({n}, 4.0, vectors.options());
    const auto add = [&](std::int64_t i, const at::Tensor& vector) {
        centroids[i].copy_(vector);
        distance = at::minimum(distance, (vectors - vector).square().sum(1));
    };
    const std::int64_t given = first.defined() ? first.size(0) : 0;
    for (std::int64_t i = 0; i < given; ++i) add(i, first[i]);
    for (std::int64_t i = given; i < k; ++i) {
        const at::Tensor running = distance.to(at::kDouble).cumsum(0);
        const double* sums = running.data_ptr<double>();
        const double place = random.uniform() * sums[n - 1];
        add(i, vectors[std::min<std::int64_t>(std::upper_bound(sums, sums + n, place) - sums, n - 1)]);
    }
    return centroids;
}

}  // namespace

Clusters clusterDirections(const at::Tensor& vectors, std::int64_t k, std::uint64_t seed,
                           const at::Tensor& first) {
    const std::int64_t n = vectors.size(0);
    Random random(mixSeed(seed, kClusterStream));
    at::Tensor centroids = seeds(vectors, first.defined() ? mostChosen(vectors, first, k) : first, k, random);
    Clusters clusters;
    for (int round = 0;; ++round) {
        const auto [similarity, nearest] = at::mm(vectors, centroids.t()).max(1);
        clusters.nearest = nearest;
        clusters.counts = at::bincount(nearest, {}, k);
        if (round == kRounds) break;
        at::Tensor sums = at::zeros_like(centroids).index_add_(0, nearest, vectors);
        auto* counts = clusters.counts.data_ptr<std::int64_t>();
        const at::Tensor worst = similarity.argsort(0, false);
        const double even = static_cast<double>(n) / static_cast<double>(k);
        for (std::int64_t i = 0, taken = 0; i < k; ++i) {
            if (counts[i] == 0 && taken < n) {
                sums[i].copy_(vectors[worst[taken++].item<std::int64_t>()]);
            } else if (round < kBalancedRounds && static_cast<double>(counts[i]) < kSparse * even) {
                const std::int64_t crowded = std::max_element(counts, counts + k) - counts;
                if (static_cast<double>(counts[crowded]) < kCrowded * even) continue;
                const at::Tensor members = (nearest == crowded).nonzero();
                const auto member =
                    static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(members.size(0))));
                sums[i].copy_(vectors[members[member].item<std::int64_t>()]);
                counts[crowded] /= 2;
                counts[i] = counts[crowded];
            }
        }
        centroids = sums / sums.square().sum(1, true).clamp_min(1e-12).sqrt();
    }
    clusters.centroids = centroids;
    return clusters;
}

}  // namespace smidgen::models
