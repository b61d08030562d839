// The workstation's trainings.
#include <string>

#include "engine/foundation/atomic_file.h"
#include "engine/jobs/training_run.h"
#include "engine/jobs/training_state.h"
#include "engine/workstation/folder_name.h"
#include "engine/workstation/workstation_impl.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

}  // namespace

Result<TrainingSetup> Workstation::Impl::setupFor(const TrainingRequest& request, const CancelToken& cancel,
                                                  const std::function<void(const ScanProgress&)>& progress) {
    auto setup = setUpTraining(*library, request, {device, threads, cancel, progress},
                               [this](const fs::path& file) { return models.get(file, device); });
    if (setup && request.collection.empty())
        setup->collectionName = request.paths.empty() ? "Starred takes" : folderName(request.paths);
    return setup;
}

Result<TrainingEstimate> Workstation::estimateTraining(const TrainingRequest& request,
                                                       const CancelToken& cancel) {
    auto setup = m_impl->setupFor(request, cancel, {});
    if (!setup) return propagate(setup);
    return smidgen::estimateTraining(*m_impl->library, *setup, cancel);
}

Status Workstation::Impl::trainingBody(const TrainingRequest& request, JobContext& job) {
    auto setup = setupFor(request, job.cancel(), [&](const ScanProgress& scan) {
        job.say(0, "Looking at " + scan.current + " (" + std::to_string(scan.done) + " of " +
                       std::to_string(scan.found) + ")");
    });
    if (!setup) return propagate(setup);
    std::optional<TrainingEstimate> foretold;
    if (worthEstimating(request)) {
        job.say(0, "Measuring how long it will take on this machine");
        // What is wrong with the sounds or settings is said by the training itself.
        if (auto estimate = smidgen::estimateTraining(*library, *setup, job.cancel()))
            foretold = std::move(*estimate);
    }
    ModelId told;
    const Status done = runTraining(*library, *setup, job, [&](TrainingSnapshot snapshot) {
        const auto state = runner.job(job.id());
        if (state && state->model != told) {
            told = state->model;
            notify({Topic::models, told, job.id()});
        }
        snapshot.estimate = foretold;
        keep(job, snapshot);
    });
    // Its card says more by now than when it was first told of.
    if (!told.empty()) notify({Topic::models, told, job.id()});
    return done;
}

void Workstation::Impl::keep(JobContext& job, const TrainingSnapshot& snapshot) {
    {
        const std::scoped_lock lock(mutex);
        trainings[job.id()] = std::make_shared<const TrainingSnapshot>(snapshot);
    }
    notify({Topic::job, std::to_string(job.id()), job.id()});
}

Result<JobId> Workstation::trainPrior(const PriorTrainingRequest& request) {
    auto record = m_impl->library->findModel(request.model);
    if (!record) return propagate(record);
    if (auto valid = validate(request); !valid) return propagate(valid);
    JobSnapshot initial;
    initial.kind = JobKind::train;
    initial.model = (*record)->id;
    initial.sentence = "Waiting for its turn";
    return m_impl->runner.submit(std::move(initial), [impl = m_impl.get(), request](JobContext& job) {
        auto setup = setUpPriorTraining(*impl->library, request, impl->device, impl->threads, job);
        if (!setup) return Status(propagate(setup));
        return impl->changed(
            Topic::models, impl->runner.job(job.id())->model,
            runPriorTraining(*impl->library, *setup, job, [&](auto& state) { impl->keep(job, state); }));
    });
}

Result<JobId> Workstation::startTraining(const TrainingRequest& request) {
    if (request.collection.empty() && request.paths.empty() && !request.starredTakes) {
        return failure(ErrorCode::invalidArgument, "Say what to train on: a collection, files or folders.");
    }
    if (!request.collection.empty() && !m_impl->library->collection(request.collection)) {
        return failure(ErrorCode::notFound,
                       "There is no collection '" + request.collection + "' in the library.");
    }
    if (auto valid = validate(request); !valid) return propagate(valid);
    TrainingRequest resolved = request;
    if (request.addTo) {
        auto record = m_impl->library->findModel(*request.addTo);
        if (!record) return propagate(record);
        // A name may mean another model by the time it is resumed.
        resolved.addTo = displayName(fs::absolute((*record)->file));
    }
    JobSnapshot initial;
    initial.kind = JobKind::train;
    initial.collection = request.collection;
    initial.sentence = "Waiting for its turn";
    return m_impl->runner.submit(std::move(initial), [impl = m_impl.get(), resolved](JobContext& job) {
        return impl->trainingBody(resolved, job);
    });
}

std::shared_ptr<const TrainingSnapshot> Workstation::training(JobId id) const {
    const std::scoped_lock lock(m_impl->mutex);
    const auto found = m_impl->trainings.find(id);
    return found == m_impl->trainings.end() ? nullptr : found->second;
}

std::vector<TrainingRequest> Workstation::resumableTrainings() const {
    return unfinishedTrainings(m_impl->library->trainingsFolder());
}

}  // namespace smidgen
