#include "models/mel_vae_trainer.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <numbers>
#include <thread>
#include <utility>

#include "engine/foundation/atomic_file.h"
#include "models/adam_w.h"
#include "models/linear_start.h"
#include "models/mel_vae_inference.h"
#include "models/mel_vae_loss.h"
#include "models/mel_vae_state.h"
#include "models/tensor_storage.h"
#include "models/torch_support.h"
#include "models/training_settings.h"

namespace smidgen::models {
namespace {

constexpr const char* kCheckpointKind = "mel-vae-checkpoint";
constexpr const char* kTrainingKey = "smidgen.training";
constexpr double kLeastRateShare = 0.02;
constexpr double kDivergenceRamp = 1.0 / 3.0;
/// Sounds evaluated at a time.
constexpr std::int64_t kEvaluateAtOnce = 16;

/// One worker's share of the batch: its own view of the weights, so that graphs never meet.
struct Shard {
    MelVaeWeights weights;
    std::vector<at::Tensor> leaves;
    at::Tensor gradient;
    double total = 0, reconstruction = 0, divergence = 0;
    std::exception_ptr failure;
};

at::Tensor hostView(std::span<const float> values, const MelVaeTraining& training) {
    const std::int64_t frame = training.shape.melBands;
    const std::int64_t sounds = static_cast<std::int64_t>(values.size()) / (training.cropFrames * frame);
    return at::from_blob(const_cast<float*>(values.data()), {sounds, training.cropFrames, frame}, at::kFloat);
}

tl::unexpected<Error> wrongSize() {
    return failure(ErrorCode::invalidArgument, "A training batch must hold whole crops of log-mel frames.");
}

}  // namespace

struct MelVaeTrainer::Impl {
    MelVaeTraining training;
    MelVaeState state;
    at::Tensor average;
    MelVaeWeights averageViews;
    AdamW optimiser;
    std::int64_t step = 0;
    int threads = 1;
    std::vector<Shard> shards;

    void prepare() {
        shards.resize(static_cast<std::size_t>(training.shards));
        for (Shard& shard : shards) {
            shard.leaves = gradientLeaves(training.shape, state.weights.flat, shard.weights);
            shard.gradient = at::zeros_like(state.weights.flat);
        }
        viewFlat(training.shape, average, averageViews);
    }

    [[nodiscard]] at::Tensor normalised(const at::Tensor& mel) const {
        return (mel.to(state.weights.flat.device()) - state.normalisation.mean) / state.normalisation.scale;
    }

    [[nodiscard]] LossSettings lossSettings(double progress) const {
        LossSettings settings;
        const double ramp = std::clamp(progress / kDivergenceRamp, 0.0, 1.0);
        const double low = std::max(training.klStart, 1e-12);
        const double high = std::max(training.klEnd, 1e-12);
        settings.beta = training.klEnd > 0 ? low * std::pow(high / low, ramp) : 0.0;
        settings.freeBits = training.freeBits;
        settings.bandDifferenceWeight = training.bandDifferenceWeight;
        return settings;
    }

    [[nodiscard]] double learningRate(double progress) const {
        const double warm = training.warmUpSteps > 0
                                ? std::min(1.0, static_cast<double>(step + 1) / training.warmUpSteps)
                                : 1.0;
        const double cosine = 0.5 * (1.0 + std::cos(std::numbers::pi * std::clamp(progress, 0.0, 1.0)));
        return training.learningRate * warm * (kLeastRateShare + (1.0 - kLeastRateShare) * cosine);
    }

    void runShard(std::size_t index, const at::Tensor& batch, const LossSettings& settings) {
        Shard& shard = shards[index];
        shard.total = shard.reconstruction = shard.divergence = 0;
        const std::int64_t sounds = batch.size(0);
        const auto count = static_cast<std::int64_t>(shards.size());
        const std::int64_t first = sounds * static_cast<std::int64_t>(index) / count;
        const std::int64_t last = sounds * (static_cast<std::int64_t>(index) + 1) / count;
        if (first == last) {
            const at::NoGradGuard noGradients;
            shard.gradient.zero_();
            return;
        }
        const double share = static_cast<double>(last - first) / static_cast<double>(sounds);
        Random random(mixSeed(training.seed, 0x6e6f697365ULL, static_cast<std::uint64_t>(step), index));
        const Loss loss = lossOf(training.shape, shard.weights,
                                 normalised(batch.narrow(0, first, last - first)), settings, random);
        const auto gradients =
            torch::autograd::grad({loss.total * share}, shard.leaves, {}, {}, false, /*allow_unused=*/true);
        const at::NoGradGuard noGradients;
        std::int64_t offset = 0;
        for (std::size_t i = 0; i < gradients.size(); ++i) {
            const std::int64_t length = shard.leaves[i].numel();
            at::Tensor part = shard.gradient.narrow(0, offset, length);
            if (gradients[i].defined())
                part.copy_(gradients[i].reshape(-1));
            else
                part.zero_();
            offset += length;
        }
        shard.total = share * loss.total.item<double>();
        shard.reconstruction = share * loss.reconstruction.item<double>();
        shard.divergence = share * loss.divergence.item<double>();
    }

    /// Gradients of all shards, each in one thread; throws what a shard threw.
    void runShards(const at::Tensor& batch, const LossSettings& settings, int workers) {
        const std::size_t count = shards.size();
        const auto stride =
            state.weights.flat.device().is_cpu() ? static_cast<std::size_t>(std::max(1, workers)) : 1;
        const auto work = [&](std::size_t worker) {
            useOneThreadHere();
            for (std::size_t index = worker; index < count; index += stride) {
                try {
                    shards[index].failure = nullptr;
                    runShard(index, batch, settings);
                } catch (...) {
                    shards[index].failure = std::current_exception();
                }
            }
        };
        std::vector<std::thread> helpers;
        for (std::size_t worker = 1; worker < std::min(stride, count); ++worker)
            helpers.emplace_back(work, worker);
        work(0);
        for (std::thread& helper : helpers) helper.join();
        for (const Shard& shard : shards)
            if (shard.failure) std::rethrow_exception(shard.failure);
    }

    [[nodiscard]] StepReport makeStep(const at::Tensor& batch, double progress) {
        runShards(batch, lossSettings(progress), threads);
        const at::NoGradGuard noGradients;
        StepReport report;
        at::Tensor gradient = shards.front().gradient;
        for (std::size_t i = 1; i < shards.size(); ++i) gradient.add_(shards[i].gradient);
        for (const Shard& shard : shards) {
            report.loss += shard.total;
            report.reconstruction += shard.reconstruction;
            report.kl += shard.divergence;
        }
        report.reconstruction *= state.normalisation.scale / std::numbers::ln10;
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
            optimiser.update(state.weights.flat, gradient, average, state.weights.decayed, update);
        }
        report.step = ++step;
        return report;
    }
};

MelVaeTrainer::MelVaeTrainer(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
MelVaeTrainer::MelVaeTrainer(MelVaeTrainer&&) noexcept = default;
MelVaeTrainer& MelVaeTrainer::operator=(MelVaeTrainer&&) noexcept = default;
MelVaeTrainer::~MelVaeTrainer() = default;

Result<MelVaeTrainer> MelVaeTrainer::create(const MelVaeTraining& training, DeviceKind device,
                                            std::span<const float> sample) {
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
        impl->state.shape = training.shape;
        impl->state.normalisation = normalisationOf(training.shape, sample);
        impl->state.weights = makeWeights(training.shape, torchDevice(device));
        initialise(training.shape, training.seed, impl->state.weights);
        startFromPrincipalComponents(training.shape, impl->state.normalisation, sample, impl->state.weights);
        impl->state.normalisation.mean = impl->state.normalisation.mean.to(torchDevice(device));
        impl->average = impl->state.weights.flat.clone();
        impl->optimiser.first = at::zeros_like(impl->average);
        impl->optimiser.second = at::zeros_like(impl->average);
        impl->prepare();
        return MelVaeTrainer(std::move(impl));
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Preparing the training"));
    }
}

Result<MelVaeTrainer> MelVaeTrainer::resume(const std::filesystem::path& checkpoint, DeviceKind device) {
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
        auto impl = std::make_unique<Impl>();
        impl->training = *training;
        auto state = loadState(*file, torchDevice(device), name);
        if (!state) return propagate(state);
        impl->state = std::move(*state);
        impl->training.shape = impl->state.shape;
        const std::vector<std::int64_t> flat{impl->state.weights.flat.numel()};
        for (auto [key, tensor] :
             {std::pair{"average", &impl->average}, std::pair{"optimiser.first", &impl->optimiser.first},
              std::pair{"optimiser.second", &impl->optimiser.second}}) {
            auto loaded = loadTensor(*file, key, flat, name);
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
        return MelVaeTrainer(std::move(impl));
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Resuming the training"));
    }
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
    const int most = std::clamp(mostThreads, 1, m_impl->training.shards);
    int fastest = 1;
    double fastestSeconds = 0;
    try {
        const at::Tensor crops = hostView(batch, m_impl->training);
        const LossSettings settings = m_impl->lossSettings(0);
        m_impl->runShards(crops, settings, most);
        for (int threads = 1; threads <= most; ++threads) {
            double best = 0;
            for (int run = 0; run < kRuns; ++run) {
                const auto start = std::chrono::steady_clock::now();
                m_impl->runShards(crops, settings, threads);
                const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
                best = run == 0 ? spent.count() : std::min(best, spent.count());
            }
            if (threads == 1 || best < fastestSeconds) {
                fastest = threads;
                fastestSeconds = best;
            }
        }
    } catch (const std::exception&) {
        fastest = 1;  // the step itself will meet the same trouble and report it
    }
    setThreads(fastest);
    return fastest;
}

Result<StepReport> MelVaeTrainer::trainStep(std::span<const float> batch, double progress) {
    const MelVaeTraining& training = m_impl->training;
    const auto crop = static_cast<std::size_t>(training.cropFrames * training.shape.melBands);
    if (batch.size() != crop * static_cast<std::size_t>(training.batchSize)) return wrongSize();
    try {
        useOneThreadHere();
        return m_impl->makeStep(hostView(batch, training), progress);
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "A training step"));
    }
}

Result<double> MelVaeTrainer::evaluate(std::span<const float> crops) const {
    const MelVaeTraining& training = m_impl->training;
    const auto crop = static_cast<std::size_t>(training.cropFrames * training.shape.melBands);
    if (crops.empty() || crops.size() % crop != 0) return wrongSize();
    try {
        useOneThreadHere();
        const at::NoGradGuard noGradients;
        const at::Tensor all = hostView(crops, training);
        double sum = 0;
        for (std::int64_t first = 0; first < all.size(0); first += kEvaluateAtOnce) {
            const std::int64_t count = std::min(kEvaluateAtOnce, all.size(0) - first);
            const at::Tensor x = m_impl->normalised(all.narrow(0, first, count));
            const FrameCodes codes = encodeFrames(training.shape, m_impl->averageViews, x);
            const GlobalCode global = poolGlobals(training.shape, codes.poolScores, codes.globals);
            const at::Tensor rebuilt =
                decodeFrames(training.shape, m_impl->averageViews, codes.zMean, global.mean);
            sum += (rebuilt - x).abs().mean().item<double>() * static_cast<double>(count);
        }
        return sum / static_cast<double>(all.size(0)) * m_impl->state.normalisation.scale /
               std::numbers::ln10;
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Listening to held-out sounds"));
    }
}

Result<Latents> MelVaeTrainer::encode(std::span<const float> logMel) const {
    const auto bands = static_cast<std::size_t>(m_impl->training.shape.melBands);
    if (logMel.empty() || logMel.size() % bands != 0)
        return failure(ErrorCode::invalidArgument, "A sound to encode must have at least one whole frame.");
    try {
        useOneThreadHere();
        return encodeSound(m_impl->state, m_impl->averageViews, logMel);
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
    try {
        WeightsFile file;
        storeIdentity(kCheckpointKind, metadata, file);
        storeState(m_impl->state, m_impl->state.weights.flat, file);
        file.metadata[kTrainingKey] = toJson(m_impl->training);
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

Status MelVaeTrainer::exportModel(const std::filesystem::path& path,
                                  const std::map<std::string, std::string>& metadata,
                                  std::span<const Latents> anchors) const {
    const MelVaeShape& shape = m_impl->training.shape;
    for (const Latents& anchor : anchors)
        if (anchor.latentDims != shape.latentDims ||
            anchor.g.size() != static_cast<std::size_t>(shape.globalDims))
            return failure(ErrorCode::invalidArgument, "An anchor does not belong to this model.");
    try {
        WeightsFile file;
        storeIdentity("mel-vae", metadata, file);
        storeState(m_impl->state, m_impl->average, file);
        storeStatistics(statisticsOf(shape, anchors), file);
        return saveWeights(file, path);
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Saving the model"));
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
