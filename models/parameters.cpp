#include "models/parameters.h"

#include <algorithm>
#include <cmath>

#include "engine/foundation/random.h"

namespace smidgen::models {
namespace {

constexpr float kScaleStart = 0.1F;

std::int64_t countOf(const std::vector<std::int64_t>& shape) {
    std::int64_t count = 1;
    for (const std::int64_t length : shape) count *= length;
    return count;
}

void fillUniform(const at::Tensor& tensor, double bound, Random& random) {
    at::Tensor values = at::empty(tensor.sizes(), at::kFloat);
    float* out = values.data_ptr<float>();
    for (std::int64_t i = 0; i < values.numel(); ++i)
        out[i] = static_cast<float>(random.uniform(-bound, bound));
    tensor.copy_(values);
}

}  // namespace

void addBlock(ParameterSlots& slots, const std::string& name, BlockWeights& block, std::int64_t width) {
    const std::int64_t inner = kBlockExpansion * width;
    slots.push_back({name + ".depthwise.weight", &block.depthwise, {kBlockKernel, width}, true});
    slots.push_back({name + ".depthwise.bias", &block.depthwiseBias, {width}, false});
    slots.push_back({name + ".norm.gain", &block.normGain, {width}, false});
    slots.push_back({name + ".norm.bias", &block.normBias, {width}, false});
    slots.push_back({name + ".up.weight", &block.upWeight, {width, inner}, true});
    slots.push_back({name + ".up.bias", &block.upBias, {inner}, false});
    slots.push_back({name + ".down.weight", &block.downWeight, {inner, width}, true});
    slots.push_back({name + ".down.bias", &block.downBias, {width}, false});
    slots.push_back({name + ".scale", &block.scale, {width}, false});
}

void decayingFirst(ParameterSlots& slots) {
    std::stable_partition(slots.begin(), slots.end(), [](const ParameterSlot& slot) { return slot.decays; });
}

std::int64_t flatLength(const ParameterSlots& slots) {
    std::int64_t total = 0;
    for (const ParameterSlot& slot : slots) total += countOf(slot.shape);
    return total;
}

std::int64_t decayedLength(const ParameterSlots& slots) {
    std::int64_t total = 0;
    std::int64_t decayed = 0;
    for (const ParameterSlot& slot : slots) {
        total += countOf(slot.shape);
        if (slot.decays) decayed = total;
    }
    return decayed;
}

void viewFlat(const ParameterSlots& slots, const at::Tensor& flat) {
    std::int64_t offset = 0;
    for (const ParameterSlot& slot : slots) {
        const std::int64_t count = countOf(slot.shape);
        *slot.tensor = flat.narrow(0, offset, count).view(slot.shape);
        offset += count;
    }
}

std::vector<at::Tensor> gradientLeaves(const ParameterSlots& slots, const at::Tensor& flat) {
    viewFlat(slots, flat);
    std::vector<at::Tensor> leaves;
    for (const ParameterSlot& slot : slots) {
        *slot.tensor = slot.tensor->detach().requires_grad_();
        leaves.push_back(*slot.tensor);
    }
    return leaves;
}

void initialise(const ParameterSlots& slots, const std::vector<std::string>& zeros, std::uint64_t seed) {
    const at::NoGradGuard noGradients;
    std::uint64_t stream = 0;
    for (const ParameterSlot& slot : slots) {
        Random random(mixSeed(seed, 0x77656967687473ULL, stream++));
        if (slot.decays && std::find(zeros.begin(), zeros.end(), slot.name) == zeros.end()) {
            const double bound = 1.0 / std::sqrt(static_cast<double>(slot.shape.front()));
            fillUniform(*slot.tensor, bound, random);
        } else if (slot.name.ends_with(".norm.gain")) {
            slot.tensor->fill_(1.0);
        } else if (slot.name.ends_with(".scale")) {
            slot.tensor->fill_(kScaleStart);
        }
    }
}

}  // namespace smidgen::models
