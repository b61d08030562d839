#include "models/trainer_start.h"

#include "engine/foundation/atomic_file.h"
#include "models/linear_start.h"

namespace smidgen::models {
namespace {

bool sameTrunk(const MelVaeShape& a, const MelVaeShape& b) {
    return a.melBands == b.melBands && a.width == b.width && a.encoderBlocks == b.encoderBlocks &&
           a.decoderBlocks == b.decoderBlocks && a.latentDims == b.latentDims &&
           a.globalDims == b.globalDims && a.fold == b.fold;
}

/// Tensors of the same name and shape.
void copyShared(MelVaeState& from, MelVaeState& to) {
    const auto sources = parameterSlots(from.shape, from.weights.views);
    for (const ParameterSlot& slot : parameterSlots(to.shape, to.weights.views))
        for (const ParameterSlot& source : sources)
            if (source.name == slot.name && source.shape == slot.shape) slot.tensor->copy_(*source.tensor);
}

}  // namespace

void startFromNothing(const MelVaeTraining& training, const at::Device& device, std::span<const float> sample,
                      TrainerCore& core) {
    MelVaeState& state = core.state;
    state.shape = training.shape;
    state.normalisation = normalisationOf(training.shape, sample);
    state.weights = makeWeights(training.shape, device);
    initialise(training.shape, training.seed, state.weights);
    startFromPrincipalComponents(training.shape, state.normalisation, sample, training.cropFrames,
                                 state.weights);
    state.normalisation.mean = state.normalisation.mean.to(device);
}

Status startFromBase(const std::filesystem::path& base, const MelVaeTraining& training,
                     const at::Device& device, TrainerCore& core) {
    auto file = loadWeights(base);
    if (!file) return propagate(file);
    const std::string name = displayName(base);
    if (auto known = checkIdentity(file->metadata, "model", name); !known) return propagate(known);
    auto loaded = loadState(*file, device, name);
    if (!loaded) return propagate(loaded);
    if (!sameTrunk(loaded->shape, training.shape))
        return failure(ErrorCode::unusableInput,
                       "The base '" + name +
                           "' has other sizes than this training. Choose another base, or "
                           "train from zero.");
    MelVaeState& state = core.state;
    state.shape = training.shape;
    state.normalisation = loaded->normalisation;
    state.weights = makeWeights(training.shape, device);
    copyShared(*loaded, state);
    if (!training.shape.quantised() || loaded->shape.levels != training.shape.levels ||
        loaded->shape.codeDims != training.shape.codeDims)
        return {};
    state.codebooks = loaded->codebooks;
    if (loaded->shape.codebookSize != training.shape.codebookSize) return {};

    const MelVaeShape& shape = training.shape;
    const std::vector<float> share(
        static_cast<std::size_t>(shape.codebookSize),
        static_cast<float>(training.batchSize * training.cropFrames / shape.fold) / shape.codebookSize);
    const at::Tensor codes = loaded->codebooks.to(at::kCPU).contiguous();
    for (int level = 0; level < shape.levels; ++level) {
        CodebookAverage codebook(shape.codebookSize, shape.codeDims, codebookSettings(training));
        const auto length = static_cast<std::size_t>(shape.codebookSize) * shape.codeDims;
        codebook.start({codes.data_ptr<float>() + static_cast<std::size_t>(level) * length, length}, share);
        core.codebooks.push_back(std::move(codebook));
    }
    return {};
}

}  // namespace smidgen::models
