#include <ATen/ATen.h>

#include <utility>

#include "engine/foundation/atomic_file.h"
#include "models/tensor_storage.h"
#include "models/torch_support.h"
#include "models/trainer_core.h"
#include "models/training_settings.h"

namespace smidgen::models {
namespace {

constexpr const char* kCheckpointKind = "mel-vae-checkpoint";
constexpr const char* kTrainingKey = "smidgen.training";

std::string levelName(std::size_t level) {
    return "codebook." + std::to_string(level);
}

void storeCodebooks(const TrainerCore& core, WeightsFile& file) {
    for (std::size_t level = 0; level < core.codebooks.size(); ++level) {
        const CodebookAverage::Memory memory = core.codebooks[level].memory();
        const std::string name = levelName(level);
        file.tensors[name + ".codes"] = storeTensor(at::tensor(memory.codes));
        file.tensors[name + ".sums"] = storeTensor(at::tensor(memory.sums));
        file.tensors[name + ".counts"] = storeTensor(at::tensor(memory.counts));
        file.tensors[name + ".reservoir"] = storeTensor(at::tensor(memory.reservoir));
        file.tensors[name + ".idle"] = storeTensor(at::tensor(memory.idle, at::kLong));
    }
}

Result<std::vector<float>> loadValues(const WeightsFile& file, const std::string& key,
                                      const std::string& name) {
    const auto found = file.tensors.find(key);
    const std::vector<std::int64_t> shape =
        found == file.tensors.end() ? std::vector<std::int64_t>{0} : found->second.shape;
    auto tensor = loadTensor(file, key, shape, name);
    if (!tensor) return propagate(tensor);
    const at::Tensor flat = tensor->contiguous();
    return std::vector<float>(flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel());
}

Status loadCodebooks(const WeightsFile& file, const std::string& name, TrainerCore& core) {
    const MelVaeShape& shape = core.training.shape;
    for (int level = 0; level < shape.levels; ++level) {
        CodebookAverage codebook(shape.codebookSize, shape.codeDims, codebookSettings(core.training));
        CodebookAverage::Memory memory;
        const std::string key = levelName(static_cast<std::size_t>(level));
        for (auto [part, values] :
             {std::pair{".codes", &memory.codes}, std::pair{".sums", &memory.sums},
              std::pair{".counts", &memory.counts}, std::pair{".reservoir", &memory.reservoir}}) {
            auto loaded = loadValues(file, key + part, name);
            if (!loaded) return propagate(loaded);
            *values = std::move(*loaded);
        }
        auto idle = loadValues(file, key + ".idle", name);
        if (!idle) return propagate(idle);
        for (const float steps : *idle) memory.idle.push_back(static_cast<std::int64_t>(steps));
        if (!codebook.restore(memory))
            return failure(ErrorCode::unusableInput,
                           "'" + name +
                               "' is damaged: its codebooks have other sizes than its model. Start the "
                               "training anew.");
        core.codebooks.push_back(std::move(codebook));
    }
    core.publishCodebooks();
    return {};
}

}  // namespace

Result<WeightsFile> coreFile(const TrainerCore& core, const std::map<std::string, std::string>& metadata) {
    try {
        WeightsFile file;
        storeIdentity(kCheckpointKind, metadata, file);
        storeState(core.state, core.state.weights.flat, file);
        file.metadata[kTrainingKey] = toJson(core.training);
        file.tensors["average"] = storeTensor(core.average);
        file.tensors["optimiser.first"] = storeTensor(core.optimiser.first);
        file.tensors["optimiser.second"] = storeTensor(core.optimiser.second);
        storeCount(core.step, "progress.step", file);
        storeCount(core.optimiser.updates, "progress.updates", file);
        storeCodebooks(core, file);
        return file;
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Saving the training"));
    }
}

Status saveCore(const TrainerCore& core, const std::map<std::string, std::string>& metadata,
                const std::filesystem::path& path) {
    auto file = coreFile(core, metadata);
    if (!file) return propagate(file);
    return saveWeights(*file, path);
}

Result<std::unique_ptr<TrainerCore>> loadCore(const std::filesystem::path& checkpoint, DeviceKind device) {
    auto file = loadWeights(checkpoint);
    if (!file) return propagate(file);
    return coreFromFile(*file, displayName(checkpoint), device);
}

Result<std::unique_ptr<TrainerCore>> coreFromFile(const WeightsFile& file, const std::string& name,
                                                  DeviceKind device) {
    if (auto known = checkIdentity(file.metadata, kCheckpointKind, name); !known) return propagate(known);
    const auto text = file.metadata.find(kTrainingKey);
    auto training = trainingFromJson(text == file.metadata.end() ? "" : text->second, name);
    if (!training) return propagate(training);
    try {
        useOneThreadHere();
        const at::NoGradGuard noGradients;
        auto core = std::make_unique<TrainerCore>();
        core->training = *training;
        auto state = loadState(file, torchDevice(device), name);
        if (!state) return propagate(state);
        core->state = std::move(*state);
        core->training.shape = core->state.shape;
        const std::vector<std::int64_t> flat{core->state.weights.flat.numel()};
        for (auto [key, tensor] :
             {std::pair{"average", &core->average}, std::pair{"optimiser.first", &core->optimiser.first},
              std::pair{"optimiser.second", &core->optimiser.second}}) {
            auto loaded = loadTensor(file, key, flat, name);
            if (!loaded) return propagate(loaded);
            *tensor = loaded->to(torchDevice(device));
        }
        for (auto [key, count] : {std::pair{"progress.step", &core->step},
                                  std::pair{"progress.updates", &core->optimiser.updates}}) {
            auto loaded = loadCount(file, key, name);
            if (!loaded) return propagate(loaded);
            *count = *loaded;
        }
        if (auto codebooks = loadCodebooks(file, name, *core); !codebooks) return propagate(codebooks);
        core->prepare();
        return core;
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Resuming the training"));
    }
}

Result<std::map<std::string, std::string>> checkpointMetadata(const std::filesystem::path& path) {
    auto metadata = loadWeightsMetadata(path);
    if (!metadata) return propagate(metadata);
    if (auto known = checkIdentity(*metadata, kCheckpointKind, displayName(path)); !known)
        return propagate(known);
    return callersMetadata(*metadata);
}

}  // namespace smidgen::models
