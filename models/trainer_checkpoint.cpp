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

}  // namespace

Status saveCore(const TrainerCore& core, const std::map<std::string, std::string>& metadata,
                const std::filesystem::path& path) {
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
        return saveWeights(file, path);
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Saving the training"));
    }
}

Result<std::unique_ptr<TrainerCore>> loadCore(const std::filesystem::path& checkpoint, DeviceKind device) {
    auto file = loadWeights(checkpoint);
    if (!file) return propagate(file);
    const std::string name = displayName(checkpoint);
    if (auto known = checkIdentity(file->metadata, kCheckpointKind, name); !known) return propagate(known);
    const auto text = file->metadata.find(kTrainingKey);
    auto training = trainingFromJson(text == file->metadata.end() ? "" : text->second, name);
    if (!training) return propagate(training);
    try {
        useOneThreadHere();
        const at::NoGradGuard noGradients;
        auto core = std::make_unique<TrainerCore>();
        core->training = *training;
        auto state = loadState(*file, torchDevice(device), name);
        if (!state) return propagate(state);
        core->state = std::move(*state);
        core->training.shape = core->state.shape;
        const std::vector<std::int64_t> flat{core->state.weights.flat.numel()};
        for (auto [key, tensor] :
             {std::pair{"average", &core->average}, std::pair{"optimiser.first", &core->optimiser.first},
              std::pair{"optimiser.second", &core->optimiser.second}}) {
            auto loaded = loadTensor(*file, key, flat, name);
            if (!loaded) return propagate(loaded);
            *tensor = loaded->to(torchDevice(device));
        }
        for (auto [key, count] : {std::pair{"progress.step", &core->step},
                                  std::pair{"progress.updates", &core->optimiser.updates}}) {
            auto loaded = loadCount(*file, key, name);
            if (!loaded) return propagate(loaded);
            *count = *loaded;
        }
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
