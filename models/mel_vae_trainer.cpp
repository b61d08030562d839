#include "models/mel_vae_trainer.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/foundation/atomic_file.h"
#include "models/mel_vae_inference.h"
#include "models/quantiser_start.h"
#include "models/tensor_storage.h"
#include "models/thread_tuning.h"
#include "models/torch_support.h"
#include "models/trainer_core.h"
#include "models/trainer_processes.h"
#include "models/trainer_start.h"
#include "models/training_settings.h"

namespace smidgen::models {
namespace {

at::Tensor hostView(std::span<const float> values, const MelVaeTraining& training) {
    const std::int64_t frame = training.shape.melBands;
    const std::int64_t sounds = static_cast<std::int64_t>(values.size()) / (training.cropFrames * frame);
    return at::from_blob(const_cast<float*>(values.data()), {sounds, training.cropFrames, frame}, at::kFloat);
}

tl::unexpected<Error> wrongSize() {
    return failure(ErrorCode::invalidArgument, "A training batch must hold whole crops of log-mel frames.");
}

WeightsFile modelFile(const TrainerCore& core, const std::map<std::string, std::string>& metadata,
                      std::span<const Latents> anchors) {
    WeightsFile file;
    storeIdentity(modelKind(core.training.shape), metadata, file);
    storeState(core.state, core.average, file);
    storeStatistics(statisticsOf(core.training.shape, anchors), file);
    return file;
}

}  // namespace

struct MelVaeTrainer::Impl : TrainerCore {
    Impl() = default;
    explicit Impl(TrainerCore core) : TrainerCore(std::move(core)) {}
};

MelVaeTrainer::MelVaeTrainer(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
MelVaeTrainer::MelVaeTrainer(MelVaeTrainer&&) noexcept = default;
MelVaeTrainer& MelVaeTrainer::operator=(MelVaeTrainer&&) noexcept = default;
MelVaeTrainer::~MelVaeTrainer() = default;

Result<MelVaeTrainer> MelVaeTrainer::create(const MelVaeTraining& training, DeviceKind device,
                                            std::span<const float> sample, const std::filesystem::path& base,
                                            BaseCodebooks codebooks, std::shared_ptr<ProcessGroup> group) {
    if (auto valid = validate(training.shape); !valid) return propagate(valid);
    if (auto valid = validate(training); !valid) return propagate(valid);
    const auto frame = static_cast<std::size_t>(training.shape.melBands);
    const auto fold = static_cast<std::size_t>(training.shape.fold);
    if (sample.size() < 2 * fold * frame || sample.size() % frame != 0)
        return failure(ErrorCode::invalidArgument,
                       "A training needs a sample of at least two latent frames of its sounds.");
    if (!std::all_of(sample.begin(), sample.end(), [](float value) { return std::isfinite(value); }))
        return failure(ErrorCode::unusableInput,
                       "The sounds to train on hold numbers that are not finite. Scan the collection again.");
    try {
        useOneThreadHere();
        const at::NoGradGuard noGradients;
        auto impl = std::make_unique<Impl>();
        impl->training = training;
        MelVaeTraining whole = training;  // codebooks count the vectors of all processes
        if (group) whole.batchSize *= group->size();
        if (base.empty()) {
            startFromNothing(training, torchDevice(device), sample, *impl);
        } else if (auto taken = startFromBase(base, whole, torchDevice(device), *impl); !taken) {
            return propagate(taken);
        }
        if (training.keepCodes && impl->codebooks.empty())
            return failure(ErrorCode::unusableInput, "There are no codes to keep: '" + displayName(base) +
                                                         "' has none, or not as many as this training.");
        if (training.shape.quantised() && !training.keepCodes) {
            if (codebooks == BaseCodebooks::findAnew || impl->codebooks.empty())
                impl->codebooks = startQuantiser(whole, impl->state, sample);
            impl->publishCodebooks();
        }
        impl->average = impl->state.weights.flat.clone();
        impl->optimiser.first = at::zeros_like(impl->average);
        impl->optimiser.second = at::zeros_like(impl->average);
        impl->prepare();
        impl->group = std::move(group);
        if (impl->group)
            if (auto sent = sendCore(*impl, *impl->group); !sent) return propagate(sent);
        return MelVaeTrainer(std::move(impl));
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Preparing the training"));
    }
}

Result<MelVaeTrainer> MelVaeTrainer::resume(const std::filesystem::path& checkpoint, DeviceKind device,
                                            std::shared_ptr<ProcessGroup> group) {
    auto core = loadCore(checkpoint, device);
    if (!core) return propagate(core);
    (*core)->group = std::move(group);
    if ((*core)->group)
        if (auto sent = sendCore(**core, *(*core)->group); !sent) return propagate(sent);
    return MelVaeTrainer(std::make_unique<Impl>(std::move(**core)));
}

Result<MelVaeTrainer> MelVaeTrainer::join(std::shared_ptr<ProcessGroup> group, DeviceKind device) {
    auto core = receiveCore(*group, device);
    if (!core) return propagate(core);
    (*core)->group = std::move(group);
    return MelVaeTrainer(std::make_unique<Impl>(std::move(**core)));
}

const MelVaeTraining& MelVaeTrainer::training() const {
    return m_impl->training;
}
std::int64_t MelVaeTrainer::step() const {
    return m_impl->step;
}
void MelVaeTrainer::setThreads(int threads) {
    m_impl->threads = std::clamp(threads, 1, m_impl->training.shards);
}
void MelVaeTrainer::setBatchSize(int batchSize) {
    m_impl->training.batchSize = std::max(1, batchSize);
}

int MelVaeTrainer::tuneThreads(std::span<const float> batch, int mostThreads) {
    constexpr int kRuns = 3;
    const LossSettings settings = m_impl->lossSettings(0);
    setThreads(fastestThreadCount(
        std::clamp(mostThreads, 1, m_impl->training.shards), kRuns,
        [&](int threads) { m_impl->runShards(hostView(batch, m_impl->training), settings, threads); }));
    return m_impl->threads;
}

Result<StepReport> MelVaeTrainer::trainStep(std::span<const float> batch, double progress) {
    const MelVaeTraining& training = m_impl->training;
    const auto crop = static_cast<std::size_t>(training.cropFrames * training.shape.melBands);
    if (batch.size() != crop * static_cast<std::size_t>(training.batchSize)) return wrongSize();
    try {
        useOneThreadHere();
        return m_impl->makeStep(hostView(batch, training), progress);
    } catch (const GroupFailure& failure) {
        return tl::unexpected<Error>(failure.error());
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "A training step"));
    }
}

Result<Latents> MelVaeTrainer::encode(std::span<const float> logMel) const {
    const auto bands = static_cast<std::size_t>(m_impl->training.shape.melBands);
    if (logMel.empty() || logMel.size() % bands != 0)
        return failure(ErrorCode::invalidArgument, "A sound to encode must have at least one whole frame.");
    try {
        useOneThreadHere();
        Latents latents = encodeSound(m_impl->state, m_impl->averageViews, logMel);
        if (!m_impl->training.shape.quantised()) return latents;
        return latentsOfCodes(m_impl->state, m_impl->averageViews,
                              codesOfLatents(m_impl->state, m_impl->averageViews, latents),
                              m_impl->training.shape.levels);
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Encoding a sound"));
    }
}

Result<std::vector<float>> MelVaeTrainer::reconstruct(std::span<const float> logMel) const {
    auto latents = encode(logMel);
    if (!latents) return propagate(latents);
    try {
        auto mel = decodeSound(m_impl->state, m_impl->averageViews, *latents);
        mel.resize(logMel.size());
        return mel;
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Decoding a sound"));
    }
}

Status MelVaeTrainer::saveCheckpoint(const std::filesystem::path& path,
                                     const std::map<std::string, std::string>& metadata) const {
    return saveCore(*m_impl, metadata, path);
}

Status MelVaeTrainer::exportModel(const std::filesystem::path& path,
                                  const std::map<std::string, std::string>& metadata,
                                  std::span<const Latents> anchors) const {
    const MelVaeShape& shape = m_impl->training.shape;
    for (const Latents& anchor : anchors)
        if (anchor.latentDims != shape.latentDims ||
            anchor.g.size() != static_cast<std::size_t>(shape.globalDims))
            return failure(ErrorCode::invalidArgument, "An anchor does not belong to this model.");
    try {
        return saveWeights(modelFile(*m_impl, metadata, anchors), path);
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Saving the model"));
    }
}

Status MelVaeTrainer::exportBase(const std::filesystem::path& path,
                                 const std::map<std::string, std::string>& metadata) const {
    try {
        return saveWeights(inHalves(modelFile(*m_impl, metadata, {})), path);
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Saving the base"));
    }
}

Result<std::vector<LevelHealth>> MelVaeTrainer::codebookHealth(
    std::span<const std::vector<float>> sounds) const {
    const MelVaeShape& shape = m_impl->training.shape;
    if (!shape.quantised()) return std::vector<LevelHealth>{};
    CodeCensus census(shape.levels, shape.codebookSize);
    try {
        useOneThreadHere();
        for (const std::vector<float>& sound : sounds)
            census.add(codesOfLatents(m_impl->state, m_impl->averageViews,
                                      encodeSound(m_impl->state, m_impl->averageViews, sound)));
        return census.health();
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Counting codes"));
    }
}

}  // namespace smidgen::models
