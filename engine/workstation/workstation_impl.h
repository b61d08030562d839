// What the workstation is made of. Internal to this room.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "engine/generation/generator.h"
#include "engine/jobs/job_runner.h"
#include "engine/jobs/take_making.h"
#include "engine/jobs/training_setup.h"
#include "engine/library/library.h"
#include "engine/workstation/collection_snapshots.h"
#include "engine/workstation/model_cache.h"
#include "engine/workstation/prior_cache.h"
#include "engine/workstation/workstation.h"

namespace smidgen {

struct Workstation::Impl {
    explicit Impl(std::unique_ptr<Library> opened)
        : library(std::move(opened)), runner([this](JobId id) {
              notify({Topic::job, std::to_string(id), id});
          }) {}

    void notify(const Event& event) {
        std::shared_ptr<std::function<void(const Event&)>> to;
        {
            const std::scoped_lock lock(mutex);
            to = listener;
        }
        if (to && *to) (*to)(event);
    }

    /// Says that `topic` changed when `outcome` is good.
    Status changed(Topic topic, const std::string& id, Status outcome) {
        if (outcome) notify({topic, id, 0});
        return outcome;
    }

    Result<std::shared_ptr<const models::MelVae>> loadModel(const std::string& idNameOrFile) {
        auto record = library->findModel(idNameOrFile);
        if (!record) return propagate(record);
        return models.get((*record)->file, device);
    }

    /// The models of a recipe, with their priors when the recipe asks for that.
    Result<TakeVoice> loadVoice(const Recipe& recipe);

    /// The sounds of a request: a collection's as they are, or a fresh scan of paths.
    Result<TrainingSetup> setupFor(const TrainingRequest& request, const CancelToken& cancel,
                                   const std::function<void(const ScanProgress&)>& progress);
    Status trainingBody(const TrainingRequest& request, JobContext& job);
    void keep(JobContext& job, const TrainingSnapshot& snapshot);
    Status importBody(const std::vector<std::filesystem::path>& paths, const std::string& name,
                      const CollectionId& into, JobContext& job);
    Status generateBody(const GenerateRequest& request, JobContext& job);
    Result<std::optional<FreeTake>> freeOf(const TakeVoice& voice, const Recipe& recipe,
                                           const CancelToken& cancel);
    Status changeEntries(const CollectionId& id, const std::function<Status(Collection&)>& edit);

    std::unique_ptr<Library> library;
    models::DeviceKind device = models::DeviceKind::cpu;
    int threads = 0;
    ModelCache models;
    PriorCache priors;
    CollectionSnapshots snapshots;

    std::mutex mutex;
    std::shared_ptr<std::function<void(const Event&)>> listener;
    std::map<JobId, std::shared_ptr<const TrainingSnapshot>> trainings;
    struct KnownFree {
        Recipe recipe;
        std::vector<std::weak_ptr<const void>> makers;  ///< models and priors: trained anew, they are others
        FreeTake free;
    };
    std::deque<KnownFree> freeTakes;  ///< the newest last
    std::mutex collectionMutex;       ///< one editor of a collection at a time

    JobRunner runner;  ///< last: its threads use everything above
};

}  // namespace smidgen
