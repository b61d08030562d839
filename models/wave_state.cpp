#include "models/wave_state.h"

#include "models/tensor_storage.h"

namespace smidgen::models {
namespace {

constexpr const char* kShapeKey = "smidgen.shape";

}  // namespace

void storeWaveWeights(const WaveDecoderShape& shape, const at::Tensor& flat, at::ScalarType type,
                      WeightsFile& file) {
    WaveWeights views;
    const ParameterSlots slots = parameterSlots(shape, views);
    viewFlat(slots, flat);
    for (const ParameterSlot& slot : slots) file.tensors[slot.name] = storeTensor(slot.tensor->to(type));
    file.metadata[kShapeKey] = toJson(shape);
}

Result<WaveDecoderShape> loadWaveShape(const WeightsFile& file, const std::string& name) {
    const auto text = file.metadata.find(kShapeKey);
    return waveShapeFromJson(text == file.metadata.end() ? "" : text->second, name);
}

Result<at::Tensor> loadWaveWeights(const WeightsFile& file, const WaveDecoderShape& shape,
                                   const std::string& name) {
    WaveWeights views;
    const ParameterSlots slots = parameterSlots(shape, views);
    // Nothing is set aside before every tensor is known to be there.
    std::vector<at::Tensor> loaded;
    for (const ParameterSlot& slot : slots) {
        auto tensor = loadTensor(file, slot.name, slot.shape, name);
        if (!tensor) return propagate(tensor);
        loaded.push_back(tensor->reshape(-1));
    }
    return at::cat(loaded);
}

}  // namespace smidgen::models
