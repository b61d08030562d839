#include "engine/jobs/decoder_training.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <deque>
#include <map>
#include <thread>

#include "engine/collections/sound_files.h"
#include "engine/foundation/atomic_file.h"
#include "engine/generation/decoder_shelf.h"
#include "engine/jobs/decoder_judge.h"
#include "engine/jobs/decoder_material.h"
#include "models/wave_decoder_trainer.h"

namespace smidgen {
namespace {

using models::WaveDecoderTrainer;
using Clock = std::chrono::steady_clock;

constexpr double kSecondsBetweenCheckpoints = 60;
constexpr std::size_t kReportsKept = 100;
constexpr const char* kSecondsKey = "seconds";
constexpr const char* kGainKeys[] = {"judged_before", "judged_best", "best_step"};
constexpr double kUsualRate = 2e-3;
constexpr double kFineTuningRate = 5e-5;
constexpr double kUsualMinutes = 60;
constexpr double kFineTuningMinutes = 10;
/// A fine-tuning is judged after so many steps each, so that which weights are kept follows from the steps.
constexpr std::int64_t kStepsBetweenJudgements = 50;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

models::WaveDecoderTraining settingsFor(const DecoderTrainingRequest& request) {
    models::WaveDecoderTraining training;
    training.shape = decoderShape(request.size.value_or(DecoderSize::standard));
    training.learningRate =
        request.learningRate.value_or(request.base.empty() ? kUsualRate : kFineTuningRate);
    training.batchSize = request.batchSize;
    training.seed = request.seed;
    return training;
}

double minutesOf(const DecoderTrainingRequest& request) {
    return request.minutes.value_or(request.base.empty() ? kUsualMinutes : kFineTuningMinutes);
}

/// 0 where there is none.
double storedNumber(const std::map<std::string, std::string>& metadata, const char* key) {
    double number = 0;
    if (const auto found = metadata.find(key); found != metadata.end())
        std::from_chars(found->second.data(), found->second.data() + found->second.size(), number);
    return std::isfinite(number) && number > 0 ? number : 0;
}

/// Reads back as the same number.
std::string exactText(double number) {
    char text[40];
    std::snprintf(text, sizeof text, "%.17g", number);
    return text;
}

class DecoderTrainingRun {
 public:
    DecoderTrainingRun(const DecoderTrainingRequest& request, DecoderMaterial material,
                       WaveDecoderTrainer trainer, std::shared_ptr<const models::MelVae> through,
                       std::optional<DecoderJudge> judge, std::map<std::string, std::string> before,
                       const CancelToken& cancel,
                       const std::function<void(const DecoderTrainingProgress&)>& progress)
        : m_request(request),
          m_material(std::move(material)),
          m_trainer(std::move(trainer)),
          m_batcher(m_trainer.training().shape, std::move(through)),
          m_judge(std::move(judge)),
          m_secondsBefore(storedNumber(before, kSecondsKey)),
          m_gain{storedNumber(before, kGainKeys[0]), storedNumber(before, kGainKeys[1]),
                 static_cast<std::int64_t>(storedNumber(before, kGainKeys[2]))},
          m_cancel(cancel),
          m_progress(progress) {}

    Result<DecoderTrainingResult> run() {
        const auto cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
        m_trainer.setThreads(m_request.threads > 0 ? m_request.threads : cores);
        auto checkpointed = Clock::now();
        // Of what an interrupted training kept there may be nothing left.
        if (std::error_code ignored; !std::filesystem::exists(m_request.out, ignored)) m_gain = {};
        if (m_gain.before == 0)
            if (auto judged = judge(); !judged) return propagate(judged);
        while (!ended()) {
            if (m_cancel.cancelled()) {
                if (auto saved = save(); !saved) return propagate(saved);
                return failure(ErrorCode::cancelled,
                               "The decoder's training was cancelled. It can be resumed.");
            }
            if (auto made = step(); !made) return propagate(made);
            if (m_trainer.step() % kStepsBetweenJudgements == 0)
                if (auto judged = judge(); !judged) return propagate(judged);
            if (secondsSince(checkpointed) > kSecondsBetweenCheckpoints) {
                if (auto saved = save(); !saved) return propagate(saved);
                checkpointed = Clock::now();
            }
        }
        return finish();
    }

 private:
    [[nodiscard]] double seconds() const { return m_secondsBefore + secondsSince(m_start); }
    [[nodiscard]] double fraction() const {
        return m_request.steps ? static_cast<double>(m_trainer.step()) / static_cast<double>(*m_request.steps)
                               : seconds() / (60.0 * minutesOf(m_request));
    }
    [[nodiscard]] bool ended() const {
        return m_request.steps ? m_trainer.step() >= *m_request.steps : fraction() >= 1.0;
    }

    Status step() {
        const models::WaveDecoderTraining& training = m_trainer.training();
        m_batcher.clear(m_batch);
        for (int i = 0; i < training.batchSize; ++i) {
            const std::uint64_t number = static_cast<std::uint64_t>(m_trainer.step()) *
                                             static_cast<std::uint64_t>(training.batchSize) +
                                         static_cast<std::uint64_t>(i);
            auto appended = m_batcher.append(m_material.crop(number, training.cropFrames), number, m_batch);
            if (!appended) return appended;
        }
        auto report = m_trainer.trainStep(m_batch, std::min(1.0, fraction()));
        if (!report) return propagate(report);
        if (report->finite) m_reports.push_back(*report);
        if (m_reports.size() > kReportsKept) m_reports.pop_front();
        tell();
        return {};
    }

    void tell() const {
        if (!m_progress) return;
        const DecoderTrainingResult now = result();
        DecoderTrainingProgress progress;
        progress.step = now.steps;
        progress.fraction = std::min(1.0, fraction());
        if (progress.fraction > 0.01)
            progress.etaSeconds = now.seconds / progress.fraction * (1.0 - progress.fraction);
        const double distance =
            now.distances.empty() ? 0 : (now.distances[0] + now.distances[1] + now.distances[2]) / 3;
        char text[160];
        std::snprintf(text, sizeof text, "Step %lld: log-spectral distance %.3f, log10 mel L1 %.3f",
                      static_cast<long long>(now.steps), distance, now.melL1);
        progress.sentence = text;
        m_progress(progress);
    }

    [[nodiscard]] DecoderTrainingResult result() const {
        DecoderTrainingResult result;
        result.steps = m_trainer.step();
        result.seconds = seconds();
        result.files = m_material.fileCount();
        result.recordedSeconds = m_material.seconds();
        result.skipped = m_material.skipped();
        if (m_judge) result.gain = m_gain;
        const auto count = static_cast<double>(std::max<std::size_t>(1, m_reports.size()));
        for (const models::WaveReport& report : m_reports) {
            result.distances.resize(report.distances.size(), 0.0);
            for (std::size_t i = 0; i < report.distances.size(); ++i)
                result.distances[i] += report.distances[i] / count;
            result.melL1 += report.melL1 / count;
        }
        return result;
    }

    [[nodiscard]] Status save() const {
        return m_trainer.saveCheckpoint(decoderCheckpoint(m_request.out),
                                        {{kSecondsKey, std::to_string(seconds())},
                                         {kGainKeys[0], exactText(m_gain.before)},
                                         {kGainKeys[1], exactText(m_gain.after)},
                                         {kGainKeys[2], std::to_string(m_gain.bestStep)}});
    }

    /// Keeps the weights of a fine-tuning when none so far were better.
    Status judge() {
        if (!m_judge) return {};
        auto figure = m_judge->figure(m_trainer);
        if (!figure) return propagate(figure);
        const bool first = m_gain.before == 0;
        if (first) m_gain.before = *figure;
        if (!first && !(*figure < m_gain.after)) return {};
        m_gain.after = *figure;
        m_gain.bestStep = m_trainer.step();
        return keep();
    }

    Result<DecoderTrainingResult> finish() {
        if (auto kept = m_judge ? judge() : keep(); !kept) return propagate(kept);
        std::error_code ignored;
        std::filesystem::remove(decoderCheckpoint(m_request.out), ignored);
        return result();
    }

    Status keep() const {
        const DecoderTrainingResult done = result();
        const auto whole = [](double value) { return std::to_string(std::llround(value)); };
        std::map<std::string, std::string> metadata{
            {"steps", std::to_string(done.steps)},
            {"seed", std::to_string(m_request.seed)},
            {"recorded_seconds", whole(done.recordedSeconds)},
            {"recordings", std::to_string(done.files)},
            {"batch_size", std::to_string(m_trainer.training().batchSize)}};
        if (!m_request.through.empty()) metadata[kLearnedModelsMels] = "yes";
        return m_trainer.exportDecoder(m_request.out, metadata);
    }

    const DecoderTrainingRequest& m_request;
    DecoderMaterial m_material;
    WaveDecoderTrainer m_trainer;
    WaveBatcher m_batcher;
    std::optional<DecoderJudge> m_judge;  ///< of a fine-tuning
    double m_secondsBefore;
    DecoderGain m_gain;
    CancelToken m_cancel;
    const std::function<void(const DecoderTrainingProgress&)>& m_progress;
    Clock::time_point m_start = Clock::now();
    models::WaveBatch m_batch;
    std::deque<models::WaveReport> m_reports;
};

}  // namespace

models::WaveDecoderShape decoderShape(DecoderSize size) {
    models::WaveDecoderShape shape;
    shape.width = size == DecoderSize::draft ? 256 : size == DecoderSize::standard ? 384 : 512;
    shape.blocks = size == DecoderSize::draft ? 4 : size == DecoderSize::standard ? 6 : 8;
    return shape;
}

std::filesystem::path decoderCheckpoint(const std::filesystem::path& out) {
    auto path = out;
    path += ".checkpoint";
    return path;
}

Result<DecoderTrainingResult> trainDecoder(
    const DecoderTrainingRequest& request, models::DeviceKind device, const CancelToken& cancel,
    const std::function<void(const DecoderTrainingProgress&)>& progress) {
    if (!request.steps && !(minutesOf(request) > 0))
        return failure(ErrorCode::invalidArgument, "The time to train must be more than nothing.");
    const models::WaveDecoderTraining settings = settingsFor(request);
    const auto checkpoint = decoderCheckpoint(request.out);
    auto trainer = [&]() -> Result<WaveDecoderTrainer> {
        if (request.resume) return WaveDecoderTrainer::resume(checkpoint, device);
        const std::vector<float> bank = MelBank().dense();
        if (!request.base.empty())
            return WaveDecoderTrainer::createFrom(settings, request.base, device, bank,
                                                  request.size.has_value());
        return WaveDecoderTrainer::create(settings, device, bank);
    }();
    if (!trainer) return propagate(trainer);
    std::map<std::string, std::string> stored;
    if (request.resume) {
        auto metadata = models::decoderCheckpointMetadata(checkpoint);
        if (!metadata) return propagate(metadata);
        models::WaveDecoderTraining before = trainer->training();
        // A base brings its own size.
        if (!request.base.empty() && !request.size) before.shape = settings.shape;
        if (!(before == settings))
            return failure(
                ErrorCode::invalidArgument,
                "'" + displayName(checkpoint) +
                    "' is of a training with other settings. Resume with the same size, seed, batch and "
                    "learning rate.");
        stored = std::move(*metadata);
    }
    std::shared_ptr<const models::MelVae> through;
    if (!request.through.empty()) {
        auto model = models::MelVae::load(request.through, device);
        if (!model) return propagate(model);
        if (model->shape().melBands != trainer->training().shape.bands)
            return failure(ErrorCode::unusableInput, "'" + displayName(request.through) +
                                                         "' does not speak the mels that decoders hear.");
        through = std::make_shared<const models::MelVae>(std::move(*model));
    }
    auto found = findSoundFiles(
        request.paths, [](const std::filesystem::path&) { return false; }, cancel, [](std::size_t) {});
    if (!found) return propagate(found);
    std::vector<std::filesystem::path> files;
    for (const FoundFile& file : *found)
        if (!file.unreadableFolder && !file.gone) files.push_back(file.path);
    if (!request.paths.empty() && files.empty())
        return failure(ErrorCode::unusableInput, "There are no sound files in what was named.");
    std::vector<std::filesystem::path> heldBack;
    if (!request.base.empty()) heldBack = holdBackRecordings(files, request.seed);
    DecoderMaterialSettings material;
    material.seed = request.seed;
    material.syntheticSeconds = request.syntheticSeconds;
    auto loaded = DecoderMaterial::load(files, material, cancel, [&](double fraction) {
        if (progress)
            progress(
                {0, 0, {}, "Reading the recordings, " + std::to_string(std::lrint(100 * fraction)) + " %"});
    });
    if (!loaded) return propagate(loaded);
    std::optional<DecoderJudge> judge;
    if (!request.base.empty()) {
        auto made = DecoderJudge::create(heldBack, *loaded, trainer->training(), through, cancel);
        if (!made) return propagate(made);
        judge.emplace(std::move(*made));
    }
    return DecoderTrainingRun(request, std::move(*loaded), std::move(*trainer), std::move(through),
                              std::move(judge), std::move(stored), cancel, progress)
        .run();
}

}  // namespace smidgen
