#include "models/mel_vae_weights.h"

namespace smidgen::models {
namespace {

/// ln of the posterior variance at the start: a twentieth of a latent's spread; less of g, which speaks for
/// every frame.
constexpr float kLogVarianceStart = -6.0F;
constexpr float kGlobalLogVarianceStart = -9.0F;

}  // namespace

ParameterSlots parameterSlots(const MelVaeShape& shape, MelVaeWeights& weights) {
    const std::int64_t bands = shape.melBands;
    const std::int64_t width = shape.width;
    const std::int64_t fold = shape.fold;
    const std::int64_t z = shape.latentDims;
    const std::int64_t g = shape.globalDims;
    weights.encoder.resize(static_cast<std::size_t>(shape.encoderBlocks));
    weights.decoder.resize(static_cast<std::size_t>(shape.decoderBlocks));
    weights.levels.resize(static_cast<std::size_t>(shape.levels));

    ParameterSlots slots;
    slots.push_back({"input.weight", &weights.inputWeight, {bands, width}, true});
    slots.push_back({"input.bias", &weights.inputBias, {width}, false});
    for (std::size_t i = 0; i < weights.encoder.size(); ++i)
        addBlock(slots, "encoder." + std::to_string(i), weights.encoder[i], width);
    slots.push_back({"linear.encode", &weights.linearEncode, {fold * bands, z}, false});
    slots.push_back({"latent.weight", &weights.latentWeight, {fold * width, 2 * z}, true});
    slots.push_back({"latent.bias", &weights.latentBias, {2 * z}, false});
    slots.push_back({"pool.weight", &weights.poolWeight, {fold * width, 1}, true});
    slots.push_back({"pool.bias", &weights.poolBias, {1}, false});
    slots.push_back({"pool.encode", &weights.poolEncode, {bands, 1}, false});
    slots.push_back({"global.weight", &weights.globalWeight, {fold * width, 2 * g}, true});
    slots.push_back({"global.bias", &weights.globalBias, {2 * g}, false});
    slots.push_back({"global.encode", &weights.globalEncode, {bands, g}, false});
    slots.push_back({"latent.global", &weights.latentFromGlobal, {g, z}, false});
    for (std::size_t i = 0; i < weights.levels.size(); ++i) {
        LevelWeights& level = weights.levels[i];
        const std::string name = kLevelPrefix + std::to_string(i);
        slots.push_back({name + ".in.weight", &level.inWeight, {z, shape.codeDims}, false});
        slots.push_back({name + ".in.bias", &level.inBias, {shape.codeDims}, false});
        slots.push_back({name + ".out.weight", &level.outWeight, {shape.codeDims, z}, false});
        slots.push_back({name + ".out.bias", &level.outBias, {z}, false});
    }
    slots.push_back({"linear.decode", &weights.linearDecode, {z, fold * bands}, false});
    slots.push_back({"global.decode", &weights.globalDecode, {g, bands}, false});
    slots.push_back({"expand.weight", &weights.expandWeight, {z, fold * width}, true});
    slots.push_back({"expand.bias", &weights.expandBias, {fold * width}, false});
    const std::int64_t film = 2 * width * shape.decoderBlocks;
    slots.push_back({"film.weight", &weights.filmWeight, {g, film}, true});
    slots.push_back({"film.bias", &weights.filmBias, {film}, false});
    for (std::size_t i = 0; i < weights.decoder.size(); ++i)
        addBlock(slots, "decoder." + std::to_string(i), weights.decoder[i], width);
    slots.push_back({"output.weight", &weights.outputWeight, {width, bands}, true});
    slots.push_back({"output.bias", &weights.outputBias, {bands}, false});
    decayingFirst(slots);
    return slots;
}

Status validate(const MelVaeShape& shape) {
    struct Range {
        const char* name;
        int value, low, high;
    };
    for (const Range& range :
         {Range{"melBands", shape.melBands, 8, 1024}, Range{"width", shape.width, 8, 4096},
          Range{"encoderBlocks", shape.encoderBlocks, 0, 64},
          Range{"decoderBlocks", shape.decoderBlocks, 0, 64}, Range{"latentDims", shape.latentDims, 1, 512},
          Range{"globalDims", shape.globalDims, 1, 512}, Range{"fold", shape.fold, 1, 16},
          Range{"levels", shape.levels, 0, 16},
          Range{"codebookSize", shape.codebookSize, shape.quantised() ? 2 : 0, 65536},
          Range{"codeDims", shape.codeDims, 2, 64}})
        if (range.value < range.low || range.value > range.high)
            return failure(ErrorCode::invalidArgument, std::string("The model size '") + range.name +
                                                           "' must lie between " + std::to_string(range.low) +
                                                           " and " + std::to_string(range.high) + ", not " +
                                                           std::to_string(range.value) + ".");
    if (shape.latentDims > shape.fold * shape.melBands)
        return failure(ErrorCode::invalidArgument,
                       "The model size 'latentDims' must not exceed fold × melBands.");
    return {};
}

FlatWeights makeWeights(const MelVaeShape& shape, const at::Device& device) {
    FlatWeights weights;
    const auto slots = parameterSlots(shape, weights.views);
    weights.decayed = decayedLength(slots);
    weights.flat = at::zeros({flatLength(slots)}, at::TensorOptions(at::kFloat).device(device));
    viewFlat(shape, weights.flat, weights.views);
    return weights;
}

void viewFlat(const MelVaeShape& shape, const at::Tensor& flat, MelVaeWeights& views) {
    viewFlat(parameterSlots(shape, views), flat);
}

std::vector<at::Tensor> gradientLeaves(const MelVaeShape& shape, const at::Tensor& flat,
                                       MelVaeWeights& views) {
    return gradientLeaves(parameterSlots(shape, views), flat);
}

void initialise(const MelVaeShape& shape, std::uint64_t seed, FlatWeights& weights) {
    const at::NoGradGuard noGradients;
    // parameterSlots() only names the slots here: the views keep their memory.
    initialise(parameterSlots(shape, weights.views),
               {"output.weight", "latent.weight", "film.weight", "pool.weight", "global.weight"}, seed);
    weights.views.latentBias.narrow(0, shape.latentDims, shape.latentDims).fill_(kLogVarianceStart);
    weights.views.globalBias.narrow(0, shape.globalDims, shape.globalDims).fill_(kGlobalLogVarianceStart);
}

}  // namespace smidgen::models
