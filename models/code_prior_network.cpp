#include "models/code_prior_network.h"

#include <cmath>
#include <limits>

#include "engine/foundation/random.h"

namespace smidgen::models {
namespace {

constexpr double kNormEpsilon = 1e-5;

at::Tensor project(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
    return at::addmm(bias, x.reshape({-1, weight.size(0)}), weight)
        .view({x.size(0), x.size(1), weight.size(1)});
}

at::Tensor normalise(const at::Tensor& x, const at::Tensor& gain, const at::Tensor& bias) {
    return at::layer_norm(x, {x.size(2)}, gain, bias, kNormEpsilon);
}

/// Places of the tokens in time: frames of the memory (when there is one), then steps.
struct Places {
    std::int64_t memory = 0, steps = 0;
    at::Tensor cosine, sine;  ///< tokens × half a head
    at::Tensor mask;          ///< tokens × tokens: 0 where a row may look at a column, else −∞
};

Places placesOf(const CodePriorShape& shape, std::int64_t memory, std::int64_t steps,
                const at::Device& device) {
    const std::int64_t tokens = memory + steps;
    const int half = shape.width / shape.heads / 2;
    const auto time = [&](std::int64_t token) { return token < memory ? token : token - memory; };
    at::Tensor cosine = at::empty({tokens, half}, at::kFloat);
    at::Tensor sine = at::empty({tokens, half}, at::kFloat);
    at::Tensor mask = at::zeros({tokens, tokens}, at::kFloat);
    float* c = cosine.data_ptr<float>();
    float* s = sine.data_ptr<float>();
    float* m = mask.data_ptr<float>();
    for (std::int64_t row = 0; row < tokens; ++row) {
        for (int i = 0; i < half; ++i) {
            const double angle =
                static_cast<double>(time(row)) * std::pow(kPriorRotationBase, -static_cast<double>(i) / half);
            *c++ = static_cast<float>(std::cos(angle));
            *s++ = static_cast<float>(std::sin(angle));
        }
        for (std::int64_t column = 0; column < tokens; ++column) {
            const std::int64_t back = time(row) - time(column);
            const bool near = back < shape.window && back > -shape.window;
            const bool sees = column < memory ? near : row >= memory && near && back >= 0;
            if (!sees) m[row * tokens + column] = -std::numeric_limits<float>::infinity();
        }
    }
    return {memory, steps, cosine.to(device), sine.to(device), mask.to(device)};
}

/// Rotary position embedding (Su et al. 2021). x: B × heads × tokens × head.
at::Tensor rotated(const at::Tensor& x, const Places& places) {
    const std::int64_t half = x.size(3) / 2;
    const at::Tensor low = x.narrow(3, 0, half);
    const at::Tensor high = x.narrow(3, half, half);
    return at::cat({low * places.cosine - high * places.sine, low * places.sine + high * places.cosine}, 3);
}

at::Tensor attend(const CodePriorShape& shape, const PriorLayerWeights<at::Tensor>& layer,
                  const at::Tensor& x, const Places& places) {
    const std::int64_t sounds = x.size(0), tokens = x.size(1), width = shape.width;
    const std::int64_t head = width / shape.heads;
    const at::Tensor all = project(x, layer.queryWeight, layer.queryBias);
    const auto part = [&](std::int64_t index) {
        return all.narrow(2, index * width, width)
            .reshape({sounds, tokens, shape.heads, head})
            .transpose(1, 2);
    };
    const at::Tensor query = rotated(part(0), places) * (1.0 / std::sqrt(static_cast<double>(head)));
    const at::Tensor key = rotated(part(1), places);
    const at::Tensor weights = at::softmax(at::matmul(query, key.transpose(2, 3)) + places.mask, 3);
    const at::Tensor mixed = at::matmul(weights, part(2)).transpose(1, 2).reshape({sounds, tokens, width});
    return project(mixed, layer.outWeight, layer.outBias);
}

at::Tensor embed(const CodePriorShape& shape, const PriorWeights<at::Tensor>& weights,
                 const at::Tensor& rows) {
    return at::embedding(weights.embedding, rows.reshape({-1}))
        .view({rows.size(0), rows.size(1), shape.levels, shape.width})
        .sum(2);
}

/// What each frame is told about its sound: B × T × W.
at::Tensor told(const CodePriorShape& shape, const PriorWeights<at::Tensor>& weights,
                const PriorInputs& inputs) {
    const auto flag = [&](std::int64_t part) { return inputs.present.narrow(2, part, 1); };
    const at::Tensor descriptors = inputs.conditions.narrow(2, 0, kDescriptors) * flag(0);
    const at::Tensor globals = inputs.conditions.narrow(2, kDescriptors, shape.globalDims) * flag(1);
    const at::Tensor positions = inputs.positions * flag(2);
    return at::matmul(descriptors, weights.descriptorWeight) + at::matmul(globals, weights.globalWeight) +
           at::matmul(positions, weights.positionWeight) + at::matmul(1 - inputs.present, weights.missing);
}

}  // namespace

PriorInputs arrange(const CodePriorShape& shape, const CodeBatch& batch, int first, int count,
                    const at::Device& device) {
    const std::int64_t frames = batch.frames, levels = shape.levels;
    const std::int64_t steps = frames + levels - 1;
    const std::int64_t cells = frames * levels;
    at::Tensor heard = at::empty({count, steps, levels}, at::kLong);
    at::Tensor targets = at::empty({count, steps, levels}, at::kLong);
    auto* heardOut = heard.data_ptr<std::int64_t>();
    auto* targetsOut = targets.data_ptr<std::int64_t>();
    for (std::int64_t sound = first; sound < first + count; ++sound) {
        const auto cell = [&](const std::vector<std::int64_t>& from, std::int64_t frame, std::int64_t level,
                              std::int64_t otherwise) {
            if (frame < 0 || frame >= frames) return otherwise;
            return from[static_cast<std::size_t>(sound * cells + frame * levels + level)];
        };
        for (std::int64_t s = 0; s < steps; ++s)
            for (std::int64_t l = 0; l < levels; ++l) {
                *heardOut++ = l * embeddingRows(shape) + cell(batch.inputs, s - 1 - l, l, absentCode(shape));
                *targetsOut++ = cell(batch.targets, s - l, l, -1);
            }
    }
    PriorInputs inputs;
    inputs.heard = heard.to(device);
    inputs.targets = targets.to(device);
    if (!batch.memory.empty()) {
        at::Tensor memory = at::empty({count, frames, levels}, at::kLong);
        auto* out = memory.data_ptr<std::int64_t>();
        for (std::int64_t i = 0; i < count * cells; ++i)
            out[i] =
                i % levels * embeddingRows(shape) + batch.memory[static_cast<std::size_t>(first * cells + i)];
        inputs.memory = memory.to(device);
    }
    const auto rows = [&](const std::vector<float>& values, std::int64_t width) {
        auto* start = const_cast<float*>(values.data()) + first * frames * width;
        return at::from_blob(start, {count, frames, width}, at::kFloat).clone().to(device);
    };
    inputs.conditions = rows(batch.conditions, kDescriptors + shape.globalDims);
    inputs.positions = rows(batch.positions, kPositionFeatures);
    inputs.present = rows(batch.present, kConditionParts);
    return inputs;
}

at::Tensor Dropout::operator()(const at::Tensor& x) {
    if (share <= 0) return x;
    // Drawn on the host, so that every device sees the same masks: four draws from each random word.
    at::Tensor mask = at::empty(x.sizes(), at::kFloat);
    float* out = mask.data_ptr<float>();
    const auto threshold = static_cast<std::uint64_t>(share * 65536.0);
    const auto kept = static_cast<float>(1.0 / (1.0 - static_cast<double>(threshold) / 65536.0));
    Random random(mixSeed(seed, calls++));
    const std::int64_t count = mask.numel();
    for (std::int64_t i = 0; i < count; i += 4) {
        std::uint64_t word = random.bits();
        for (std::int64_t k = i; k < std::min(i + 4, count); ++k, word >>= 16)
            out[k] = (word & 0xFFFF) < threshold ? 0.0F : kept;
    }
    return x * mask.to(x.device());
}

at::Tensor priorLogits(const CodePriorShape& shape, const PriorWeights<at::Tensor>& weights,
                       const PriorInputs& inputs, Dropout& dropout) {
    const std::int64_t steps = inputs.heard.size(1);
    const std::int64_t frames = inputs.conditions.size(1);
    const std::int64_t memory = inputs.memory.defined() ? frames : 0;
    const Places places = placesOf(shape, memory, steps, inputs.heard.device());
    const at::Tensor about = told(shape, weights, inputs);
    const at::Tensor last = about.narrow(1, frames - 1, 1).expand({-1, steps - frames, -1});
    at::Tensor x = embed(shape, weights, inputs.heard) + at::cat({about, last}, 1);
    if (memory > 0) x = at::cat({embed(shape, weights, inputs.memory) + about + weights.memory, x}, 1);
    x = dropout(x);
    for (const PriorLayerWeights<at::Tensor>& layer : weights.layers) {
        x = x + dropout(attend(shape, layer, normalise(x, layer.attentionGain, layer.attentionBias), places));
        const at::Tensor inner = at::gelu(
            project(normalise(x, layer.forwardGain, layer.forwardBias), layer.upWeight, layer.upBias),
            "tanh");
        x = x + dropout(project(inner, layer.downWeight, layer.downBias));
    }
    x = normalise(x.narrow(1, memory, steps), weights.finalGain, weights.finalBias);
    return project(x, weights.headWeight, weights.headBias)
        .view({x.size(0), steps, shape.levels, shape.codebookSize});
}

PriorSurprise surpriseOf(const at::Tensor& logits, const at::Tensor& targets) {
    const at::Tensor judged = targets.ge(0);
    const at::Tensor chosen =
        at::log_softmax(logits, 3).gather(3, targets.clamp_min(0).unsqueeze(3)).squeeze(3);
    return {-(chosen * judged.to(at::kFloat)).sum(), judged.sum().item<double>()};
}

void viewFlat(const CodePriorShape& shape, const at::Tensor& flat, PriorWeights<at::Tensor>& views) {
    std::int64_t offset = 0;
    for (const auto& slot : priorSlots(shape, views)) {
        *slot.tensor = flat.narrow(0, offset, slot.count()).view(slot.shape);
        offset += slot.count();
    }
}

}  // namespace smidgen::models
