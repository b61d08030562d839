#include "engine/jobs/training_run.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "engine/foundation/atomic_file.h"
#include "engine/jobs/model_card.h"
#include "engine/jobs/preview_clips.h"
#include "engine/jobs/sound_attributes.h"
#include "engine/jobs/training_batch.h"
#include "engine/jobs/training_budget.h"
#include "engine/jobs/training_crops.h"
#include "engine/jobs/training_figure.h"
#include "engine/jobs/training_material.h"
#include "engine/jobs/training_plan.h"
#include "engine/jobs/training_processes.h"
#include "engine/jobs/training_state.h"
#include "engine/jobs/training_words.h"
#include "models/mel_vae_trainer.h"
#include "models/weights_file.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr double kCheckpointSeconds = 15;
constexpr double kFirstCheckpointSeconds = 1;
constexpr double kPublishSeconds = 0.25;
constexpr std::int64_t kPlateauSteps = 60;
constexpr int kMostSkippedSteps = 20;
constexpr const char* kStateKey = "training_state";

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

class TrainingRun {
 public:
    TrainingRun(Library& library, const TrainingSetup& setup, JobContext& job,
                const std::function<void(const TrainingSnapshot&)>& publish,
                std::shared_ptr<models::ProcessGroup> group)
        : m_library(library),
          m_setup(setup),
          m_request(setup.request),
          m_job(job),
          m_publish(publish),
          m_group(std::move(group)),
          m_budget(setup.request) {}

    Status run() {
        if (auto ready = prepare(); !ready) return ready;
        Status outcome = learn();
        if (!outcome && outcome.error().code != ErrorCode::cancelled)
            return m_group && m_group->lost() ? abandoned(outcome.error()) : outcome;
        if (!outcome) return stop();
        if (auto kept = judge(); !kept) return kept;
        return finish();
    }

 private:
    Status prepare();
    Status start();
    Status learn();
    /// To the other processes, if there are any. → whether one of them wishes to stop.
    Result<bool> tellGroup(StepOrder order);
    /// Ends a training whose other processes are gone.
    Status abandoned(const Error& error);
    Status takeStep();
    /// Held-out figure, best model kept, previews, warnings.
    Status judge();
    Status keepModel(double heldOut);
    Status previews();
    Status checkpoint();
    Status stop();
    Status finish();
    [[nodiscard]] Result<GrowthFigures> heldOutFigures() const;
    /// Whether weights with these figures are to be kept, and are not heard to be worse than the first;
    /// remembers them if so.
    Result<bool> isBest(const GrowthFigures& figures);
    [[nodiscard]] std::optional<GrowthReport> growthReport() const;
    void tell(bool now);
    void warn(const std::string& sentence);
    [[nodiscard]] bool plateaued() const;
    [[nodiscard]] double progress() const {
        return m_budget.progress(m_trainer->step(), m_state.elapsedSeconds, m_state.cpuSeconds);
    }

    Library& m_library;
    const TrainingSetup& m_setup;
    const TrainingRequest& m_request;
    JobContext& m_job;
    const std::function<void(const TrainingSnapshot&)>& m_publish;
    std::shared_ptr<models::ProcessGroup> m_group;  ///< null: alone
    TrainingBudget m_budget;

    fs::path m_folder;
    std::optional<TrainingMaterial> m_material;
    std::optional<models::MelVaeTrainer> m_trainer;
    std::optional<TrainingCrops> m_sampler;
    std::optional<PreviewClips> m_clips;
    TrainingState m_state;
    TrainingSnapshot m_snapshot;
    std::vector<float> m_crops;
    const double m_cpuAtStart = processCpuSeconds();
    double m_lastJudged = 0;  ///< progress
    std::int64_t m_judgedStep = -1;
    double m_lastPreview = -1;  ///< progress
    double m_klPerFrame = 0;
    bool m_overfitted = false;
    bool m_stopWished = false;  ///< by another process
    int m_skipped = 0;
    double m_untilCheckpoint = kFirstCheckpointSeconds;
    Clock::time_point m_lastCheckpoint = Clock::now();
    Clock::time_point m_lastTold = Clock::now() - std::chrono::hours(1);
};

Status TrainingRun::prepare() {
    m_job.say(0, "Looking at the sounds");
    if (auto trainable = checkSounds(m_setup); !trainable) return trainable;
    std::vector<SoundEntry> usable;
    std::ranges::copy_if(m_setup.sounds, std::back_inserter(usable), &SoundEntry::usable);
    const std::string key = trainingKey(m_request, usable);
    m_folder = m_library.trainingsFolder() / key;
    if (m_group)
        if (auto same = checkSameTraining(*m_group, key); !same) return same;

    const models::MelVaeTraining defaults;
    auto material = TrainingMaterial::prepare(
        m_library.featureCacheFolder(), usable, m_request, m_setup.growth, defaults.cropFrames,
        mostThreads(m_setup.threads), m_job.cancel(), [&](int done, int total) {
            m_job.say(0, "Preparing sound " + std::to_string(done) + " of " + std::to_string(total));
        });
    if (!material) return propagate(material);
    m_material = std::move(*material);
    if (m_setup.growth) {
        if (const std::string remark = m_setup.growth->remark(); !remark.empty()) warn(remark);
    }
    for (const auto& lost : m_material->batch.failures) {
        warn("'" + displayName(lost.path.filename()) + "' is left out: " + lost.error.sentence);
    }
    if (m_request.heldOutList) {
        std::string list;
        for (const FeatureSpan& span : m_material->split.heldOut) {
            list += displayName(m_material->batch.entries[static_cast<std::size_t>(span.sound)].path) + "\n";
        }
        if (auto written = writeFileAtomically(*m_request.heldOutList, list); !written) return written;
    }
    std::error_code error;
    fs::create_directories(m_folder, error);
    if (error) return systemFailure(error.value(), "create the folder", m_folder);
    return start();
}

Status TrainingRun::start() {
    const fs::path saved = m_folder / "checkpoint.safetensors";
    if (m_request.resume && fs::exists(saved)) {
        auto metadata = models::checkpointMetadata(saved);
        if (!metadata) return propagate(metadata);
        auto state = trainingStateFromJson((*metadata)[kStateKey]);
        if (!state) return propagate(state);
        auto trainer = models::MelVaeTrainer::resume(saved, m_setup.device, m_group);
        if (!trainer) return propagate(trainer);
        m_trainer = std::move(*trainer);
        m_state = std::move(*state);
        m_snapshot.warnings = m_state.warnings;
    } else {
        fs::remove(saved);
        auto plan = planTraining(m_request, m_material->trainingSeconds(), m_setup.growth);
        if (!plan) return propagate(plan);
        auto trainer = models::MelVaeTrainer::create(plan->training, m_setup.device, m_material->sample,
                                                     plan->base, plan->baseCodebooks, m_group);
        if (!trainer) return propagate(trainer);
        m_trainer = std::move(*trainer);
        m_state.model = Library::newId();
        m_state.base = displayName(plan->base.filename());
        m_state.batchSize = plan->training.batchSize;
    }
    if (auto written = writeFileAtomically(m_folder / "request.json", toJson(m_request)); !written)
        return written;

    const models::MelVaeTraining& training = m_trainer->training();
    m_sampler.emplace(*m_material, cropSettingsFor(m_request, training.cropFrames));

    const fs::path previewFolder = m_request.previewFolder.value_or(m_folder / "previews");
    auto clips = PreviewClips::create(previewFolder, m_material->batch.entries, m_material->split.heldOut);
    if (!clips) return propagate(clips);
    m_clips = std::move(*clips);

    m_snapshot.job = m_job.id();
    m_snapshot.device = models::nameOf(m_setup.device);
    m_snapshot.curve = m_state.curve;
    m_snapshot.processes = m_group ? m_group->size() : 1;
    auto threads = chooseThreads(*m_trainer, *m_sampler, m_setup.threads);
    if (!threads) return propagate(threads);
    m_snapshot.threads = *threads;
    // A resumed training has kept its model from before.
    const bool hasModel = fs::exists(m_library.modelFile(m_state.model));
    m_job.change([&](JobSnapshot& snapshot) {
        snapshot.fraction = progress();
        if (hasModel) snapshot.model = m_state.model;
    });
    m_lastJudged = progress();
    // What there is before the first step counts as well: a training never ends worse than it began.
    return m_trainer->step() == 0 ? judge() : Status();
}

Status TrainingRun::learn() {
    // Preparing the sounds is part of what the training costs.
    const double cpuBefore = m_cpuAtStart - m_state.cpuSeconds;
    auto begun = Clock::now();
    double elapsedBefore = m_state.elapsedSeconds;
    const std::int64_t firstStep = m_trainer->step();
    const double firstElapsed = elapsedBefore;
    while (progress() < 1) {
        if (m_job.pauseWanted()) {
            if (auto saved = checkpoint(); !saved) return saved;
            m_job.waitWhilePaused();
            elapsedBefore = m_state.elapsedSeconds;
            begun = Clock::now();
        }
        const bool cancelled = m_stopWished || m_job.cancel().cancelled();
        auto wished = tellGroup(cancelled ? StepOrder::stop : StepOrder::step);
        if (cancelled) return failure(ErrorCode::cancelled, "Stopped.");
        if (!wished) return propagate(wished);
        m_stopWished = *wished;
        if (auto stepped = takeStep(); !stepped) return stepped;

        m_state.elapsedSeconds = elapsedBefore + secondsSince(begun);
        m_state.cpuSeconds = processCpuSeconds() - cpuBefore;
        const double learned = m_state.elapsedSeconds - firstElapsed;
        m_snapshot.stepsPerSecond =
            static_cast<double>(m_trainer->step() - firstStep) / std::max(learned, 1e-3);
        tell(false);
        if (m_budget.evaluationDue(m_trainer->step(), progress(), m_lastJudged)) {
            if (auto judged = judge(); !judged) return judged;
            if (m_request.stopOnPlateau && plateaued()) {
                warn(
                    "Nothing new was learned for a while, so training stopped early. The best model is "
                    "kept.");
                break;
            }
        }
        if (secondsSince(m_lastCheckpoint) > m_untilCheckpoint) {
            if (auto saved = checkpoint(); !saved) return saved;
        }
        m_state.elapsedSeconds = elapsedBefore + secondsSince(begun);
        m_state.cpuSeconds = processCpuSeconds() - cpuBefore;
    }
    // All is learned: it no longer matters whether the others are still there.
    [[maybe_unused]] const auto told = tellGroup(StepOrder::finish);
    return {};
}

Result<bool> TrainingRun::tellGroup(StepOrder order) {
    if (!m_group) return false;
    return tellOthers(*m_group, {order, progress()});
}

Status TrainingRun::abandoned(const Error& error) {
    if (auto saved = checkpoint(); !saved) return saved;
    return failure(error.code,
                   error.sentence + " What was learned in " + std::to_string(m_trainer->step()) +
                       " steps is kept: the model so far can be used, and the same command with --resume "
                       "goes on.",
                   error.detail);
}

Status TrainingRun::takeStep() {
    const models::MelVaeTraining& training = m_trainer->training();
    if (auto read = readBatch(*m_sampler, training, m_trainer->step(), 0, m_crops); !read) return read;
    auto report = m_trainer->trainStep(m_crops, progress());
    if (const int smaller = smallerBatch(training.batchSize);
        !report && report.error().code == ErrorCode::outOfMemory && smaller > 0) {
        m_trainer->setBatchSize(smaller);
        m_state.batchSize = m_trainer->training().batchSize;
        warn(memoryWarning(m_state.batchSize));
        return {};
    }
    if (!report) return propagate(report);
    if (!report->finite) {
        if (++m_skipped < kMostSkippedSteps) return {};
        return failure(
            ErrorCode::internal,
            "Training went astray: its numbers are no longer finite. The last good model is kept; try "
            "another seed.");
    }
    m_skipped = 0;
    m_klPerFrame = report->kl;
    const double smoothing = m_state.curve.empty() ? 1.0 : 0.05;
    m_state.smoothedTraining += smoothing * (report->reconstruction - m_state.smoothedTraining);
    m_state.curve.push_back({report->step, m_state.cpuSeconds, m_state.smoothedTraining, {}});
    thinCurve(m_state.curve);
    return {};
}

Status TrainingRun::judge() {
    if (m_trainer->step() == m_judgedStep) return {};
    m_judgedStep = m_trainer->step();
    m_lastJudged = progress();
    auto figures = heldOutFigures();
    if (!figures) return propagate(figures);
    const double heldOut = figures->balanced();
    if (heldOut > 0) {
        if (!m_state.curve.empty()) m_state.curve.back().heldOut = heldOut;
        auto training = rebuildingError(*m_trainer, m_material->trainingSounds);
        if (!training) return propagate(training);
        m_overfitted = progress() > 0.2 && heldOut > 1.2 * *training && heldOut > 1.02 * m_state.bestHeldOut;
        if (m_overfitted) warn(overfitWarning(*training, heldOut));
    }
    if (progress() > 0.3 && m_klPerFrame < 0.5 && !m_trainer->training().shape.quantised())
        warn(collapseWarning(m_klPerFrame));
    auto best = isBest(*figures);
    if (!best) return propagate(best);
    if (*best)
        if (auto kept = keepModel(heldOut); !kept) return kept;
    // Previews are dear on small budgets: six in all.
    if (progress() >= 1 || progress() - m_lastPreview >= 1.0 / 6) {
        if (auto heard = previews(); !heard && heard.error().code != ErrorCode::cancelled) return heard;
    }
    tell(true);
    return {};
}

Status TrainingRun::keepModel(double heldOut) {
    auto parts = m_material->soundingParts();
    if (!parts) return propagate(parts);
    std::vector<models::Latents> anchors;
    for (const std::vector<float>& part : parts->mels) {
        auto latents = m_trainer->encode(part);
        if (!latents) return propagate(latents);
        anchors.push_back(std::move(*latents));
    }
    auto levels = m_trainer->codebookHealth(parts->mels);
    if (!levels) return propagate(levels);
    m_snapshot.levels = std::move(*levels);
    const ModelCard card{heldOut, m_overfitted, m_snapshot.levels,
                         m_material->references(m_setup.growth, parts->hashes)};
    const auto metadata = metadataOf(card, m_setup, *m_material, m_state, *m_trainer);
    auto exported = m_trainer->exportModel(m_library.modelFile(m_state.model), metadata, anchors);
    if (!exported) return exported;
    if (m_request.asBase && m_request.out) {
        if (auto base = m_trainer->exportBase(*m_request.out, metadata); !base) return base;
    }
    if (auto added = m_library.addModel(m_state.model); !added) return propagate(added);
    m_job.change([&](JobSnapshot& snapshot) { snapshot.model = m_state.model; });
    return {};
}

Status TrainingRun::previews() {
    m_lastPreview = progress();
    auto made = m_clips->render(
        m_trainer->step(), [&](std::span<const float> mel) { return m_trainer->reconstruct(mel); },
        m_job.cancel());
    if (!made) return propagate(made);
    m_snapshot.previews = std::move(*made);
    return {};
}

Status TrainingRun::checkpoint() {
    m_lastCheckpoint = Clock::now();
    m_untilCheckpoint = kCheckpointSeconds;
    m_state.warnings = m_snapshot.warnings;
    return m_trainer->saveCheckpoint(m_folder / "checkpoint.safetensors", {{kStateKey, toJson(m_state)}});
}

Status TrainingRun::stop() {
    // Evaluations fall on the same steps whether or not a training was interrupted, so a stop keeps no
    // weights of its own unless there would be no model at all.
    if (m_state.bestHeldOut == 0 && !fs::exists(m_library.modelFile(m_state.model))) {
        auto figures = heldOutFigures();
        if (!figures) return propagate(figures);
        if (auto kept = keepModel(figures->balanced()); !kept) return kept;
    }
    if (auto saved = checkpoint(); !saved) return saved;
    return failure(ErrorCode::cancelled,
                   "Stopped after " + std::to_string(m_trainer->step()) +
                       " steps. The model so far can be used, and training can be resumed.");
}

Result<GrowthFigures> TrainingRun::heldOutFigures() const {
    auto fresh = rebuildingError(*m_trainer, m_material->heldOutSounds);
    if (!fresh) return propagate(fresh);
    auto known = rebuildingError(*m_trainer, m_material->heldOutKnown);
    if (!known) return propagate(known);
    return GrowthFigures{*fresh, *known};
}

Result<bool> TrainingRun::isBest(const GrowthFigures& figures) {
    const bool first = m_state.bestHeldOut == 0;
    if (first) m_state.before = figures;
    const bool best = first || figures.balanced() == 0 || isProgress(figures, m_state.best, m_state.before);
    if (!best) return false;
    // A mel nearer to the sound's may still be one that is heard as farther from it.
    auto heard = heardError(*m_trainer, m_material->heldOutSounds, m_job.cancel());
    if (!heard && heard.error().code != ErrorCode::cancelled) return propagate(heard);
    if (heard && first) m_state.heardBefore = *heard;
    if (heard && m_state.heardBefore > 0 && *heard > m_state.heardBefore) return false;
    m_state.best = figures;
    m_state.bestHeldOut = figures.balanced();
    m_state.bestStep = m_trainer->step();
    return true;
}

Status TrainingRun::finish() {
    if (!m_request.asBase) {
        m_job.say(1, "Listening for what the sliders mean");
        const auto& sounds = m_material->batch.entries;
        // A model without is listened to when its sliders are first moved.
        if (auto added = addSteeringCard(m_library, m_state.model, sounds, mostThreads(m_setup.threads),
                                         m_job.cancel());
            !added && added.error().code != ErrorCode::cancelled)
            return added;
    }
    if (m_request.out && !m_request.asBase) {
        auto weights = models::loadWeights(m_library.modelFile(m_state.model));
        if (!weights) return propagate(weights);
        if (auto saved = models::saveWeights(*weights, *m_request.out); !saved) return saved;
    }
    std::error_code ignored;
    fs::remove(m_folder / "checkpoint.safetensors", ignored);
    fs::remove(m_folder / "request.json", ignored);
    if (const auto growth = growthReport()) {
        m_job.say(1, growthSentence(*growth, m_setup.growth->name));
        return {};
    }
    const auto record = m_library.findModel(m_state.model);
    // The card says the rest, which is about its codebooks.
    m_job.say(1, record ? "Done: the model is " +
                              (*record)->health.substr(0, (*record)->health.find("; Level")) + "."
                        : "Done.");
    return {};
}

void TrainingRun::tell(bool now) {
    if (!now && secondsSince(m_lastTold) < kPublishSeconds) return;
    m_lastTold = Clock::now();
    const double done = progress();
    std::optional<double> eta;
    if (const auto budget = m_budget.wallSeconds()) {
        eta = std::max(0.0, *budget - m_state.elapsedSeconds);
    } else if (const auto steps = m_budget.steps(); steps && m_snapshot.stepsPerSecond > 0) {
        eta = static_cast<double>(*steps - m_trainer->step()) / m_snapshot.stepsPerSecond;
    } else if (done > 0.02) {
        eta = m_state.elapsedSeconds * (1 - done) / done;
    }
    m_job.say(done, trainingSentence(done, eta), eta);
    m_snapshot.step = m_trainer->step();
    m_snapshot.totalSteps = m_budget.steps().value_or(
        done > 0.01 ? static_cast<std::int64_t>(static_cast<double>(m_snapshot.step) / done) : 0);
    m_snapshot.curve = m_state.curve;
    m_snapshot.batchSize = m_trainer->training().batchSize;
    m_snapshot.codebookSize = m_trainer->training().shape.codebookSize;
    m_snapshot.growth = growthReport();
    m_publish(m_snapshot);
}

std::optional<GrowthReport> TrainingRun::growthReport() const {
    if (!m_setup.growth) return {};
    return GrowthReport{m_state.before, m_state.best, m_material->knownSounds,
                        static_cast<int>(m_setup.growth->known.gone.size())};
}

void TrainingRun::warn(const std::string& sentence) {
    auto& all = m_snapshot.warnings;
    // The same kind of warning with other numbers is said once.
    const auto kind = sentence.substr(0, 40);
    if (std::ranges::any_of(all, [&](const std::string& said) { return said.starts_with(kind); })) return;
    all.push_back(sentence);
    m_publish(m_snapshot);
}

bool TrainingRun::plateaued() const {
    // The falling learning rate brings late gains, so only a third of the budget without any counts.
    if (m_state.bestHeldOut == 0 || progress() < 0.5) return false;
    if (m_trainer->step() - m_state.bestStep < kPlateauSteps) return false;
    const double bestProgress = static_cast<double>(m_state.bestStep) /
                                static_cast<double>(std::max<std::int64_t>(m_trainer->step(), 1)) *
                                progress();
    return progress() - bestProgress > 1.0 / 3;
}

}  // namespace

Status checkSounds(const TrainingSetup& setup) {
    return checkTrainable(setup.sounds, setup.request.force || setup.growth.has_value());
}

Status runTraining(Library& library, const TrainingSetup& setup, JobContext& job,
                   const std::function<void(const TrainingSnapshot&)>& publish) {
    auto group = joinProcesses(setup.request, job);
    if (!group) return propagate(group);
    if (*group && !(*group)->leads()) return helpTraining(library, setup, job, publish, *group);
    return TrainingRun(library, setup, job, publish, *group).run();
}

}  // namespace smidgen
