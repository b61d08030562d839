#include "models/wave_decoder_trainer.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>
#include <utility>

#include "engine/foundation/atomic_file.h"
#include "models/adam_w.h"
#include "models/gradient_shards.h"
#include "models/mel_vae_state.h"
#include "models/tensor_storage.h"
#include "models/torch_support.h"
#include "models/wave_growth.h"
#include "models/wave_network.h"
#include "models/wave_state.h"

namespace smidgen::models {
namespace {

constexpr const char* kTrainingKey = "smidgen.training";
constexpr double kLeastRateShare = 0.02;

Status validate(const WaveDecoderTraining& training) {
    const auto refuse = [](const std::string& what) {
        return failure(ErrorCode::invalidArgument,
                       "The decoder's training setting '" + what + "' is out of range.");
    };
    if (auto valid = validate(training.shape); !valid) return valid;
    if (training.marginFrames < 0 || training.marginFrames > 1024) return refuse("marginFrames");
    if (training.cropFrames <= 2 * training.marginFrames || training.cropFrames > 8192)
        return refuse("cropFrames");
    if (training.batchSize < 1 || training.batchSize > 4096) return refuse("batchSize");
    if (training.shards < 1 || training.shards > 64) return refuse("shards");
    if (!(training.learningRate > 0 && training.learningRate <= 1)) return refuse("learningRate");
    if (!(training.weightDecay >= 0 && training.weightDecay <= 1)) return refuse("weightDecay");
    if (training.warmUpSteps < 0) return refuse("warmUpSteps");
    if (!(training.gradientClip > 0)) return refuse("gradientClip");
    if (!(training.melWeight >= 0 && training.melWeight <= 100)) return refuse("melWeight");
    if (!(training.emaDecay >= 0 && training.emaDecay < 1)) return refuse("emaDecay");
    return {};
}

std::string toJson(const WaveDecoderTraining& training) {
    return nlohmann::json{{"cropFrames", training.cropFrames},
                          {"marginFrames", training.marginFrames},
                          {"batchSize", training.batchSize},
                          {"shards", training.shards},
                          {"learningRate", training.learningRate},
                          {"weightDecay", training.weightDecay},
                          {"warmUpSteps", training.warmUpSteps},
                          {"gradientClip", training.gradientClip},
                          {"melWeight", training.melWeight},
                          {"emaDecay", training.emaDecay},
                          {"seed", training.seed}}
        .dump();
}

Result<WaveDecoderTraining> trainingFromJson(const std::string& text, WaveDecoderShape shape,
                                             const std::string& name) {
    WaveDecoderTraining training;
    training.shape = std::move(shape);
    try {
        const auto json = nlohmann::json::parse(text);
        json.at("cropFrames").get_to(training.cropFrames);
        json.at("marginFrames").get_to(training.marginFrames);
        json.at("batchSize").get_to(training.batchSize);
        json.at("shards").get_to(training.shards);
        json.at("learningRate").get_to(training.learningRate);
        json.at("weightDecay").get_to(training.weightDecay);
        json.at("warmUpSteps").get_to(training.warmUpSteps);
        json.at("gradientClip").get_to(training.gradientClip);
        json.at("melWeight").get_to(training.melWeight);
        json.at("emaDecay").get_to(training.emaDecay);
        json.at("seed").get_to(training.seed);
    } catch (const nlohmann::json::exception& error) {
        return failure(ErrorCode::unusableInput,
                       "'" + name + "' does not say how its training was set. Start the training anew.",
                       error.what());
    }
    if (auto valid = validate(training); !valid)
        return failure(ErrorCode::unusableInput,
                       "'" + name + "' holds impossible training settings. Start the training anew.",
                       valid.error().sentence);
    return training;
}

}  // namespace

struct WaveDecoderTrainer::Impl {
    WaveDecoderTraining training;
    at::Tensor flat, average;
    WaveWeights averageViews;
    std::int64_t decayed = 0;
    at::Tensor bank;  ///< bins × bands
    AdamW optimiser;
    std::int64_t step = 0;
    int threads = 1;
    std::vector<WaveWeights> weights;  ///< per shard
    std::vector<std::vector<at::Tensor>> leaves;
    std::vector<at::Tensor> gradients;

    void prepare() {
        const auto shards = static_cast<std::size_t>(training.shards);
        weights.resize(shards);
        for (std::size_t i = 0; i < shards; ++i) {
            const ParameterSlots slots = parameterSlots(training.shape, weights[i]);
            decayed = decayedLength(slots);
            leaves.push_back(gradientLeaves(slots, flat));
            gradients.push_back(at::zeros_like(flat));
        }
        viewFlat(parameterSlots(training.shape, averageViews), average);
    }

    [[nodiscard]] double learningRate(double progress) const {
        const double warm = training.warmUpSteps > 0
                                ? std::min(1.0, static_cast<double>(step + 1) / training.warmUpSteps)
                                : 1.0;
        const double cosine = 0.5 * (1.0 + std::cos(std::numbers::pi * std::clamp(progress, 0.0, 1.0)));
        return training.learningRate * warm * (kLeastRateShare + (1.0 - kLeastRateShare) * cosine);
    }

    [[nodiscard]] Status checkSize(const WaveBatch& batch) const {
        const auto crops = static_cast<std::size_t>(training.batchSize);
        if (batch.inputs.size() != crops * static_cast<std::size_t>(inputLength()) ||
            batch.skeleton.size() != crops * static_cast<std::size_t>(skeletonLength()) ||
            batch.turns.size() != batch.skeleton.size() ||
            batch.signal.size() != crops * static_cast<std::size_t>(signalLength()))
            return failure(ErrorCode::invalidArgument, "A training batch must hold whole crops.");
        return {};
    }

    [[nodiscard]] std::int64_t inputLength() const {
        return static_cast<std::int64_t>(training.cropFrames) * training.shape.inputs();
    }
    [[nodiscard]] std::int64_t skeletonLength() const {
        return static_cast<std::int64_t>(training.cropFrames) * training.shape.bins();
    }
    [[nodiscard]] std::int64_t signalLength() const {
        return static_cast<std::int64_t>(training.cropFrames - 1) * training.shape.window / 4;
    }

    /// Sounds [first, last) of one of the batch's arrays, `length` values each.
    [[nodiscard]] at::Tensor part(const std::vector<float>& values, std::int64_t length,
                                  const ShardRange& range) const {
        return at::from_blob(const_cast<float*>(values.data()) + range.first * length,
                             {range.last - range.first, length}, at::kFloat)
            .to(flat.device());
    }

    [[nodiscard]] WaveLoss lossOf(const WaveWeights& views, const WaveBatch& batch,
                                  const ShardRange& range) const {
        const WaveDecoderShape& shape = training.shape;
        const std::int64_t sounds = range.last - range.first;
        const auto framewise = [&](const std::vector<float>& values, std::int64_t length) {
            return part(values, length, range)
                .view({sounds, training.cropFrames, length / training.cropFrames});
        };
        const at::Tensor spectra = turned(runWaveNetwork(shape, views, framewise(batch.inputs, inputLength()),
                                                         framewise(batch.skeleton, skeletonLength())),
                                          framewise(batch.turns, skeletonLength()));
        const std::int64_t margin = static_cast<std::int64_t>(training.marginFrames) * shape.window / 4;
        return waveLoss(waveOf(shape, spectra), part(batch.signal, signalLength(), range), bank, margin,
                        training.melWeight);
    }

    static void addTo(WaveReport& report, const WaveLoss& loss, double share) {
        report.distances.resize(loss.distances.size(), 0.0);
        for (std::size_t i = 0; i < loss.distances.size(); ++i)
            report.distances[i] += share * loss.distances[i].item<double>();
        report.melL1 += share * loss.melL1.item<double>();
        report.loss += share * loss.total.item<double>();
    }

    [[nodiscard]] WaveReport makeStep(const WaveBatch& batch, double progress) {
        std::vector<WaveReport> reports(static_cast<std::size_t>(training.shards));
        sumGradients(training.batchSize, threads, leaves, gradients, [&](const ShardRange& range) {
            const WaveLoss loss = lossOf(weights[range.index], batch, range);
            addTo(reports[range.index], loss, range.share);
            return loss.total;
        });
        const at::NoGradGuard noGradients;
        WaveReport report;
        report.distances.resize(std::size(kLossWindows), 0.0);
        for (const WaveReport& shard : reports) {
            for (std::size_t i = 0; i < shard.distances.size(); ++i)
                report.distances[i] += shard.distances[i];
            report.melL1 += shard.melL1;
            report.loss += shard.loss;
        }
        report.gradientNorm = gradients.front().norm().item<double>();
        report.finite = std::isfinite(report.loss) && std::isfinite(report.gradientNorm);
        if (report.finite) {
            AdamWStep update;
            update.learningRate = learningRate(progress);
            update.weightDecay = training.weightDecay;
            update.gradientScale =
                std::min(1.0, training.gradientClip / std::max(report.gradientNorm, 1e-12));
            const auto made = static_cast<double>(optimiser.updates);
            update.averageDecay = std::min(training.emaDecay, (1.0 + made) / (10.0 + made));
            optimiser.update(flat, gradients.front(), average, decayed, update);
        }
        report.step = ++step;
        return report;
    }
};

WaveDecoderTrainer::WaveDecoderTrainer(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
WaveDecoderTrainer::WaveDecoderTrainer(WaveDecoderTrainer&&) noexcept = default;
WaveDecoderTrainer& WaveDecoderTrainer::operator=(WaveDecoderTrainer&&) noexcept = default;
WaveDecoderTrainer::~WaveDecoderTrainer() = default;

Result<WaveDecoderTrainer> WaveDecoderTrainer::create(const WaveDecoderTraining& training, DeviceKind device,
                                                      std::span<const float> bank) {
    if (auto valid = validate(training); !valid) return propagate(valid);
    const std::int64_t bands = training.shape.bands;
    const std::int64_t bins = training.shape.window / 2 + 1;
    if (static_cast<std::int64_t>(bank.size()) != bands * bins)
        return failure(ErrorCode::invalidArgument, "The mel bank must have one row of bins per band.");
    try {
        useOneThreadHere();
        const at::NoGradGuard noGradients;
        auto impl = std::make_unique<Impl>();
        impl->training = training;
        WaveWeights views;
        const ParameterSlots slots = parameterSlots(training.shape, views);
        at::Tensor flat = at::zeros({flatLength(slots)}, at::kFloat);
        viewFlat(slots, flat);
        initialise(slots, {"magnitude.weight"}, training.seed);
        views.outputGain.fill_(1.0);
        impl->flat = flat.to(torchDevice(device));
        impl->average = impl->flat.clone();
        impl->optimiser.first = at::zeros_like(impl->flat);
        impl->optimiser.second = at::zeros_like(impl->flat);
        impl->bank = at::from_blob(const_cast<float*>(bank.data()), {bands, bins}, at::kFloat)
                         .t()
                         .contiguous()
                         .to(torchDevice(device));
        impl->prepare();
        return WaveDecoderTrainer(std::move(impl));
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Preparing the decoder's training"));
    }
}

Result<WaveDecoderTrainer> WaveDecoderTrainer::createFrom(const WaveDecoderTraining& training,
                                                          const std::filesystem::path& decoder,
                                                          DeviceKind device, std::span<const float> bank,
                                                          bool grow) {
    auto file = loadWeights(decoder);
    if (!file) return propagate(file);
    const std::string name = displayName(decoder);
    if (auto known = checkIdentity(file->metadata, kDecoderKind, name); !known) return propagate(known);
    auto shape = loadWaveShape(*file, name);
    if (!shape) return propagate(shape);
    auto flat = loadWaveWeights(*file, *shape, name);
    if (!flat) return propagate(flat);
    WaveDecoderTraining shaped = training;
    if (grow) {
        try {
            const at::NoGradGuard noGradients;
            flat = grown(*shape, *flat, training.shape, training.seed);
        } catch (const std::exception& exception) {
            return tl::unexpected<Error>(errorOf(exception, "Growing the decoder"));
        }
        if (!flat) return propagate(flat);
    } else {
        shaped.shape = *shape;
    }
    auto trainer = create(shaped, device, bank);
    if (!trainer) return trainer;
    const at::NoGradGuard noGradients;
    trainer->m_impl->flat.copy_(*flat);
    trainer->m_impl->average.copy_(*flat);
    return trainer;
}

Result<WaveDecoderTrainer> WaveDecoderTrainer::resume(const std::filesystem::path& checkpoint,
                                                      DeviceKind device) {
    auto file = loadWeights(checkpoint);
    if (!file) return propagate(file);
    const std::string name = displayName(checkpoint);
    if (auto known = checkIdentity(file->metadata, kDecoderCheckpointKind, name); !known)
        return propagate(known);
    auto shape = loadWaveShape(*file, name);
    if (!shape) return propagate(shape);
    const auto text = file->metadata.find(kTrainingKey);
    auto training = trainingFromJson(text == file->metadata.end() ? "" : text->second, *shape, name);
    if (!training) return propagate(training);
    try {
        useOneThreadHere();
        const at::NoGradGuard noGradients;
        auto impl = std::make_unique<Impl>();
        impl->training = *training;
        auto flat = loadWaveWeights(*file, *shape, name);
        if (!flat) return propagate(flat);
        impl->flat = flat->to(torchDevice(device));
        const std::vector<std::int64_t> length{impl->flat.numel()};
        const std::vector<std::int64_t> bank{shape->window / 2 + 1, shape->bands};
        for (auto [key, tensor, size] : {std::tuple{"average", &impl->average, &length},
                                         std::tuple{"optimiser.first", &impl->optimiser.first, &length},
                                         std::tuple{"optimiser.second", &impl->optimiser.second, &length},
                                         std::tuple{"bank", &impl->bank, &bank}}) {
            auto loaded = loadTensor(*file, key, *size, name);
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
        return WaveDecoderTrainer(std::move(impl));
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Resuming the decoder's training"));
    }
}

const WaveDecoderTraining& WaveDecoderTrainer::training() const {
    return m_impl->training;
}
std::int64_t WaveDecoderTrainer::step() const {
    return m_impl->step;
}
void WaveDecoderTrainer::setThreads(int threads) {
    m_impl->threads = std::clamp(threads, 1, m_impl->training.shards);
}

Result<WaveReport> WaveDecoderTrainer::trainStep(const WaveBatch& batch, double progress) {
    if (auto valid = m_impl->checkSize(batch); !valid) return propagate(valid);
    try {
        useOneThreadHere();
        return m_impl->makeStep(batch, progress);
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "A training step"));
    }
}

Result<WaveReport> WaveDecoderTrainer::evaluate(const WaveBatch& batch) const {
    if (auto valid = m_impl->checkSize(batch); !valid) return propagate(valid);
    try {
        useOneThreadHere();
        const at::NoGradGuard noGradients;
        WaveReport report;
        Impl::addTo(report,
                    m_impl->lossOf(m_impl->averageViews, batch, {0, 0, m_impl->training.batchSize, 1}), 1.0);
        report.step = m_impl->step;
        return report;
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Listening to held-out sounds"));
    }
}

Status WaveDecoderTrainer::saveCheckpoint(const std::filesystem::path& path,
                                          const std::map<std::string, std::string>& metadata) const {
    try {
        WeightsFile file;
        storeIdentity(kDecoderCheckpointKind, metadata, file);
        storeWaveWeights(m_impl->training.shape, m_impl->flat, at::kFloat, file);
        file.metadata[kTrainingKey] = toJson(m_impl->training);
        file.tensors["average"] = storeTensor(m_impl->average);
        file.tensors["optimiser.first"] = storeTensor(m_impl->optimiser.first);
        file.tensors["optimiser.second"] = storeTensor(m_impl->optimiser.second);
        file.tensors["bank"] = storeTensor(m_impl->bank);
        storeCount(m_impl->step, "progress.step", file);
        storeCount(m_impl->optimiser.updates, "progress.updates", file);
        return saveWeights(file, path);
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Saving the training"));
    }
}

Status WaveDecoderTrainer::exportDecoder(const std::filesystem::path& path,
                                         const std::map<std::string, std::string>& metadata) const {
    try {
        WeightsFile file;
        storeIdentity(kDecoderKind, metadata, file);
        storeWaveWeights(m_impl->training.shape, m_impl->average, at::kHalf, file);
        return saveWeights(file, path);
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Saving the decoder"));
    }
}

Result<std::map<std::string, std::string>> decoderCheckpointMetadata(const std::filesystem::path& path) {
    auto metadata = loadWeightsMetadata(path);
    if (!metadata) return propagate(metadata);
    if (auto known = checkIdentity(*metadata, kDecoderCheckpointKind, displayName(path)); !known)
        return propagate(known);
    return callersMetadata(*metadata);
}

}  // namespace smidgen::models
