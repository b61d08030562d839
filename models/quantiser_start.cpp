#include "models/quantiser_start.h"

#include <algorithm>
#include <cmath>

#include "models/code_clusters.h"
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
constexpr std::int64_t kRemembered = 512;

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

/// Unit vectors a level's codes are to be found among, as `level` makes them of what is left of z.
at::Tensor directionsOf(const LevelWeights& level, const at::Tensor& residual) {
    const at::Tensor rows = at::addmm(level.inBias.to(at::kCPU), residual, level.inWeight.to(at::kCPU));
    return rows / rows.square().sum(1, true).clamp_min(1e-12).sqrt();
}

/// Sets the way in: the directions in which most is left, on the sphere.
void placeInput(const MelVaeShape& shape, const at::Tensor& residual, const at::Tensor& weights,
                LevelWeights& level) {
    const std::int64_t directions = std::min<std::int64_t>(shape.codeDims - 1, shape.latentDims);
    const at::Tensor weighed = residual * weights;
    const at::Tensor mean = weighed.mean(0, true);
    const at::Tensor axes = principalDirections(weighed - mean, directions);
    const double spread = at::mm(weighed - mean, axes).square().sum(1).mean().sqrt().item<double>();
    const double pole = kPole * std::max(1e-6, spread);
    const at::Tensor inWeight = at::zeros({shape.latentDims, shape.codeDims});
    inWeight.narrow(1, 0, directions).copy_(weights.unsqueeze(1) * axes / pole);
    const at::Tensor inBias = at::zeros({shape.codeDims});
    inBias.narrow(0, 0, directions).copy_(-at::mm(mean, axes)[0] / pole);
    inBias[shape.codeDims - 1].fill_(1.0);
    level.inWeight.copy_(inWeight);
    level.inBias.copy_(inBias);
}

/// Sets the way back: what codes stand for, by least squares.
void placeOutput(const MelVaeShape& shape, const at::Tensor& residual, const at::Tensor& weights,
                 const Clusters& clusters, LevelWeights& level) {
    const at::Tensor chosen = onesBeside(clusters.centroids.index_select(0, clusters.nearest));
    const double ridge = kRidge * static_cast<double>(residual.size(0)) / shape.codebookSize;
    const at::Tensor gram = at::mm(chosen.t(), chosen) + ridge * at::eye(shape.codeDims + 1);
    const at::Tensor target = at::mm(chosen.t(), residual * weights);
    const at::Tensor back =
        at::linalg_solve(gram.to(at::kDouble), target.to(at::kDouble)).to(at::kFloat) / weights;
    level.outWeight.copy_(back.narrow(0, 0, shape.codeDims));
    level.outBias.copy_(back[shape.codeDims]);
}

/// `perVector`: steps' vectors for each one clustered.
CodebookAverage codebookOf(const MelVaeTraining& training, const at::Tensor& directions,
                           const Clusters& clusters, double perVector) {
    const MelVaeShape& shape = training.shape;
    CodebookAverage codebook(shape.codebookSize, shape.codeDims, codebookSettings(training));
    const at::Tensor centroids = clusters.centroids.contiguous();
    const at::Tensor counts = (clusters.counts.to(at::kFloat) * perVector).contiguous();
    codebook.start({centroids.data_ptr<float>(), static_cast<std::size_t>(centroids.numel())},
                   {counts.data_ptr<float>(), static_cast<std::size_t>(counts.numel())});
    const std::int64_t kept = std::min<std::int64_t>(directions.size(0), kRemembered);
    const at::Tensor places = (at::arange(kept) * directions.size(0)).div(kept, "trunc").to(at::kLong);
    const at::Tensor some = directions.index_select(0, places).contiguous();
    codebook.remember({some.data_ptr<float>(), static_cast<std::size_t>(some.numel())});
    return codebook;
}

}  // namespace

std::vector<CodebookAverage> startQuantiser(const MelVaeTraining& training, MelVaeState& state,
                                            std::span<const float> sample) {
    const at::NoGradGuard noGradients;
    const MelVaeShape& shape = state.shape;
    const at::Tensor x = piecesOf(state, sample, training.cropFrames);
    const FrameCodes codes = encodeFrames(shape, state.weights.views, x);
    const at::Tensor g = poolGlobals(shape, codes.poolScores, codes.globals).mean;
    const at::Tensor z = relativeTo(state.weights.views, g, codes.zMean);
    const bool adapts = state.codebooks.defined();
    const at::Tensor weights = adapts ? at::Tensor() : decoderWeights(state, z, g).to(at::kCPU);

    const at::Tensor sounding = soundingFrames(x, shape.fold, silenceOf(state));
    at::Tensor residual = z.reshape({-1, shape.latentDims});
    if (sounding.size(0) >= shape.codebookSize) residual = residual.index_select(0, sounding);
    residual = residual.to(at::kCPU);
    const double perVector = static_cast<double>(training.batchSize) * training.cropFrames / shape.fold /
                             static_cast<double>(residual.size(0));
    std::vector<CodebookAverage> codebooks;
    for (std::size_t i = 0; i < state.weights.views.levels.size(); ++i) {
        LevelWeights& level = state.weights.views.levels[i];
        if (!adapts) placeInput(shape, residual, weights, level);
        const at::Tensor directions = directionsOf(level, residual);
        const at::Tensor first =
            adapts ? state.codebooks[static_cast<std::int64_t>(i)].to(at::kCPU) : at::Tensor();
        const Clusters clusters =
            clusterDirections(directions, shape.codebookSize, mixSeed(training.seed, i), first);
        if (!adapts) placeOutput(shape, residual, weights, clusters, level);
        residual = residual - at::addmm(level.outBias.to(at::kCPU),
                                        clusters.centroids.index_select(0, clusters.nearest),
                                        level.outWeight.to(at::kCPU));
        codebooks.push_back(codebookOf(training, directions, clusters, perVector));
    }
    return codebooks;
}

}  // namespace smidgen::models
