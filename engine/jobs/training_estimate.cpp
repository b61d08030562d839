#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

#include "engine/foundation/random.h"
#include "engine/jobs/training_budget.h"
#include "engine/jobs/training_material.h"
#include "engine/jobs/training_plan.h"
#include "engine/jobs/training_run.h"
#include "engine/jobs/training_words.h"
#include "models/mel_vae_trainer.h"

namespace smidgen {
namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Seconds of work for one second of sound and one rendering, measured on the shortest sounds that make up a
/// second.
Result<double> measurePreparation(const std::filesystem::path& cacheFolder, std::vector<SoundEntry> usable,
                                  const FeatureSettings& settings, bool& allCached) {
    auto cache = FeatureCache::open(cacheFolder);
    if (!cache) return propagate(cache);
    std::ranges::sort(usable, {}, &SoundEntry::seconds);
    double heard = 0;
    const auto begun = Clock::now();
    int made = 0;
    for (const SoundEntry& sound : usable) {
        auto batch = cache->prepare(std::span(&sound, 1), settings, 1, {}, {});
        if (!batch) return propagate(batch);
        made += batch->madeNow;
        heard += sound.seconds * (settings.variants + 1);
        if (heard > 20) break;
    }
    allCached = made == 0;
    return secondsSince(begun) / std::max(heard, 0.05);
}

/// Seconds per step on noise, which costs what sound costs.
Result<double> measureStep(models::MelVaeTrainer& trainer, int threads) {
    const auto& training = trainer.training();
    std::vector<float> crops(static_cast<std::size_t>(training.batchSize) * training.cropFrames * kMelBands);
    Random random(1);
    for (float& value : crops) value = static_cast<float>(random.uniform(kLogMelFloor, 3));
    trainer.setThreads(threads);
    double best = 1e9;
    for (int i = 0; i < 4; ++i) {
        const auto begun = Clock::now();
        auto step = trainer.trainStep(crops, 0);
        if (!step) return propagate(step);
        if (i > 0) best = std::min(best, secondsSince(begun));
    }
    return best;
}

std::int64_t residentBytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::int64_t>(usage.ru_maxrss) * 1024;
}

}  // namespace

Result<TrainingEstimate> estimateTraining(Library& library, const TrainingSetup& setup) {
    if (auto trainable = checkTrainable(setup.sounds, setup.request.force); !trainable)
        return propagate(trainable);
    std::vector<SoundEntry> usable;
    std::ranges::copy_if(setup.sounds, std::back_inserter(usable), &SoundEntry::usable);
    const CollectionTotals totals = totalsOf(usable);
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    const int threads = setup.threads > 0 ? setup.threads : cores;

    TrainingEstimate estimate;
    estimate.usableFiles = static_cast<int>(usable.size());
    estimate.soundSeconds = totals.usableSeconds;
    estimate.device = models::nameOf(setup.device);
    const FeatureSettings features = featureSettingsFor(setup.request, usable);
    bool cached = false;
    auto perSecond = measurePreparation(library.featureCacheFolder(), usable, features, cached);
    if (!perSecond) return propagate(perSecond);
    estimate.secondsToPrepare =
        cached ? 0.5 : *perSecond * totals.usableSeconds * (features.variants + 1) / threads;

    auto plan = planTraining(setup.request, totals.usableSeconds);
    if (!plan) return propagate(plan);
    const models::MelVaeTraining& training = plan->training;
    Random random(1);
    std::vector<float> sample(256 * kMelBands);
    for (float& value : sample) value = static_cast<float>(random.uniform(kLogMelFloor, 3));
    auto trainer = models::MelVaeTrainer::create(training, setup.device, sample);
    if (!trainer) return propagate(trainer);
    auto perStep = measureStep(*trainer, std::min(threads, training.shards));
    if (!perStep) return propagate(perStep);
    const TrainingBudget budget(setup.request);
    if (const auto steps = budget.steps()) {
        estimate.steps = *steps;
        estimate.secondsToTrain = *perStep * static_cast<double>(*steps);
    } else {
        estimate.secondsToTrain = budget.wallSeconds().value_or(setup.request.cpuSeconds.value_or(0));
        estimate.steps = static_cast<std::int64_t>(estimate.secondsToTrain / *perStep);
    }
    // What this process has touched by now holds libraries, weights, optimiser and one batch's activations.
    estimate.memoryBytes = residentBytes();

    const std::string where = setup.device == models::DeviceKind::cpu
                                  ? "the CPU (" + std::to_string(cores) + (cores == 1 ? " core)" : " cores)")
                                  : estimate.device;
    std::string time = roughDuration(estimate.secondsToPrepare + estimate.secondsToTrain);
    time.front() = 'A';
    estimate.sentence = time + " on " + where + ", " + std::to_string(estimate.memoryBytes >> 20) +
                        " MB of memory, " + std::to_string(estimate.steps) + " steps.";
    return estimate;
}

}  // namespace smidgen
