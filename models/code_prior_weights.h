// The numbers of the prior: one flat buffer, seen as named tensors. Torch-free: T is a tensor or a pointer.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "models/code_prior.h"

namespace smidgen::models {

/// Inner width of a feed-forward layer over its outer width.
inline constexpr int kPriorExpansion = 4;
/// Pair i of a head's n turns by base^(−i / n) per step. Far smaller than for text: a window is a few hundred
/// steps, and the finer the steps between frequencies, the better neighbours are told apart.
inline constexpr double kPriorRotationBase = 500.0;
/// What tells a step how far its sound has begun and how far off its end is.
inline constexpr int kPositionFeatures = 6;
/// Conditions that can each be missing: descriptors, global vector, position.
inline constexpr int kConditionParts = 3;

/// Rows of a level's embedding after its codes: no code (before the start, past the end); a hidden one.
[[nodiscard]] inline int absentCode(const CodePriorShape& shape) {
    return shape.codebookSize;
}
[[nodiscard]] inline int hiddenCode(const CodePriorShape& shape) {
    return shape.codebookSize + 1;
}
[[nodiscard]] inline int embeddingRows(const CodePriorShape& shape) {
    return shape.codebookSize + 2;
}

/// Pre-norm attention and feed-forward (Vaswani et al. 2017; Xiong et al. 2020). Matrices are inputs ×
/// outputs. `query` holds queries, keys and values side by side, each heads × (width / heads).
template <typename T>
struct PriorLayerWeights {
    T attentionGain, attentionBias;
    T queryWeight, queryBias;
    T outWeight, outBias;
    T forwardGain, forwardBias;
    T upWeight, upBias;
    T downWeight, downBias;
};

template <typename T>
struct PriorWeights {
    T embedding;         ///< levels · embeddingRows × width
    T descriptorWeight;  ///< kDescriptors × width
    T globalWeight;      ///< globalDims × width
    T positionWeight;    ///< kPositionFeatures × width
    T missing;           ///< kConditionParts × width: stands for a condition that is not given
    T memory;            ///< width: marks a frame of the surroundings of what is filled in
    std::vector<PriorLayerWeights<T>> layers;
    T finalGain, finalBias;
    T headWeight, headBias;  ///< width → levels · codebookSize
};

/// Name, slot, shape and whether weight decay applies.
template <typename T>
struct PriorSlot {
    std::string name;
    T* tensor = nullptr;
    std::vector<std::int64_t> shape;
    bool decays = false;
    [[nodiscard]] std::int64_t count() const {
        std::int64_t product = 1;
        for (const std::int64_t length : shape) product *= length;
        return product;
    }
};

/// Every tensor in the order of the flat buffer: those that decay first.
template <typename T>
[[nodiscard]] std::vector<PriorSlot<T>> priorSlots(const CodePriorShape& shape, PriorWeights<T>& weights) {
    const std::int64_t width = shape.width;
    const std::int64_t inner = kPriorExpansion * width;
    const std::int64_t levels = shape.levels;
    weights.layers.resize(static_cast<std::size_t>(shape.layers));
    std::vector<PriorSlot<T>> slots;
    slots.push_back({"embedding", &weights.embedding, {levels * embeddingRows(shape), width}, true});
    slots.push_back({"descriptor.weight", &weights.descriptorWeight, {kDescriptors, width}, true});
    slots.push_back({"global.weight", &weights.globalWeight, {shape.globalDims, width}, true});
    slots.push_back({"position.weight", &weights.positionWeight, {kPositionFeatures, width}, true});
    slots.push_back({"missing", &weights.missing, {kConditionParts, width}, false});
    slots.push_back({"memory", &weights.memory, {width}, false});
    for (std::size_t i = 0; i < weights.layers.size(); ++i) {
        PriorLayerWeights<T>& layer = weights.layers[i];
        const std::string name = "layer." + std::to_string(i);
        slots.push_back({name + ".attention.gain", &layer.attentionGain, {width}, false});
        slots.push_back({name + ".attention.bias", &layer.attentionBias, {width}, false});
        slots.push_back({name + ".query.weight", &layer.queryWeight, {width, 3 * width}, true});
        slots.push_back({name + ".query.bias", &layer.queryBias, {3 * width}, false});
        slots.push_back({name + ".out.weight", &layer.outWeight, {width, width}, true});
        slots.push_back({name + ".out.bias", &layer.outBias, {width}, false});
        slots.push_back({name + ".forward.gain", &layer.forwardGain, {width}, false});
        slots.push_back({name + ".forward.bias", &layer.forwardBias, {width}, false});
        slots.push_back({name + ".up.weight", &layer.upWeight, {width, inner}, true});
        slots.push_back({name + ".up.bias", &layer.upBias, {inner}, false});
        slots.push_back({name + ".down.weight", &layer.downWeight, {inner, width}, true});
        slots.push_back({name + ".down.bias", &layer.downBias, {width}, false});
    }
    slots.push_back({"final.gain", &weights.finalGain, {width}, false});
    slots.push_back({"final.bias", &weights.finalBias, {width}, false});
    slots.push_back({"head.weight", &weights.headWeight, {width, levels * shape.codebookSize}, true});
    slots.push_back({"head.bias", &weights.headBias, {levels * shape.codebookSize}, false});
    std::stable_partition(slots.begin(), slots.end(), [](const PriorSlot<T>& slot) { return slot.decays; });
    return slots;
}

/// What conditions are measured against: (value − mean) / scale enters the network. Descriptors, then g.
struct ConditionScale {
    std::vector<float> mean, scale;
};

/// Everything a prior needs to run.
struct PriorParameters {
    CodePriorShape shape;
    ConditionScale conditionScale;
    std::vector<float> flat;  ///< in slot order
};

/// How a frame lies in its sound, as the network is told: six values in 0…1 that fade with the time since its
/// start and until its end (0.1, 1 and 8 s).
void positionFeatures(const CodePriorShape& shape, std::int64_t frame, std::int64_t frames, float* out);

/// `conditions` as the network is told: kDescriptors, then globalDims values, normalised and held to ±4;
/// `present` gets kConditionParts flags (the position's is 1).
void conditionFeatures(const CodePriorShape& shape, const ConditionScale& scale,
                       const SoundConditions& conditions, float* values, float* present);

}  // namespace smidgen::models
