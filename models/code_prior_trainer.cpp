#include "models/code_prior_trainer.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <numbers>
#include <optional>
#include <utility>

#include "engine/foundation/atomic_file.h"
#include "engine/foundation/random.h"
#include "models/adam_w.h"
#include "models/code_prior_file.h"
#include "models/code_prior_network.h"
#include "models/code_prior_settings.h"
#include "models/code_prior_state.h"
#include "models/gradient_shards.h"
#include "models/tensor_storage.h"
#include "models/thread_tuning.h"
#include "models/torch_support.h"

namespace smidgen::models {
namespace {

constexpr double kLeastRateShare = 0.02;
constexpr std::uint64_t kDropoutStream = 0x64726f706f7574ULL;
constexpr const char* kCheckpointKind = "code-prior-checkpoint";
constexpr const char* kTrainingKey = "smidgen.training";
constexpr const char* kSoundsKey = "smidgen.sounds";

}  // namespace

struct CodePriorTrainer::Impl {
    CodePriorTraining training;
    ConditionScale scale;
    std::vector<CodedSound> sounds;
    at::Tensor flat, average;
    std::int64_t decayed = 0;
    AdamW optimiser;
    std::int64_t step = 0;
    int threads = 1;
    // One entry a shard: its own view of the weights, so that graphs never meet.
    std::vector<PriorWeights<at::Tensor>> views;
    std::vector<std::vector<at::Tensor>> leaves;
    std::vector<at::Tensor> gradients;
    std::optional<CodeCrops> crops;

    void prepare() {
        views.resize(static_cast<std::size_t>(training.shards));
        leaves.resize(views.size());
        gradients.assign(views.size(), at::Tensor());
        for (std::size_t i = 0; i < views.size(); ++i) {
            viewFlat(training.shape, flat, views[i]);
            decayed = 0;
            for (const auto& slot : priorSlots(training.shape, views[i])) {
                if (slot.decays) decayed += slot.count();
                *slot.tensor = slot.tensor->detach().requires_grad_();
                leaves[i].push_back(*slot.tensor);
            }
            gradients[i] = at::zeros_like(flat);
        }
        arrangeCrops();
    }

    void arrangeCrops() {
        CodeCropSettings settings;
        settings.frames = training.cropFrames;
        settings.batchSize = training.batchSize;
        settings.drop = training.conditionDrop;
        settings.fillShare = training.fillShare;
        settings.inputNoise = training.inputNoise;
        settings.seed = training.seed;
        crops.emplace(training.shape, scale, sounds, settings);
    }

    [[nodiscard]] double learningRate(double progress) const {
        const double warm = training.warmUpSteps > 0
                                ? std::min(1.0, static_cast<double>(step + 1) / training.warmUpSteps)
                                : 1.0;
        const double cosine = 0.5 * (1.0 + std::cos(std::numbers::pi * std::clamp(progress, 0.0, 1.0)));
        return training.learningRate * warm * (kLeastRateShare + (1.0 - kLeastRateShare) * cosine);
    }

    /// Gradients into gradients[0]; returns nats per code.
    double addUpGradients(const CodeBatch& batch) {
        const auto judged =
            std::max<double>(1, static_cast<double>(std::ranges::count_if(
                                    batch.targets, [](std::int64_t target) { return target >= 0; })));
        std::vector<double> surprises(views.size());
        sumGradients(
            batch.sounds, flat.device().is_cpu() ? threads : 1, leaves, gradients,
            [&](const ShardRange& range) {
                Dropout dropout{training.dropout, mixSeed(training.seed, kDropoutStream,
                                                          static_cast<std::uint64_t>(step), range.index)};
                const auto first = static_cast<int>(range.first);
                const PriorInputs inputs = arrange(training.shape, batch, first,
                                                   static_cast<int>(range.last) - first, flat.device());
                const PriorSurprise surprise = surpriseOf(
                    priorLogits(training.shape, views[range.index], inputs, dropout), inputs.targets);
                surprises[range.index] = surprise.sum.item<double>() / judged;
                // The sum of the shards' losses, each by its share, is the mean over judged cells.
                return surprise.sum / (judged * range.share);
            });
        double sum = 0;
        for (const double surprise : surprises) sum += surprise;
        return sum;
    }

    [[nodiscard]] PriorStepReport makeStep(double progress) {
        PriorStepReport report;
        report.loss = addUpGradients(crops->batch(static_cast<std::uint64_t>(step)));
        const at::NoGradGuard noGradients;
        const at::Tensor& gradient = gradients.front();
        report.gradientNorm = gradient.norm().item<double>();
        report.finite = std::isfinite(report.loss) && std::isfinite(report.gradientNorm);
        if (report.finite) {
            AdamWStep update;
            update.learningRate = learningRate(progress);
            update.weightDecay = training.weightDecay;
            update.gradientScale =
                std::min(1.0, training.gradientClip / std::max(report.gradientNorm, 1e-12));
            const auto made = static_cast<double>(optimiser.updates);
            update.averageDecay = std::min(training.emaDecay, (1.0 + made) / (10.0 + made));
            optimiser.update(flat, gradient, average, decayed, update);
        }
        report.step = ++step;
        return report;
    }

    [[nodiscard]] StoredPrior stored(const std::map<std::string, std::string>& metadata) const {
        const at::Tensor values = average.to(at::kCPU).contiguous();
        StoredPrior prior;
        prior.parameters = {
            training.shape, scale, {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()}};
        prior.sources = sounds;
        prior.metadata = metadata;
        return prior;
    }
};

CodePriorTrainer::CodePriorTrainer(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
CodePriorTrainer::CodePriorTrainer(CodePriorTrainer&&) noexcept = default;
CodePriorTrainer& CodePriorTrainer::operator=(CodePriorTrainer&&) noexcept = default;
CodePriorTrainer::~CodePriorTrainer() = default;

Result<CodePriorTrainer> CodePriorTrainer::create(const CodePriorTraining& training, DeviceKind device,
                                                  std::span<const CodedSound> sounds,
                                                  std::span<const std::vector<float>> codebooks) {
    if (auto valid = validate(training); !valid) return propagate(valid);
    if (auto valid = checkSounds(training.shape, sounds); !valid) return propagate(valid);
    if (auto valid = checkCodebooks(training.shape, codebooks); !valid) return propagate(valid);
    try {
        useOneThreadHere();
        const at::NoGradGuard noGradients;
        auto impl = std::make_unique<Impl>();
        impl->training = training;
        impl->sounds.assign(sounds.begin(), sounds.end());
        impl->scale = conditionScaleOf(training.shape, sounds);
        impl->flat = startingWeights(training.shape, training.seed, codebooks).to(torchDevice(device));
        impl->average = impl->flat.clone();
        impl->optimiser.first = at::zeros_like(impl->flat);
        impl->optimiser.second = at::zeros_like(impl->flat);
        impl->prepare();
        return CodePriorTrainer(std::move(impl));
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Preparing the training"));
    }
}

Result<CodePriorTrainer> CodePriorTrainer::resume(const std::filesystem::path& checkpoint, DeviceKind device,
                                                  std::span<const CodedSound> sounds) {
    auto file = loadWeights(checkpoint);
    if (!file) return propagate(file);
    const std::string name = displayName(checkpoint);
    if (auto known = checkIdentity(file->metadata, kCheckpointKind, name); !known) return propagate(known);
    auto training = priorTrainingFromJson(file->metadata[kTrainingKey], name);
    if (!training) return propagate(training);
    if (file->metadata[kSoundsKey] != fingerprintOf(sounds))
        return failure(ErrorCode::unusableInput,
                       "'" + name + "' was made with other sounds. Start the training anew.");
    try {
        useOneThreadHere();
        const at::NoGradGuard noGradients;
        auto impl = std::make_unique<Impl>();
        impl->training = *training;
        impl->sounds.assign(sounds.begin(), sounds.end());
        impl->scale = conditionScaleOf(training->shape, sounds);
        PriorWeights<at::Tensor> views;
        std::int64_t total = 0;
        for (const auto& slot : priorSlots(training->shape, views)) total += slot.count();
        for (auto [key, tensor] : {std::pair{"weights", &impl->flat}, std::pair{"average", &impl->average},
                                   std::pair{"optimiser.first", &impl->optimiser.first},
                                   std::pair{"optimiser.second", &impl->optimiser.second}}) {
            auto loaded = loadTensor(*file, key, {total}, name);
            if (!loaded) return propagate(loaded);
            *tensor = loaded->to(torchDevice(device));
        }
        for (auto [key, count] : {std::pair{"progress.step", &impl->step},
                                  std::pair{"progress.updates", &impl->optimiser.updates}}) {
            auto loaded = loadCount(*file, key, name);
            if (!loaded) return propagate(loaded);
            *count = *loaded;
        }
        impl->prepare();
        return CodePriorTrainer(std::move(impl));
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Resuming the training"));
    }
}

const CodePriorTraining& CodePriorTrainer::training() const {
    return m_impl->training;
}
std::int64_t CodePriorTrainer::step() const {
    return m_impl->step;
}
void CodePriorTrainer::setThreads(int threads) {
    m_impl->threads = std::clamp(threads, 1, m_impl->training.shards);
}
void CodePriorTrainer::setBatchSize(int batchSize) {
    m_impl->training.batchSize = std::max(1, batchSize);
    m_impl->arrangeCrops();
}

int CodePriorTrainer::tuneThreads(int mostThreads) {
    constexpr int kRuns = 2;
    setThreads(
        fastestThreadCount(std::clamp(mostThreads, 1, m_impl->training.shards), kRuns, [&](int threads) {
            m_impl->threads = threads;
            (void)m_impl->addUpGradients(m_impl->crops->batch(0));
        }));
    return m_impl->threads;
}

Result<PriorStepReport> CodePriorTrainer::trainStep(double progress) {
    try {
        useOneThreadHere();
        return m_impl->makeStep(progress);
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "A training step"));
    }
}

Result<double> CodePriorTrainer::evaluate(std::span<const CodedSound> sounds) const {
    const CodePriorTraining& training = m_impl->training;
    if (auto valid = checkSounds(training.shape, sounds); !valid) return propagate(valid);
    try {
        useOneThreadHere();
        const at::NoGradGuard noGradients;
        PriorWeights<at::Tensor> weights;
        viewFlat(training.shape, m_impl->average, weights);
        double sum = 0, cells = 0;
        Dropout none;
        for (const CodeBatch& batch : wholeSoundBatches(training.shape, m_impl->scale, sounds,
                                                        training.cropFrames, training.batchSize)) {
            const PriorInputs inputs =
                arrange(training.shape, batch, 0, batch.sounds, m_impl->average.device());
            const PriorSurprise surprise =
                surpriseOf(priorLogits(training.shape, weights, inputs, none), inputs.targets);
            sum += surprise.sum.item<double>();
            cells += surprise.cells;
        }
        return sum / std::max(1.0, cells);
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Judging by held-out sounds"));
    }
}

Status CodePriorTrainer::saveCheckpoint(const std::filesystem::path& path,
                                        const std::map<std::string, std::string>& metadata) const {
    try {
        WeightsFile file;
        storeIdentity(kCheckpointKind, metadata, file);
        file.metadata[kTrainingKey] = toJson(m_impl->training);
        file.metadata[kSoundsKey] = fingerprintOf(m_impl->sounds);
        file.tensors["weights"] = storeTensor(m_impl->flat);
        file.tensors["average"] = storeTensor(m_impl->average);
        file.tensors["optimiser.first"] = storeTensor(m_impl->optimiser.first);
        file.tensors["optimiser.second"] = storeTensor(m_impl->optimiser.second);
        storeCount(m_impl->step, "progress.step", file);
        storeCount(m_impl->optimiser.updates, "progress.updates", file);
        return saveWeights(file, path);
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Saving the training"));
    }
}

Result<CodePrior> CodePriorTrainer::prior() const {
    return CodePrior::fromStored(m_impl->stored({}));
}

Status CodePriorTrainer::exportPrior(const std::filesystem::path& model,
                                     const std::map<std::string, std::string>& metadata) const {
    try {
        return bundlePrior(m_impl->stored(metadata), model);
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Saving the prior"));
    }
}

}  // namespace smidgen::models
