#include "models/trainer_core.h"

#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <thread>

#include "models/torch_support.h"
#include "models/trainer_processes.h"

namespace smidgen::models {
namespace {

constexpr double kLeastRateShare = 0.02;
constexpr double kDivergenceRamp = 1.0 / 3.0;
constexpr std::uint64_t kReviveStream = 0x726576697665ULL;

std::vector<float> hostValues(const at::Tensor& tensor) {
    const at::Tensor values = tensor.to(at::kCPU, at::kFloat).contiguous();
    return {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()};
}

/// Of the frames that sound: silence needs no codes of its own.
std::vector<LevelTally> tally(const MelVaeShape& shape, const Quantised& quantised,
                              const at::Tensor& sounding, Random& random) {
    std::vector<LevelTally> tallies;
    if (sounding.size(0) == 0) return tallies;
    for (std::size_t level = 0; level < quantised.inputs.size(); ++level) {
        const at::Tensor inputs = quantised.inputs[level].index_select(0, sounding).to(at::kCPU);
        const at::Tensor codes = quantised.codes.select(2, static_cast<std::int64_t>(level))
                                     .reshape({-1})
                                     .index_select(0, sounding)
                                     .to(at::kCPU);
        LevelTally one;
        one.sums = hostValues(at::zeros({shape.codebookSize, shape.codeDims}).index_add_(0, codes, inputs));
        one.counts = hostValues(at::bincount(codes, {}, shape.codebookSize));
        at::Tensor places = at::empty({static_cast<std::int64_t>(kPickedPerShard)}, at::kLong);
        for (std::size_t i = 0; i < kPickedPerShard; ++i)
            places.data_ptr<std::int64_t>()[i] =
                static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(inputs.size(0))));
        one.picked = hostValues(inputs.index_select(0, places));
        tallies.push_back(std::move(one));
    }
    return tallies;
}

}  // namespace

void TrainerCore::prepare() {
    shards.resize(static_cast<std::size_t>(training.shards));
    for (TrainingShard& shard : shards) {
        shard.leaves = gradientLeaves(training.shape, state.weights.flat, shard.weights);
        shard.gradient = at::zeros_like(state.weights.flat);
    }
    viewFlat(training.shape, average, averageViews);
    stays.clear();
    for (const ParameterSlot& slot : parameterSlots(training.shape, averageViews))
        stays.push_back(training.keepCodes && slot.name.starts_with(kLevelPrefix));
}

at::Tensor TrainerCore::normalised(const at::Tensor& mel) const {
    return (mel.to(state.weights.flat.device()) - state.normalisation.mean) / state.normalisation.scale;
}

LossSettings TrainerCore::lossSettings(double progress) const {
    LossSettings settings;
    settings.silence = silenceOf(state);
    const double ramp = std::clamp(progress / kDivergenceRamp, 0.0, 1.0);
    const double low = std::max(training.klStart, 1e-12);
    const double high = std::max(training.klEnd, 1e-12);
    settings.beta = training.klEnd > 0 ? low * std::pow(high / low, ramp) : 0.0;
    settings.freeBits = training.freeBits;
    settings.bandDifferenceWeight = training.bandDifferenceWeight;
    settings.commitmentWeight = training.commitmentWeight;
    settings.bypassShare = training.bypassShare;
    settings.dropoutShare = training.dropoutShare;
    return settings;
}

double TrainerCore::learningRate(double progress) const {
    const double warm =
        training.warmUpSteps > 0 ? std::min(1.0, static_cast<double>(step + 1) / training.warmUpSteps) : 1.0;
    const double cosine = 0.5 * (1.0 + std::cos(std::numbers::pi * std::clamp(progress, 0.0, 1.0)));
    return training.learningRate * warm * (kLeastRateShare + (1.0 - kLeastRateShare) * cosine);
}

void TrainerCore::runShard(std::size_t index, const at::Tensor& batch, const LossSettings& settings) {
    TrainingShard& shard = shards[index];
    shard.loss = {};
    shard.tallies.clear();
    const std::int64_t sounds = batch.size(0);
    const auto count = static_cast<std::int64_t>(shards.size());
    const std::int64_t first = sounds * static_cast<std::int64_t>(index) / count;
    const std::int64_t last = sounds * (static_cast<std::int64_t>(index) + 1) / count;
    if (first == last) {
        const at::NoGradGuard noGradients;
        shard.gradient.zero_();
        return;
    }
    const double share = static_cast<double>(last - first) / static_cast<double>(sounds * processes());
    Random random(
        mixSeed(training.seed, 0x6e6f697365ULL, static_cast<std::uint64_t>(step), firstShard() + index));
    const Loss loss = lossOf(training.shape, shard.weights, state.codebooks,
                             normalised(batch.narrow(0, first, last - first)), settings, random);
    const auto gradients =
        torch::autograd::grad({loss.total * share}, shard.leaves, {}, {}, false, /*allow_unused=*/true);
    const at::NoGradGuard noGradients;
    std::int64_t offset = 0;
    for (std::size_t i = 0; i < gradients.size(); ++i) {
        const std::int64_t length = shard.leaves[i].numel();
        at::Tensor part = shard.gradient.narrow(0, offset, length);
        // Without a gradient these weights, which do not decay either, are not moved at all.
        if (gradients[i].defined() && !stays[i])
            part.copy_(gradients[i].reshape(-1));
        else
            part.zero_();
        offset += length;
    }
    shard.loss.total = share * loss.total.item<double>();
    shard.loss.reconstruction = share * loss.reconstruction.item<double>();
    shard.loss.divergence = share * loss.divergence.item<double>();
    if (!training.shape.quantised()) return;
    shard.loss.commitment = share * loss.quantised.commitment.item<double>();
    shard.tallies = tally(training.shape, loss.quantised, loss.sounding, random);
}

void TrainerCore::runShards(const at::Tensor& batch, const LossSettings& settings, int workers) {
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
    for (const TrainingShard& shard : shards)
        if (shard.failure) std::rethrow_exception(shard.failure);
}

void BatchLoss::add(const BatchLoss& other) {
    total += other.total;
    reconstruction += other.reconstruction;
    divergence += other.divergence;
    commitment += other.commitment;
}

std::size_t TrainerCore::firstShard() const {
    return group ? static_cast<std::size_t>(group->rank()) * shards.size() : 0;
}

std::int64_t TrainerCore::processes() const {
    return group ? group->size() : 1;
}

LevelTally sumOfTallies(std::vector<LevelTally> parts) {
    std::vector<float> picked;
    for (const LevelTally& part : parts) picked.insert(picked.end(), part.picked.begin(), part.picked.end());
    const auto add = [](std::vector<float>& into, const std::vector<float>& from) {
        for (std::size_t i = 0; i < into.size(); ++i) into[i] += from[i];
    };
    addInPairs(parts.size(), [&](std::size_t into, std::size_t from) {
        add(parts[into].sums, parts[from].sums);
        add(parts[into].counts, parts[from].counts);
    });
    LevelTally all = std::move(parts.front());
    all.picked = std::move(picked);
    return all;
}

std::vector<LevelTally> TrainerCore::batchTallies() const {
    const auto size = static_cast<std::size_t>(training.shape.codebookSize);
    std::vector<LevelTally> own;
    for (std::size_t level = 0; level < codebooks.size(); ++level) {
        std::vector<LevelTally> parts;
        for (const TrainingShard& shard : shards) {
            parts.push_back(shard.tallies.empty() ? LevelTally() : shard.tallies[level]);
            parts.back().sums.resize(size * static_cast<std::size_t>(training.shape.codeDims));
            parts.back().counts.resize(size);
        }
        own.push_back(sumOfTallies(std::move(parts)));
    }
    return group ? talliesOfAll(*this, own) : own;
}

int TrainerCore::updateCodebooks(const std::vector<LevelTally>& tallies) {
    int revived = 0;
    for (std::size_t level = 0; level < codebooks.size(); ++level) {
        const LevelTally& all = tallies[level];
        if (all.picked.empty()) continue;
        CodebookAverage& codebook = codebooks[level];
        codebook.update(all.sums, all.counts);
        codebook.remember(all.picked);
        Random random(mixSeed(training.seed, kReviveStream, static_cast<std::uint64_t>(step), level));
        revived += codebook.revive(random);
    }
    publishCodebooks();
    return revived;
}

void TrainerCore::publishCodebooks() {
    if (codebooks.empty() || training.keepCodes) return;
    std::vector<float> all;
    for (const CodebookAverage& codebook : codebooks)
        all.insert(all.end(), codebook.codes().begin(), codebook.codes().end());
    const MelVaeShape& shape = training.shape;
    state.codebooks = at::tensor(all)
                          .view({shape.levels, shape.codebookSize, shape.codeDims})
                          .to(state.weights.flat.device());
}

CodebookSettings codebookSettings(const MelVaeTraining& training) {
    CodebookSettings settings;
    settings.decay = training.codebookDecay;
    return settings;
}

StepReport TrainerCore::makeStep(const at::Tensor& batch, double progress) {
    std::exception_ptr failed;
    try {
        runShards(batch, lossSettings(progress), threads);
    } catch (...) {
        // The others wait for this process; they are told.
        if (!group) throw;
        failed = std::current_exception();
    }
    const at::NoGradGuard noGradients;
    std::vector<BatchLoss> losses;
    for (const TrainingShard& shard : shards) losses.push_back(shard.loss);
    addInPairs(losses.size(), [&](std::size_t into, std::size_t from) { losses[into].add(losses[from]); });
    const BatchLoss loss = group ? lossOfAll(*this, losses.front(), failed) : losses.front();
    addInPairs(shards.size(), [&](std::size_t into, std::size_t from) {
        shards[into].gradient.add_(shards[from].gradient);
    });
    at::Tensor gradient = shards.front().gradient;
    if (group) addGradients(*group, gradient);

    StepReport report;
    report.loss = loss.total;
    report.reconstruction = loss.reconstruction * state.normalisation.scale / std::numbers::ln10;
    report.kl = loss.divergence;
    report.commitment = loss.commitment;
    report.gradientNorm = gradient.norm().item<double>();
    // Machines with other vector units may add in another order: one of them says what the norm is.
    if (group) report.gradientNorm = leadersValue(*group, report.gradientNorm);
    report.finite = std::isfinite(report.loss) && std::isfinite(report.gradientNorm);
    if (report.finite) {
        const bool codesLearn = training.shape.quantised() && !training.keepCodes;
        std::vector<LevelTally> tallies;
        if (codesLearn) tallies = batchTallies();
        AdamWStep update;
        update.learningRate = learningRate(progress);
        update.weightDecay = training.weightDecay;
        update.gradientScale = std::min(1.0, training.gradientClip / std::max(report.gradientNorm, 1e-12));
        const auto made = static_cast<double>(optimiser.updates);
        update.averageDecay = std::min(training.emaDecay, (1.0 + made) / (10.0 + made));
        optimiser.update(state.weights.flat, gradient, average, state.weights.decayed, update);
        if (codesLearn) report.revivedCodes = updateCodebooks(tallies);
    }
    report.step = ++step;
    return report;
}

}  // namespace smidgen::models
