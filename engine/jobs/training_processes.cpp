#include "engine/jobs/training_processes.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <span>

#include "engine/jobs/training_batch.h"
#include "engine/jobs/training_crops.h"
#include "engine/jobs/training_material.h"
#include "engine/jobs/training_plan.h"
#include "engine/jobs/training_state.h"
#include "engine/jobs/training_words.h"
#include "models/mel_vae_trainer.h"

namespace smidgen {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPublishEvery{250};
constexpr int kSmallestBatch = 2;
/// Order, progress, and whether this process was told to stop.
constexpr std::size_t kWordLength = 3;

Result<std::vector<double>> exchange(models::ProcessGroup& group, const StepWord& word, bool wishesToStop) {
    const std::array<double, kWordLength> row{static_cast<double>(word.order), word.progress,
                                              wishesToStop ? 1.0 : 0.0};
    return group.gather(std::span<const double>(row));
}

Result<StepWord> hear(models::ProcessGroup& group, bool wishesToStop) {
    auto all = exchange(group, {}, wishesToStop);
    if (!all) return propagate(all);
    StepWord word;
    for (const StepOrder order : {StepOrder::finish, StepOrder::stop})
        if (all->front() == static_cast<double>(order)) word.order = order;
    word.progress = std::clamp((*all)[1], 0.0, 1.0);
    return word;
}

class Helper {
 public:
    Helper(const TrainingSetup& setup, JobContext& job,
           const std::function<void(const TrainingSnapshot&)>& publish,
           std::shared_ptr<models::ProcessGroup> group)
        : m_setup(setup), m_job(job), m_publish(publish), m_group(std::move(group)) {}

    Status run(Library& library) {
        if (auto ready = prepare(library); !ready) return ready;
        for (;;) {
            auto word = hear(*m_group, m_job.cancel().cancelled());
            if (!word) return propagate(word);
            if (word->order == StepOrder::stop)
                return failure(ErrorCode::cancelled, "Stopped with the first process of the training.");
            if (word->order == StepOrder::finish) break;
            if (auto stepped = takeStep(word->progress); !stepped) return stepped;
            tell(word->progress);
        }
        m_job.say(1, "Done: the model is kept by the first process of the training.");
        return {};
    }

 private:
    Status prepare(Library& library) {
        if (auto trainable = checkSounds(m_setup); !trainable) return trainable;
        std::vector<SoundEntry> usable;
        std::ranges::copy_if(m_setup.sounds, std::back_inserter(usable), &SoundEntry::usable);
        if (auto same = checkSameTraining(*m_group, trainingKey(m_setup.request, usable)); !same) return same;
        auto material = TrainingMaterial::prepare(
            library.featureCacheFolder(), usable, m_setup.request, m_setup.growth,
            models::MelVaeTraining().cropFrames, mostThreads(m_setup.threads), m_job.cancel(),
            [&](int done, int total) {
                m_job.say(0, "Preparing sound " + std::to_string(done) + " of " + std::to_string(total));
            });
        if (!material) return propagate(material);
        m_material = std::move(*material);
        m_job.say(0, "Waiting for the first process of the training");
        auto trainer = models::MelVaeTrainer::join(m_group, m_setup.device);
        if (!trainer) return propagate(trainer);
        m_trainer = std::move(*trainer);
        m_sampler.emplace(*m_material, cropSettingsFor(m_setup.request, m_trainer->training().cropFrames));
        auto threads = chooseThreads(*m_trainer, *m_sampler, m_setup.threads);
        if (!threads) return propagate(threads);
        m_snapshot.threads = *threads;
        m_snapshot.job = m_job.id();
        m_snapshot.device = models::nameOf(m_setup.device);
        m_snapshot.rank = m_group->rank();
        m_snapshot.processes = m_group->size();
        m_begun = Clock::now();
        m_firstStep = m_trainer->step();
        return {};
    }

    Status takeStep(double progress) {
        const models::MelVaeTraining& training = m_trainer->training();
        if (auto read = readBatch(*m_sampler, training, m_trainer->step(), m_group->rank(), m_crops); !read)
            return read;
        auto report = m_trainer->trainStep(m_crops, progress);
        if (!report && report.error().code == ErrorCode::outOfMemory) {
            if (const int smaller = smallerBatch(training.batchSize); smaller > 0) {
                m_trainer->setBatchSize(smaller);
                return {};
            }
        }
        if (!report) return propagate(report);
        return {};
    }

    void tell(double progress) {
        if (Clock::now() - m_told < kPublishEvery) return;
        m_told = Clock::now();
        m_job.say(progress, trainingSentence(progress, {}));
        m_snapshot.step = m_trainer->step();
        m_snapshot.batchSize = m_trainer->training().batchSize;
        m_snapshot.codebookSize = m_trainer->training().shape.codebookSize;
        m_snapshot.stepsPerSecond = static_cast<double>(m_trainer->step() - m_firstStep) /
                                    std::max(std::chrono::duration<double>(m_told - m_begun).count(), 1e-3);
        m_publish(m_snapshot);
    }

    const TrainingSetup& m_setup;
    JobContext& m_job;
    const std::function<void(const TrainingSnapshot&)>& m_publish;
    std::shared_ptr<models::ProcessGroup> m_group;
    std::optional<TrainingMaterial> m_material;
    std::optional<models::MelVaeTrainer> m_trainer;
    std::optional<TrainingCrops> m_sampler;
    TrainingSnapshot m_snapshot;
    std::vector<float> m_crops;
    Clock::time_point m_begun, m_told;
    std::int64_t m_firstStep = 0;
};

}  // namespace

Result<std::shared_ptr<models::ProcessGroup>> joinProcesses(const TrainingRequest& request, JobContext& job) {
    if (!request.place) return std::shared_ptr<models::ProcessGroup>();
    job.say(0, "Waiting for the other processes of the training");
    models::GroupPatience patience;
    patience.join = std::chrono::milliseconds(static_cast<std::int64_t>(1000 * request.joinSeconds));
    return models::ProcessGroup::join(*request.place, patience, job.cancel());
}

Status checkSameTraining(models::ProcessGroup& group, const std::string& key) {
    std::vector<double> characters;
    for (const char character : key) characters.push_back(static_cast<double>(character));
    auto all = group.gather(std::span<const double>(characters));
    if (!all) return propagate(all);
    for (std::size_t i = 0; i < all->size(); ++i)
        if ((*all)[i] != characters[i % characters.size()])
            return failure(
                ErrorCode::unusableInput,
                "The processes of this training were given other sounds or settings. Start them all "
                "with the same command on the same sounds.");
    return {};
}

Result<bool> tellOthers(models::ProcessGroup& group, const StepWord& word) {
    auto all = exchange(group, word, false);
    if (!all) return propagate(all);
    for (std::size_t at = 0; at < all->size(); at += kWordLength)
        if ((*all)[at + 2] != 0) return true;
    return false;
}

Status helpTraining(Library& library, const TrainingSetup& setup, JobContext& job,
                    const std::function<void(const TrainingSnapshot&)>& publish,
                    const std::shared_ptr<models::ProcessGroup>& group) {
    return Helper(setup, job, publish, group).run(library);
}

int smallerBatch(int batchSize) {
    return batchSize / 2 >= kSmallestBatch ? batchSize / 2 : 0;
}

}  // namespace smidgen
