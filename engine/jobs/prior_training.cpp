#include "engine/jobs/prior_training.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <optional>
#include <thread>

#include "engine/analysis/mel.h"
#include "engine/foundation/atomic_file.h"
#include "engine/generation/take_judge.h"
#include "engine/jobs/prior_material.h"
#include "engine/jobs/training_words.h"
#include "models/code_prior_trainer.h"
#include "models/weights_file.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr double kCheckpointSeconds = 30;
constexpr std::int64_t kStepsBetweenJudgements = 50;
/// Judged in vain so often in a row: nothing more is to be learned from these sounds.
constexpr int kPatience = 6;
constexpr int kMostSkippedSteps = 20;
/// Sounds whose distance to all others is measured.
constexpr std::size_t kMostAskedSounds = 32;
/// Overfitting is what ends a prior's training: below this much sound it is held back more.
constexpr double kLittleSeconds = 300;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double number(const std::map<std::string, std::string>& from, const char* key) {
    const auto found = from.find(key);
    double value = 0;
    if (found != from.end())
        std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
    return value;
}

/// Travels in the checkpoint's metadata.
struct PriorState {
    double elapsed = 0, best = 0;
    double bestStep = 0, inVain = 0;
    [[nodiscard]] std::map<std::string, std::string> metadata() const {
        return {{"elapsed", std::to_string(elapsed)},
                {"best", std::to_string(best)},
                {"best_step", std::to_string(bestStep)},
                {"in_vain", std::to_string(inVain)}};
    }
    void read(const std::map<std::string, std::string>& from) {
        elapsed = number(from, "elapsed");
        best = number(from, "best");
        bestStep = number(from, "best_step");
        inVain = number(from, "in_vain");
    }
};

class PriorRun {
 public:
    PriorRun(Library& library, const PriorTrainingSetup& setup, JobContext& job,
             const std::function<void(const TrainingSnapshot&)>& publish)
        : m_library(library), m_setup(setup), m_request(setup.request), m_job(job), m_publish(publish) {}

    Status run() {
        if (auto prepared = prepare(); !prepared) return prepared;
        Status outcome = learn();
        if (!outcome && outcome.error().code != ErrorCode::cancelled) return outcome;
        if (!outcome) return stop();
        if (auto judged = judge(); !judged) return judged;
        if (!m_remark.empty()) m_snapshot.warnings.push_back(m_remark);
        m_snapshot.step = m_trainer->step();
        m_publish(m_snapshot);
        std::error_code ignored;
        fs::remove(m_checkpoint, ignored);
        m_job.say(1, "Done: the prior is in the model's file.");
        return {};
    }

 private:
    Status prepare();
    Status start();
    Status measureNovelty();
    Status learn();
    Status takeStep();
    Status judge();
    Status stop();
    Status checkpoint();
    void tell();
    [[nodiscard]] double progress() const;
    [[nodiscard]] models::CodePriorTraining settings() const;

    Library& m_library;
    const PriorTrainingSetup& m_setup;
    const PriorTrainingRequest& m_request;
    JobContext& m_job;
    const std::function<void(const TrainingSnapshot&)>& m_publish;
    std::optional<models::MelVae> m_model;
    PriorMaterial m_material;
    std::vector<models::CodedSound> m_known;  ///< of the training, to compare held-out sounds with
    std::string m_remark;                     ///< on the prior that is kept
    NoveltyScale m_novelty;
    std::optional<models::CodePriorTrainer> m_trainer;
    fs::path m_checkpoint;
    PriorState m_state;
    TrainingSnapshot m_snapshot;
    std::int64_t m_judgedStep = -1;
    int m_skipped = 0;
    double m_smoothed = 0;
    double m_elapsedBefore = 0;
    Clock::time_point m_begun = Clock::now();
    Clock::time_point m_lastCheckpoint = Clock::now();
    Clock::time_point m_lastTold = Clock::now() - std::chrono::hours(1);
};

models::CodePriorTraining PriorRun::settings() const {
    const models::MelVaeShape& shape = m_model->shape();
    const MelShape front;
    models::CodePriorTraining training;
    training.shape = priorShape(m_request.mode);
    training.shape.levels = shape.levels;
    training.shape.codebookSize = shape.codebookSize;
    training.shape.globalDims = shape.globalDims;
    training.shape.framesPerSecond =
        static_cast<double>(kSampleRate) / front.stft.hop / static_cast<double>(shape.fold);
    training.dropout = m_material.seconds < kLittleSeconds ? 0.2 : 0.1;
    training.seed = m_request.seed;
    return training;
}

Status PriorRun::prepare() {
    m_job.say(0, "Looking at the model");
    if (!m_setup.remark.empty()) m_snapshot.warnings.push_back(m_setup.remark);
    auto model = models::MelVae::load(m_setup.model, m_setup.device);
    if (!model) return propagate(model);
    m_model.emplace(std::move(*model));
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    auto material = preparePriorMaterial(
        *m_model, m_library.featureCacheFolder(), m_setup.sounds, m_request.heldOutShare, m_request.seed,
        m_setup.threads > 0 ? m_setup.threads : cores, m_job.cancel(), [&](int done, int total) {
            m_job.say(0, "Preparing sound " + std::to_string(done) + " of " + std::to_string(total));
        });
    if (!material) return propagate(material);
    m_material = std::move(*material);
    // As many sounds it learns from as are held out, evenly spread.
    const std::size_t every =
        m_material.training.size() / std::max<std::size_t>(m_material.heldOut.size(), 1);
    for (std::size_t i = 0; i < m_material.training.size() && !m_material.heldOut.empty();
         i += std::max<std::size_t>(every, 1))
        m_known.push_back(m_material.training[i]);
    m_job.say(0, "Measuring how far unheard sounds lie");
    if (auto measured = measureNovelty(); !measured) return measured;
    std::error_code error;
    fs::create_directories(m_library.trainingsFolder(), error);
    if (error) return systemFailure(error.value(), "create the folder", m_library.trainingsFolder());
    m_checkpoint = m_library.trainingsFolder() / ("prior-" + displayName(m_setup.model.stem()) + "-" +
                                                  std::to_string(m_request.seed) + ".safetensors");
    return start();
}

/// How far sounds lie from each other: each of some to all the others.
Status PriorRun::measureNovelty() {
    auto index = noveltyIndexOf(*m_model, m_material.training);
    if (!index) return propagate(index);
    std::vector<const models::CodedSound*> sounds;
    for (const models::CodedSound& sound : m_material.training)
        if (sounds.empty() || sounds.back()->name != sound.name) sounds.push_back(&sound);
    const std::size_t asked = std::min(sounds.size(), kMostAskedSounds);
    std::vector<double> distances;
    for (std::size_t i = 0; i < asked; ++i) {
        const models::CodedSound& sound = *sounds[i * sounds.size() / asked];
        auto mel = melOfSound(*m_model, sound);
        if (!mel) return propagate(mel);
        const auto nearest = index->nearest(*mel, sound.name);
        distances.insert(distances.end(), nearest.distances.begin(), nearest.distances.end());
        if (m_job.cancel().cancelled()) return failure(ErrorCode::cancelled, "Stopped.");
    }
    m_novelty = noveltyScaleOf(distances);
    return {};
}

Status PriorRun::start() {
    std::error_code ignored;
    if (m_request.resume) {
        auto metadata = models::loadWeightsMetadata(m_checkpoint);
        if (!metadata)
            return failure(
                ErrorCode::notFound,
                "There is no interrupted prior of this model and seed to go on with. Start without "
                "--resume.");
        m_state.read(*metadata);
        auto trainer = models::CodePriorTrainer::resume(m_checkpoint, m_setup.device, m_material.training);
        if (!trainer) return propagate(trainer);
        m_trainer.emplace(std::move(*trainer));
    } else {
        fs::remove(m_checkpoint, ignored);
        std::vector<std::vector<float>> codebooks;
        for (int level = 0; level < m_model->shape().levels; ++level)
            codebooks.push_back(m_model->codeVectors(level));
        auto trainer =
            models::CodePriorTrainer::create(settings(), m_setup.device, m_material.training, codebooks);
        if (!trainer) return propagate(trainer);
        m_trainer.emplace(std::move(*trainer));
    }
    const int most = m_trainer->training().shards;
    if (m_setup.threads > 0)
        m_trainer->setThreads(m_setup.threads);
    else
        m_snapshot.threads = m_trainer->tuneThreads(most);
    m_snapshot.job = m_job.id();
    m_snapshot.device = models::nameOf(m_setup.device);
    m_elapsedBefore = m_state.elapsed;
    m_begun = Clock::now();
    return {};
}

double PriorRun::progress() const {
    if (m_request.steps)
        return static_cast<double>(m_trainer->step()) /
               static_cast<double>(std::max<std::int64_t>(*m_request.steps, 1));
    return m_state.elapsed / (60 * m_request.minutes.value_or(priorMinutes(m_request.mode)));
}

Status PriorRun::learn() {
    const std::int64_t firstStep = m_trainer->step();
    while (progress() < 1) {
        if (m_job.pauseWanted()) {
            if (auto saved = checkpoint(); !saved) return saved;
            m_job.waitWhilePaused();
            m_elapsedBefore = m_state.elapsed;
            m_begun = Clock::now();
        }
        if (m_job.cancel().cancelled()) return failure(ErrorCode::cancelled, "Stopped.");
        if (auto stepped = takeStep(); !stepped) return stepped;
        m_state.elapsed = m_elapsedBefore + secondsSince(m_begun);
        m_snapshot.stepsPerSecond = static_cast<double>(m_trainer->step() - firstStep) /
                                    std::max(m_state.elapsed - m_elapsedBefore, 1e-3);
        tell();
        if (m_trainer->step() % kStepsBetweenJudgements == 0) {
            if (auto judged = judge(); !judged) return judged;
            if (m_request.stopEarly && m_state.inVain >= kPatience) {
                m_snapshot.warnings.push_back(
                    "Held-out sounds are no longer understood better, so training stopped early. The best "
                    "prior is kept.");
                m_publish(m_snapshot);
                return {};
            }
        }
        if (secondsSince(m_lastCheckpoint) > kCheckpointSeconds)
            if (auto saved = checkpoint(); !saved) return saved;
    }
    return {};
}

Status PriorRun::takeStep() {
    auto report = m_trainer->trainStep(progress());
    if (!report && report.error().code == ErrorCode::outOfMemory && m_trainer->training().batchSize > 1) {
        m_trainer->setBatchSize(m_trainer->training().batchSize / 2);
        return {};
    }
    if (!report) return propagate(report);
    if (!report->finite) {
        if (++m_skipped < kMostSkippedSteps) return {};
        return failure(ErrorCode::internal,
                       "Training went astray: its numbers are no longer finite. The last good prior is kept; "
                       "try another seed.");
    }
    m_skipped = 0;
    m_smoothed += (m_snapshot.curve.empty() ? 1.0 : 0.05) * (report->loss - m_smoothed);
    m_snapshot.curve.push_back({report->step, m_state.elapsed, m_smoothed, {}});
    return {};
}

Status PriorRun::judge() {
    if (m_trainer->step() == m_judgedStep) return {};
    m_judgedStep = m_trainer->step();
    double heldOut = 0;
    if (!m_material.heldOut.empty()) {
        auto figure = m_trainer->evaluate(m_material.heldOut);
        if (!figure) return propagate(figure);
        heldOut = *figure;
        if (!m_snapshot.curve.empty()) m_snapshot.curve.back().heldOut = heldOut;
    }
    const bool better =
        m_state.bestStep == 0 || heldOut == 0 || heldOut < m_state.best || !m_request.stopEarly;
    m_state.inVain = better ? 0 : m_state.inVain + 1;
    if (!better) return {};
    m_state.best = heldOut;
    m_state.bestStep = static_cast<double>(m_trainer->step());
    std::map<std::string, std::string> about{
        {prior_metadata::kSteps, std::to_string(m_trainer->step())},
        {prior_metadata::kSounds, std::to_string(m_material.sounds)},
        {prior_metadata::kSeed, std::to_string(m_request.seed)},
        {kHeldOutDistanceMetadata, std::to_string(m_novelty.heldOutMean)},
        {kCopyBelowMetadata, std::to_string(m_novelty.copyBelow)}};
    if (heldOut > 0) {
        about[prior_metadata::kHeldOutNats] = std::to_string(heldOut);
        auto training = m_trainer->evaluate(m_known);
        if (!training) return propagate(training);
        m_remark = priorRemark(*training, heldOut);
        if (!m_remark.empty()) about[prior_metadata::kRemark] = m_remark;
    }
    if (auto kept = m_trainer->exportPrior(m_setup.model, about); !kept) return kept;
    // The card of a model in the library tells that it has a prior.
    const ModelId id = m_setup.model.stem().string();
    if (m_setup.model == m_library.modelFile(id))
        if (auto known = m_library.addModel(id); !known) return propagate(known);
    return {};
}

Status PriorRun::checkpoint() {
    m_lastCheckpoint = Clock::now();
    return m_trainer->saveCheckpoint(m_checkpoint, m_state.metadata());
}

Status PriorRun::stop() {
    if (m_state.bestStep == 0)
        if (auto judged = judge(); !judged) return judged;
    if (auto saved = checkpoint(); !saved) return saved;
    return failure(ErrorCode::cancelled,
                   "Stopped after " + std::to_string(m_trainer->step()) +
                       " steps. The prior so far can be used, and training can be resumed.");
}

void PriorRun::tell() {
    if (secondsSince(m_lastTold) < 0.25) return;
    m_lastTold = Clock::now();
    const double done = progress();
    std::optional<double> eta;
    if (m_request.steps)
        eta = static_cast<double>(*m_request.steps - m_trainer->step()) /
              std::max(m_snapshot.stepsPerSecond, 1e-6);
    else
        eta = std::max(0.0, 60 * m_request.minutes.value_or(priorMinutes(m_request.mode)) - m_state.elapsed);
    m_job.say(std::min(done, 1.0), trainingSentence(done, eta), eta);
    m_snapshot.step = m_trainer->step();
    m_snapshot.totalSteps = m_request.steps.value_or(
        done > 0.01 ? static_cast<std::int64_t>(static_cast<double>(m_snapshot.step) / done) : 0);
    m_snapshot.batchSize = m_trainer->training().batchSize;
    m_publish(m_snapshot);
}

}  // namespace

Status runPriorTraining(Library& library, const PriorTrainingSetup& setup, JobContext& job,
                        const std::function<void(const TrainingSnapshot&)>& publish) {
    return PriorRun(library, setup, job, publish).run();
}

}  // namespace smidgen
