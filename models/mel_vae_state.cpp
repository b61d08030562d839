#include "models/mel_vae_state.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "models/tensor_storage.h"

namespace smidgen::models {
namespace {

constexpr int kFormat = 1;
constexpr const char* kKindKey = "smidgen.kind";
constexpr const char* kFormatKey = "smidgen.format";
constexpr const char* kShapeKey = "smidgen.shape";
constexpr std::size_t kMostAnchors = 100000;

nlohmann::json toJson(const MelVaeShape& shape) {
    return {{"melBands", shape.melBands},
            {"width", shape.width},
            {"encoderBlocks", shape.encoderBlocks},
            {"decoderBlocks", shape.decoderBlocks},
            {"latentDims", shape.latentDims},
            {"globalDims", shape.globalDims},
            {"fold", shape.fold},
            {"levels", shape.levels},
            {"codebookSize", shape.codebookSize},
            {"codeDims", shape.codeDims}};
}

Result<MelVaeShape> shapeFromJson(const std::string& text, const std::string& name) {
    const auto refuse = [&](const std::string& detail) {
        return failure(ErrorCode::unusableInput,
                       "'" + name + "' does not say what sizes its model has. Choose another file.", detail);
    };
    try {
        const auto json = nlohmann::json::parse(text);
        MelVaeShape shape;
        shape.melBands = json.at("melBands").get<int>();
        shape.width = json.at("width").get<int>();
        shape.encoderBlocks = json.at("encoderBlocks").get<int>();
        shape.decoderBlocks = json.at("decoderBlocks").get<int>();
        shape.latentDims = json.at("latentDims").get<int>();
        shape.globalDims = json.at("globalDims").get<int>();
        shape.fold = json.at("fold").get<int>();
        shape.levels = json.value("levels", 0);
        shape.codebookSize = json.value("codebookSize", 0);
        shape.codeDims = json.value("codeDims", shape.codeDims);
        if (auto valid = validate(shape); !valid) return refuse(valid.error().sentence);
        return shape;
    } catch (const nlohmann::json::exception& error) {
        return refuse(error.what());
    }
}

std::string anchorName(std::size_t index) {
    std::string digits = std::to_string(index);
    return "anchor." + std::string(5 - std::min<std::size_t>(5, digits.size()), '0') + digits;
}

std::vector<float> valuesOf(const at::Tensor& tensor) {
    const at::Tensor flat = tensor.to(at::kFloat).contiguous();
    return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
}

at::Tensor halves(std::span<const float> values, std::vector<std::int64_t> shape) {
    return at::from_blob(const_cast<float*>(values.data()), std::move(shape), at::kFloat).to(at::kHalf);
}

}  // namespace

at::Tensor silenceOf(const MelVaeState& state) {
    return (kLogMelOfSilence - state.normalisation.mean) / state.normalisation.scale;
}

LatentStatistics statisticsOf(const MelVaeShape& shape, std::span<const Latents> anchors) {
    const auto z = static_cast<std::size_t>(shape.latentDims);
    const auto g = static_cast<std::size_t>(shape.globalDims);
    std::vector<double> sum(z + g), square(z + g), count(z + g);
    const auto add = [&](std::span<const float> values, std::size_t first, std::size_t dims) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::size_t dim = first + i % dims;
            sum[dim] += values[i];
            square[dim] += static_cast<double>(values[i]) * values[i];
            count[dim] += 1;
        }
    };
    for (const Latents& anchor : anchors) {
        add(anchor.z, 0, z);
        add(anchor.g, z, g);
    }
    LatentStatistics statistics;
    for (std::size_t dim = 0; dim < z + g; ++dim) {
        const double n = std::max(1.0, count[dim]);
        const double mean = sum[dim] / n;
        const double variance = std::max(0.0, square[dim] / n - mean * mean);
        statistics.mean.push_back(static_cast<float>(mean));
        statistics.deviation.push_back(count[dim] > 1 ? static_cast<float>(std::sqrt(variance)) : 1.0F);
    }
    statistics.anchors.assign(anchors.begin(), anchors.end());
    return statistics;
}

void storeState(const MelVaeState& state, const at::Tensor& flat, WeightsFile& file) {
    file.metadata[kShapeKey] = toJson(state.shape).dump();
    file.tensors["normalisation.mean"] = storeTensor(state.normalisation.mean);
    file.tensors["normalisation.scale"] = storeTensor(at::tensor({state.normalisation.scale}, at::kFloat));
    std::int64_t offset = 0;
    MelVaeWeights views = state.weights.views;
    for (const ParameterSlot& slot : parameterSlots(state.shape, views)) {
        const at::Tensor part = flat.narrow(0, offset, slot.tensor->numel());
        file.tensors["weights." + slot.name] = storeTensor(part.view(slot.shape));
        offset += slot.tensor->numel();
    }
    if (state.shape.quantised()) file.tensors["quantiser.codebooks"] = storeTensor(state.codebooks);
}

Result<MelVaeState> loadState(const WeightsFile& file, const at::Device& device, const std::string& name) {
    const auto text = file.metadata.find(kShapeKey);
    auto shape = shapeFromJson(text == file.metadata.end() ? "" : text->second, name);
    if (!shape) return propagate(shape);
    // Every tensor is checked against the file before the model's own memory is asked for.
    MelVaeWeights names;
    std::vector<at::Tensor> loaded;
    for (const ParameterSlot& slot : parameterSlots(*shape, names)) {
        auto tensor = loadTensor(file, "weights." + slot.name, slot.shape, name);
        if (!tensor) return propagate(tensor);
        loaded.push_back(std::move(*tensor));
    }
    auto mean = loadTensor(file, "normalisation.mean", {shape->melBands}, name);
    if (!mean) return propagate(mean);
    auto scale = loadTensor(file, "normalisation.scale", {1}, name);
    if (!scale) return propagate(scale);
    MelVaeState state;
    if (shape->quantised()) {
        auto codebooks = loadTensor(file, "quantiser.codebooks",
                                    {shape->levels, shape->codebookSize, shape->codeDims}, name);
        if (!codebooks) return propagate(codebooks);
        state.codebooks = codebooks->to(device);
    }
    state.shape = *shape;
    state.normalisation.mean = mean->to(device);
    state.normalisation.scale = scale->item<float>();
    if (!(state.normalisation.scale > 0))
        return failure(ErrorCode::unusableInput, "'" + name + "' is damaged. Choose another file.");
    state.weights = makeWeights(*shape, device);
    std::size_t index = 0;
    for (const ParameterSlot& slot : parameterSlots(*shape, state.weights.views))
        slot.tensor->copy_(loaded[index++]);
    return state;
}

void storeStatistics(const LatentStatistics& statistics, WeightsFile& file) {
    file.tensors["latent.mean"] = storeTensor(at::tensor(statistics.mean));
    file.tensors["latent.deviation"] = storeTensor(at::tensor(statistics.deviation));
    for (std::size_t i = 0; i < statistics.anchors.size(); ++i) {
        const Latents& anchor = statistics.anchors[i];
        file.tensors[anchorName(i) + ".z"] =
            storeTensor(halves(anchor.z, {anchor.frames().value, anchor.latentDims}));
        file.tensors[anchorName(i) + ".g"] =
            storeTensor(halves(anchor.g, {static_cast<std::int64_t>(anchor.g.size())}));
    }
}

Result<LatentStatistics> loadStatistics(const WeightsFile& file, const MelVaeShape& shape,
                                        const std::string& name) {
    LatentStatistics statistics;
    const std::vector<std::int64_t> all{shape.latentDims + shape.globalDims};
    auto mean = loadTensor(file, "latent.mean", all, name);
    if (!mean) return propagate(mean);
    auto deviation = loadTensor(file, "latent.deviation", all, name);
    if (!deviation) return propagate(deviation);
    statistics.mean = valuesOf(*mean);
    statistics.deviation = valuesOf(*deviation);
    for (std::size_t i = 0; i < kMostAnchors; ++i) {
        const auto entry = file.tensors.find(anchorName(i) + ".z");
        if (entry == file.tensors.end()) break;
        const std::int64_t frames = entry->second.shape.empty() ? 0 : entry->second.shape.front();
        auto z = loadTensor(file, anchorName(i) + ".z", {frames, shape.latentDims}, name);
        if (!z) return propagate(z);
        auto g = loadTensor(file, anchorName(i) + ".g", {shape.globalDims}, name);
        if (!g) return propagate(g);
        statistics.anchors.push_back({shape.latentDims, valuesOf(*z), valuesOf(*g)});
    }
    return statistics;
}

std::string modelKind(const MelVaeShape& shape) {
    return shape.quantised() ? "mel-rvq" : "mel-vae";
}

void storeIdentity(const std::string& kind, const std::map<std::string, std::string>& metadata,
                   WeightsFile& file) {
    for (const auto& [key, value] : callersMetadata(metadata)) file.metadata[key] = value;
    file.metadata[kKindKey] = kind;
    file.metadata[kFormatKey] = std::to_string(kFormat);
}

Status checkIdentity(const std::map<std::string, std::string>& metadata, const std::string& kind,
                     const std::string& name) {
    const auto found = metadata.find(kKindKey);
    const bool anyModel = kind == "model";
    const std::string wanted = anyModel ? "a Smidgen model" : "a Smidgen training checkpoint";
    const bool fits =
        found != metadata.end() &&
        (anyModel ? found->second == "mel-vae" || found->second == "mel-rvq" : found->second == kind);
    if (!fits)
        return failure(ErrorCode::unusableInput,
                       "'" + name + "' is not " + wanted + ". Choose another file.");
    const auto format = metadata.find(kFormatKey);
    if (format == metadata.end() || format->second != std::to_string(kFormat))
        return failure(ErrorCode::unusableInput, "'" + name +
                                                     "' was written by a newer version of Smidgen. Update "
                                                     "Smidgen to open it.");
    return {};
}

std::map<std::string, std::string> callersMetadata(const std::map<std::string, std::string>& metadata) {
    std::map<std::string, std::string> rest;
    for (const auto& [key, value] : metadata)
        if (!key.starts_with(kReservedPrefix)) rest.emplace(key, value);
    return rest;
}

}  // namespace smidgen::models
