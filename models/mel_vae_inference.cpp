#include "models/mel_vae_inference.h"

#include <algorithm>

#include "models/residual_quantiser.h"

namespace smidgen::models {
namespace {

/// About eleven seconds: a few tens of megabytes of activations.
constexpr std::int64_t kPieceLatentFrames = 512;

/// Latent frames on each side that can reach a frame through `blocks` depthwise filters.
std::int64_t haloFor(int blocks, int fold) {
    const std::int64_t frames = static_cast<std::int64_t>(blocks) * (kBlockKernel / 2);
    return (frames + fold - 1) / fold;
}

/// Latent frames whose distances to a codebook are in memory at a time.
constexpr std::int64_t kQuantisedAtOnce = 4096;

struct Piece {
    std::int64_t start, length;          ///< what is kept, in latent frames
    std::int64_t contextStart, context;  ///< what is run
};

std::vector<Piece> piecesOf(std::int64_t frames, std::int64_t halo) {
    std::vector<Piece> pieces;
    for (std::int64_t start = 0; start < frames; start += kPieceLatentFrames) {
        const std::int64_t length = std::min(kPieceLatentFrames, frames - start);
        const std::int64_t from = std::max<std::int64_t>(0, start - halo);
        const std::int64_t to = std::min(frames, start + length + halo);
        pieces.push_back({start, length, from, to - from});
    }
    return pieces;
}

at::Tensor hostView(std::span<const float> values, std::int64_t rows, std::int64_t columns) {
    return at::from_blob(const_cast<float*>(values.data()), {rows, columns}, at::kFloat);
}

std::vector<float> hostValues(const at::Tensor& tensor) {
    const at::Tensor values = tensor.to(at::kCPU).contiguous();
    return {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()};
}

}  // namespace

Latents encodeSound(const MelVaeState& state, const MelVaeWeights& weights, std::span<const float> logMel) {
    const at::NoGradGuard noGradients;
    const MelVaeShape& shape = state.shape;
    const at::Device device = state.weights.flat.device();
    const std::int64_t frames = static_cast<std::int64_t>(logMel.size()) / shape.melBands;
    const std::int64_t latentFrames = (frames + shape.fold - 1) / shape.fold;
    const at::Tensor mel = hostView(logMel, frames, shape.melBands);

    std::vector<at::Tensor> means, scores, globals;
    for (const Piece& piece : piecesOf(latentFrames, haloFor(shape.encoderBlocks, shape.fold))) {
        const std::int64_t first = piece.contextStart * shape.fold;
        const std::int64_t wanted = piece.context * shape.fold;
        at::Tensor x = mel.narrow(0, first, std::min(wanted, frames - first));
        if (x.size(0) < wanted)
            x = at::cat({x, x.narrow(0, x.size(0) - 1, 1).expand({wanted - x.size(0), shape.melBands})});
        x = ((x.to(device) - state.normalisation.mean) / state.normalisation.scale).unsqueeze(0);
        const FrameCodes codes = encodeFrames(shape, weights, x);
        const std::int64_t skip = piece.start - piece.contextStart;
        means.push_back(codes.zMean.narrow(1, skip, piece.length));
        scores.push_back(codes.poolScores.narrow(1, skip, piece.length));
        globals.push_back(codes.globals.narrow(1, skip, piece.length));
    }
    Latents latents;
    latents.latentDims = shape.latentDims;
    const at::Tensor g = poolGlobals(shape, at::cat(scores, 1), at::cat(globals, 1)).mean;
    latents.z = hostValues(relativeTo(weights, g, at::cat(means, 1)));
    latents.g = hostValues(g);
    return latents;
}

MelCodes codesOfLatents(const MelVaeState& state, const MelVaeWeights& weights, const Latents& latents) {
    const at::NoGradGuard noGradients;
    const std::int64_t frames = latents.frames().value;
    const at::Tensor z = hostView(latents.z, frames, latents.latentDims);
    MelCodes result;
    result.levels = state.shape.levels;
    result.g = latents.g;
    for (std::int64_t start = 0; start < frames; start += kQuantisedAtOnce) {
        const std::int64_t count = std::min(kQuantisedAtOnce, frames - start);
        const at::Tensor part = z.narrow(0, start, count).to(state.codebooks.device()).unsqueeze(0);
        const at::Tensor codes =
            quantise(state.shape, weights.levels, state.codebooks, part, {}).codes.to(at::kCPU).contiguous();
        const auto* values = codes.data_ptr<std::int64_t>();
        for (std::int64_t i = 0; i < codes.numel(); ++i)
            result.codes.push_back(static_cast<std::uint16_t>(values[i]));
    }
    return result;
}

Latents latentsOfCodes(const MelVaeState& state, const MelVaeWeights& weights, const MelCodes& codes,
                       int levels) {
    const at::NoGradGuard noGradients;
    const std::int64_t frames = codes.frames().value;
    at::Tensor indices = at::empty({1, frames, codes.levels}, at::kLong);
    std::copy(codes.codes.begin(), codes.codes.end(), indices.data_ptr<std::int64_t>());
    Latents latents;
    latents.latentDims = state.shape.latentDims;
    latents.g = codes.g;
    latents.z =
        hostValues(sumOfCodes(weights.levels, state.codebooks, indices.to(state.codebooks.device()), levels));
    return latents;
}

std::vector<float> decodeSound(const MelVaeState& state, const MelVaeWeights& weights,
                               const Latents& latents) {
    const at::NoGradGuard noGradients;
    const MelVaeShape& shape = state.shape;
    const at::Device device = state.weights.flat.device();
    const std::int64_t latentFrames = latents.frames().value;
    const bool oneGlobal = static_cast<std::int64_t>(latents.g.size()) == shape.globalDims;
    const at::Tensor z = hostView(latents.z, latentFrames, shape.latentDims);
    const at::Tensor g = hostView(latents.g, oneGlobal ? 1 : latentFrames, shape.globalDims);

    const auto frameValues = static_cast<std::size_t>(shape.fold * shape.melBands);
    std::vector<float> mel(static_cast<std::size_t>(latentFrames) * frameValues);
    for (const Piece& piece : piecesOf(latentFrames, haloFor(shape.decoderBlocks, shape.fold))) {
        const at::Tensor zPart = z.narrow(0, piece.contextStart, piece.context).to(device).unsqueeze(0);
        const at::Tensor gPart =
            (oneGlobal ? g : g.narrow(0, piece.contextStart, piece.context)).to(device).unsqueeze(0);
        const at::Tensor x =
            decodeFrames(shape, weights, zPart, gPart) * state.normalisation.scale + state.normalisation.mean;
        const std::int64_t skip = (piece.start - piece.contextStart) * shape.fold;
        const auto values =
            hostValues(x[0].narrow(0, skip, piece.length * shape.fold).clamp_min(kLogMelOfSilence));
        std::copy(
            values.begin(), values.end(),
            mel.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(piece.start) * frameValues));
    }
    return mel;
}

}  // namespace smidgen::models
