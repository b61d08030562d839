#include "models/residual_quantiser.h"

namespace smidgen::models {
namespace {

constexpr double kNormEpsilon = 1e-8;

at::Tensor unitVectors(const at::Tensor& rows) {
    return rows / (rows.square().sum(1, true) + kNormEpsilon).sqrt();
}

}  // namespace

Quantised quantise(const MelVaeShape& shape, const std::vector<LevelWeights>& levels,
                   const at::Tensor& codebooks, const at::Tensor& z, const at::Tensor& levelsUsed) {
    const std::int64_t sounds = z.size(0), frames = z.size(1);
    at::Tensor residual = z.reshape({-1, shape.latentDims});
    Quantised result;
    std::vector<at::Tensor> choices;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const LevelWeights& level = levels[i];
        const auto index = static_cast<std::int64_t>(i);
        const at::Tensor input = unitVectors(at::addmm(level.inBias, residual, level.inWeight));
        const at::Tensor unit = input.detach();
        const at::Tensor codebook = codebooks[index];
        const at::Tensor choice = at::mm(unit, codebook.t()).argmax(1);
        const at::Tensor code = codebook.index_select(0, choice);
        const at::Tensor distance = (input - code).square().sum(1).mean();
        result.commitment = i == 0 ? distance : result.commitment + distance;
        const at::Tensor vector = at::addmm(level.outBias, input + (code - unit), level.outWeight);
        residual = residual - vector;
        at::Tensor part = vector.view({sounds, frames, shape.latentDims});
        if (levelsUsed.defined()) part = part * (levelsUsed > index).to(part.options()).view({sounds, 1, 1});
        result.z = i == 0 ? part : result.z + part;
        result.inputs.push_back(unit);
        choices.push_back(choice.view({sounds, frames}));
    }
    result.commitment = result.commitment / static_cast<double>(levels.size());
    result.codes = at::stack(choices, 2);
    return result;
}

at::Tensor sumOfCodes(const std::vector<LevelWeights>& levels, const at::Tensor& codebooks,
                      const at::Tensor& codes, std::int64_t used) {
    at::Tensor z;
    for (std::int64_t i = 0; i < used; ++i) {
        const LevelWeights& level = levels[static_cast<std::size_t>(i)];
        const at::Tensor code = codebooks[i].index_select(0, codes.select(2, i).reshape({-1}));
        const at::Tensor vector = at::addmm(level.outBias, code, level.outWeight);
        z = i == 0 ? vector : z + vector;
    }
    return z.view({codes.size(0), codes.size(1), -1});
}

}  // namespace smidgen::models
