#include <sys/resource.h>

#include <algorithm>
#include <chrono>

#include "engine/foundation/random.h"
#include "engine/jobs/training_batch.h"
#include "engine/jobs/training_budget.h"
#include "engine/jobs/training_material.h"
#include "engine/jobs/training_plan.h"
#include "engine/jobs/training_run.h"
#include "engine/jobs/training_words.h"
#include "models/mel_vae_trainer.h"

namespace smidgen {
namespace {

/// Sound prepared to see how long that takes.
constexpr double kProbeSeconds = 20;
constexpr int kTimedSteps = 3;
constexpr std::int64_t kProbeFrames = 512;
/// A training of fewer steps is over before it could be foretold.
constexpr std::int64_t kFewestSteps = 50;

Error givenUp() {
    return {ErrorCode::cancelled, "The measuring was cancelled.", {}};
}

double steadySeconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Preparation {
    double secondsPerSecond = 0;  ///< of sound and rendering
    bool cached = false;          ///< nothing was left to make
};

/// Measured on the shortest sounds that make up kProbeSeconds.
Result<Preparation> measurePreparation(const std::filesystem::path& cacheFolder,
                                       std::vector<SoundEntry> usable, const FeatureSettings& settings,
                                       const CancelToken& cancel, const Stopwatch& stopwatch) {
    auto cache = FeatureCache::open(cacheFolder);
    if (!cache) return propagate(cache);
    std::ranges::sort(usable, {}, &SoundEntry::seconds);
    double heard = 0;
    int made = 0;
    const double begun = stopwatch();
    for (const SoundEntry& sound : usable) {
        auto batch = cache->prepare(std::span(&sound, 1), settings, 1, cancel, {});
        if (!batch) return propagate(batch);
        made += batch->madeNow;
        heard += sound.seconds * (settings.variants + 1);
        if (heard > kProbeSeconds) break;
    }
    return Preparation{(stopwatch() - begun) / std::max(heard, 0.05), made == 0};
}

/// Noise costs what sound costs.
std::vector<float> noise(std::int64_t frames) {
    std::vector<float> mel(static_cast<std::size_t>(frames * kMelBands));
    Random random(1);
    for (float& value : mel) value = static_cast<float>(random.uniform(kLogMelFloor, 3));
    return mel;
}

/// The fastest of a few real steps, after one that warms up, in seconds.
Result<double> measureStep(models::MelVaeTrainer& trainer, int wantedThreads, const CancelToken& cancel,
                           const Stopwatch& stopwatch) {
    const auto& training = trainer.training();
    const std::vector<float> crops = noise(std::int64_t{training.batchSize} * training.cropFrames);
    if (wantedThreads > 0)
        trainer.setThreads(wantedThreads);
    else
        (void)trainer.tuneThreads(crops, std::min(mostThreads(0), training.shards));
    double best = 0;
    for (int i = 0; i <= kTimedSteps; ++i) {
        if (cancel.cancelled()) return tl::unexpected(givenUp());
        const double begun = stopwatch();
        auto step = trainer.trainStep(crops, 0);
        if (!step) return propagate(step);
        const double seconds = stopwatch() - begun;
        if (i == 1 || (i > 1 && seconds < best)) best = seconds;
    }
    return best;
}

/// Seconds to rebuild a frame, as judging does.
Result<double> measureJudging(const models::MelVaeTrainer& trainer, const Stopwatch& stopwatch) {
    const std::vector<float> mel = noise(kProbeFrames);
    const double begun = stopwatch();
    auto rebuilt = trainer.reconstruct(mel);
    if (!rebuilt) return propagate(rebuilt);
    return (stopwatch() - begun) / static_cast<double>(kProbeFrames);
}

std::int64_t peakResidentBytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::int64_t>(usage.ru_maxrss) * 1024;
}

std::string sentenceOf(const TrainingEstimate& estimate, models::DeviceKind device) {
    const int cores = mostThreads(0);
    const std::string where = device == models::DeviceKind::cpu
                                  ? "the CPU (" + std::to_string(cores) + (cores == 1 ? " core)" : " cores)")
                                  : estimate.device;
    std::string time = roughDuration(estimate.secondsToPrepare + estimate.secondsToTrain);
    time.front() = 'A';
    const std::string steps = estimate.steps == 1 ? "1 step." : std::to_string(estimate.steps) + " steps.";
    const std::string ending =
        estimate.steps > 0 ? steps : "which is too little for a single step: give it more time.";
    return time + " on " + where + ", " + std::to_string(estimate.memoryBytes >> 20) + " MB of memory, " +
           ending;
}

}  // namespace

bool worthEstimating(const TrainingRequest& request) {
    return !request.resume && (!request.place || request.place->rank == 0) &&
           (!request.steps || *request.steps > kFewestSteps);
}

Result<TrainingEstimate> estimateTraining(Library& library, const TrainingSetup& setup,
                                          const CancelToken& cancel, const Stopwatch& stopwatch) {
    if (!stopwatch) return estimateTraining(library, setup, cancel, steadySeconds);
    if (auto trainable = checkSounds(setup); !trainable) return propagate(trainable);
    std::vector<SoundEntry> usable;
    std::ranges::copy_if(setup.sounds, std::back_inserter(usable), &SoundEntry::usable);

    TrainingEstimate estimate;
    estimate.usableFiles = static_cast<int>(usable.size());
    estimate.device = models::nameOf(setup.device);
    if (setup.growth)
        usable.insert(usable.end(), setup.growth->known.entries.begin(), setup.growth->known.entries.end());
    estimate.soundSeconds = totalsOf(usable).usableSeconds;
    const FeatureSettings features = featureSettingsFor(setup.request, usable);
    auto preparation = measurePreparation(library.featureCacheFolder(), usable, features, cancel, stopwatch);
    if (!preparation) return propagate(preparation);
    if (!preparation->cached)
        estimate.secondsToPrepare = preparation->secondsPerSecond * estimate.soundSeconds *
                                    (features.variants + 1) / mostThreads(setup.threads);

    if (cancel.cancelled()) return tl::unexpected(givenUp());
    auto plan = planTraining(setup.request, estimate.soundSeconds, setup.growth);
    if (!plan) return propagate(plan);
    auto trainer = models::MelVaeTrainer::create(plan->training, setup.device, noise(256), plan->base,
                                                 plan->baseCodebooks);
    if (!trainer) return propagate(trainer);
    auto perStep = measureStep(*trainer, setup.threads, cancel, stopwatch);
    if (!perStep) return propagate(perStep);
    estimate.secondsPerStep = *perStep;
    auto perFrame = measureJudging(*trainer, stopwatch);
    if (!perFrame) return propagate(perFrame);
    if (cancel.cancelled()) return tl::unexpected(givenUp());
    const double frames = estimate.soundSeconds * kSampleRate / MelShape().stft.hop;
    const double judging = *perFrame * TrainingBudget::evaluations() * TrainingMaterial::judgedFrames(frames);

    const TrainingBudget budget(setup.request);
    if (const auto steps = budget.steps()) {
        estimate.steps = *steps;
        estimate.secondsToTrain = *perStep * static_cast<double>(*steps) + judging;
    } else {
        estimate.secondsToTrain = budget.wallSeconds().value_or(setup.request.cpuSeconds.value_or(0));
        const double left = std::max(0.0, estimate.secondsToTrain - judging);
        estimate.steps = static_cast<std::int64_t>(left / std::max(*perStep, 1e-9));
    }
    // What this process has touched by now holds libraries, weights, optimiser and a batch's activations.
    estimate.memoryBytes = peakResidentBytes() + TrainingMaterial::memoryBytes(frames);
    estimate.sentence = sentenceOf(estimate, setup.device);
    return estimate;
}

}  // namespace smidgen
