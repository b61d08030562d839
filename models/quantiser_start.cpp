#include "models/quantiser_start.h"

#include <algorithm>
#include <cmath>

#include "models/mel_vae_loss.h"
#include "models/mel_vae_network.h"
#include "models/trainer_core.h"

namespace smidgen::models {
namespace {

constexpr std::int64_t kMostVectors = 32768;
/// Pieces whose decoding shows how much a dimension of z matters.
constexpr std::int64_t kProbePieces = 12;
constexpr double kProbeShare = 0.3;  ///< of a dimension's spread
constexpr double kLeastWeight = 1e-3;
/// Height of the sphere's pole over the rms length of what is lifted onto it: the higher, the closer angles
/// are to distances.
constexpr double kPole = 3;
constexpr double kRidge = 1e-4;
constexpr int kRounds = 24;
/// In the first rounds a cluster with less than this share of an even spread goes to divide one with more
/// than that share: codes are then used about equally often.
constexpr int kBalancedRounds = 16;
constexpr double kSparse = 0.4;
constexpr double kCrowded = 1.6;
constexpr std::uint64_t kClusterStream = 0x6b6d65616e73ULL;

/// The sample as normalised pieces: B × cropFrames × bands.
at::Tensor piecesOf(const MelVaeState& state, std::span<const float> sample, std::int64_t cropFrames) {
    const std::int64_t bands = state.shape.melBands;
    const std::int64_t frames = static_cast<std::int64_t>(sample.size()) / bands;
    const std::int64_t length = std::min(frames, cropFrames) / state.shape.fold * state.shape.fold;
    const std::int64_t pieces = std::max<std::int64_t>(1, frames / length);
    const at::Tensor all = at::from_blob(const_cast<float*>(sample.data()), {frames, bands}, at::kFloat);
    const at::Tensor kept = all.narrow(0, 0, pieces * length).view({pieces, length, bands});
    const std::int64_t most =
        std::max<std::int64_t>(1, kMostVectors * state.shape.fold / std::max<std::int64_t>(length, 1));
    const at::Tensor chosen =
        pieces <= most ? at::arange(pieces) : (at::arange(most) * pieces).div(most, "trunc").to(at::kLong);
    return (kept.index_select(0, chosen).to(state.weights.flat.device()) - state.normalisation.mean) /
           state.normalisation.scale;
}

/// How far the rebuilt mel moves, root mean square per latent frame, when a dimension of z moves by one.
at::Tensor decoderWeights(const MelVaeState& state, const at::Tensor& z, const at::Tensor& g) {
    const std::int64_t count = std::min(kProbePieces, z.size(0));
    const at::Tensor chosen =
        (at::arange(count) * z.size(0)).div(count, "trunc").to(at::kLong).to(z.device());
    const at::Tensor some = z.index_select(0, chosen), globals = g.index_select(0, chosen);
    const at::Tensor plain = decodeFrames(state.shape, state.weights.views, some, globals);
    const at::Tensor spread = z.std(at::IntArrayRef({0, 1}), false).clamp_min(1e-6);
    const at::Tensor weights = at::empty({state.shape.latentDims}, z.options());
    for (std::int64_t dim = 0; dim < state.shape.latentDims; ++dim) {
        const double move = kProbeShare * spread[dim].item<double>();
        at::Tensor moved = some.clone();
        moved.select(2, dim).add_(move);
        const at::Tensor change = decodeFrames(state.shape, state.weights.views, moved, globals) - plain;
        const double perFrame =
            change.square().sum().item<double>() / static_cast<double>(some.size(0) * some.size(1));
        weights[dim].fill_(std::sqrt(perFrame) / move);
    }
    return weights.clamp_min(kLeastWeight * weights.max().item<double>());
}

/// The `count` directions with most energy in centred rows, as columns.
at::Tensor principalDirections(const at::Tensor& rows, std::int64_t count) {
    const at::Tensor covariance = at::mm(rows.t(), rows);
    const auto [values, vectors] = at::linalg_eigh(covariance);
    at::Tensor directions = vectors.narrow(1, vectors.size(1) - count, count).flip(1);
    const at::Tensor largest = directions.gather(0, directions.abs().argmax(0, true));
    return directions * largest.sign();
}

at::Tensor onesBeside(const at::Tensor& rows) {
    return at::cat({rows, at::ones({rows.size(0), 1}, rows.options())}, 1);
}

}  // namespace

Clusters clusterDirections(const at::Tensor& vectors, std::int64_t k, std::uint64_t seed) {
    const std::int64_t n = vectors.size(0);
    Random random(mixSeed(seed, kClusterStream));
    at::Tensor centroids = at::empty({k, vectors.size(1)}, vectors.options());
    // Seeds: each next one is drawn in proportion to the squared distance from those before.
    at::Tensor distance = at::full({n}, 4.0, vectors.options());
    std::int64_t chosen = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(n)));
    for (std::int64_t i = 0; i < k; ++i) {
        centroids[i].copy_(vectors[chosen]);
        distance = at::minimum(distance, (vectors - vectors[chosen]).square().sum(1));
        const at::Tensor running = distance.to(at::kDouble).cumsum(0);
        const double* sums = running.data_ptr<double>();
        const double place = random.uniform() * sums[n - 1];
        chosen = std::min<std::int64_t>(std::upper_bound(sums, sums + n, place) - sums, n - 1);
    }
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

std::vector<CodebookAverage> startQuantiser(const MelVaeTraining& training, MelVaeState& state,
                                            std::span<const float> sample) {
    const at::NoGradGuard noGradients;
    const MelVaeShape& shape = state.shape;
    const at::Device device = state.weights.flat.device();
    const at::Tensor x = piecesOf(state, sample, training.cropFrames);
    const FrameCodes codes = encodeFrames(shape, state.weights.views, x);
    const at::Tensor g = poolGlobals(shape, codes.poolScores, codes.globals).mean;
    const at::Tensor z = relativeTo(state.weights.views, g, codes.zMean);
    const at::Tensor weights = decoderWeights(state, z, g).to(at::kCPU);

    const at::Tensor sounding = soundingFrames(x, shape.fold, silenceOf(state));
    at::Tensor residual = z.reshape({-1, shape.latentDims});
    if (sounding.size(0) >= shape.codebookSize) residual = residual.index_select(0, sounding);
    residual = residual.to(at::kCPU) * weights;
    const std::int64_t directions = std::min<std::int64_t>(shape.codeDims - 1, shape.latentDims);
    const double perStep = static_cast<double>(training.batchSize) * training.cropFrames / shape.fold /
                           static_cast<double>(residual.size(0));
    std::vector<CodebookAverage> codebooks;
    for (std::size_t i = 0; i < state.weights.views.levels.size(); ++i) {
        LevelWeights& level = state.weights.views.levels[i];
        const at::Tensor mean = residual.mean(0, true);
        const at::Tensor axes = principalDirections(residual - mean, directions);
        const at::Tensor flat = at::mm(residual - mean, axes);
        const double pole = kPole * std::max(1e-6, flat.square().sum(1).mean().sqrt().item<double>());
        at::Tensor lifted = at::zeros({residual.size(0), shape.codeDims});
        lifted.narrow(1, 0, directions).copy_(flat);
        lifted.select(1, shape.codeDims - 1).fill_(pole);
        lifted = lifted / lifted.square().sum(1, true).sqrt();
        const Clusters clusters = clusterDirections(lifted, shape.codebookSize, mixSeed(training.seed, i));

        const at::Tensor chosen = onesBeside(clusters.centroids.index_select(0, clusters.nearest));
        const at::Tensor gram = at::mm(chosen.t(), chosen) + kRidge * static_cast<double>(residual.size(0)) /
                                                                 shape.codebookSize *
                                                                 at::eye(shape.codeDims + 1);
        const at::Tensor back =
            at::linalg_solve(gram.to(at::kDouble), at::mm(chosen.t(), residual).to(at::kDouble))
                .to(at::kFloat);

        const at::Tensor inWeight = at::zeros({shape.latentDims, shape.codeDims});
        inWeight.narrow(1, 0, directions).copy_(weights.unsqueeze(1) * axes / pole);
        const at::Tensor inBias = at::zeros({shape.codeDims});
        inBias.narrow(0, 0, directions).copy_(-at::mm(mean, axes)[0] / pole);
        inBias[shape.codeDims - 1].fill_(1.0);
        level.inWeight.copy_(inWeight.to(device));
        level.inBias.copy_(inBias.to(device));
        level.outWeight.copy_((back.narrow(0, 0, shape.codeDims) / weights).to(device));
        level.outBias.copy_((back[shape.codeDims] / weights).to(device));
        residual = residual - at::mm(chosen, back);

        CodebookAverage codebook(shape.codebookSize, shape.codeDims, codebookSettings(training));
        const at::Tensor centroids = clusters.centroids.contiguous();
        const at::Tensor counts = (clusters.counts.to(at::kFloat) * perStep).contiguous();
        codebook.start({centroids.data_ptr<float>(), static_cast<std::size_t>(centroids.numel())},
                       {counts.data_ptr<float>(), static_cast<std::size_t>(counts.numel())});
        const std::int64_t kept = std::min<std::int64_t>(lifted.size(0), 512);
        const at::Tensor some =
            lifted.index_select(0, (at::arange(kept) * lifted.size(0)).div(kept, "trunc").to(at::kLong))
                .contiguous();
        codebook.remember({some.data_ptr<float>(), static_cast<std::size_t>(some.numel())});
        codebooks.push_back(std::move(codebook));
    }
    return codebooks;
}

}  // namespace smidgen::models
