#include "engine/workstation/workstation.h"

#include <algorithm>
#include <chrono>
#include <mutex>

#include "engine/foundation/atomic_file.h"
#include "engine/generation/decoder_shelf.h"
#include "engine/generation/generator.h"
#include "engine/jobs/job_runner.h"
#include "engine/jobs/take_making.h"
#include "engine/jobs/training_run.h"
#include "engine/jobs/training_setup.h"
#include "engine/jobs/training_state.h"
#include "engine/library/library.h"
#include "engine/workstation/collection_snapshots.h"
#include "engine/workstation/folder_name.h"
#include "engine/workstation/model_cache.h"
#include "engine/workstation/prior_cache.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

constexpr int kMostTakesAtOnce = 1000;

}  // namespace

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

    /// The model of a recipe, with its prior when the recipe asks for that.
    Result<TakeVoice> loadVoice(const Recipe& recipe) {
        auto record = library->findModel(recipe.modelId);
        if (!record) return propagate(record);
        auto model = models.get((*record)->file, device);
        if (!model) return propagate(model);
        if (!recipe.prior) return TakeVoice{*model, {}};
        auto judge = priors.get((*record)->file, *model);
        if (!judge) return propagate(judge);
        return TakeVoice{*model, *judge};
    }

    /// The sounds of a request: a collection's as they are, or a fresh scan of paths.
    Result<TrainingSetup> setupFor(const TrainingRequest& request, const CancelToken& cancel,
                                   const std::function<void(const ScanProgress&)>& progress);
    Status trainingBody(const TrainingRequest& request, JobContext& job);
    void keep(JobContext& job, const TrainingSnapshot& snapshot);
    Status importBody(const std::vector<fs::path>& paths, const std::string& name, const CollectionId& into,
                      JobContext& job);
    Status generateBody(const GenerateRequest& request, JobContext& job);
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
    std::mutex collectionMutex;  ///< one editor of a collection at a time

    JobRunner runner;  ///< last: its threads use everything above
};

Workstation::Workstation(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Workstation::~Workstation() = default;

Result<std::unique_ptr<Workstation>> Workstation::open(const Options& options) {
    auto library = Library::open(options.library.empty() ? defaultLibrary() : options.library);
    if (!library) return propagate(library);
    auto device = models::chooseDevice(options.device);
    if (!device) return propagate(device);
    auto impl = std::make_unique<Impl>(std::move(*library));
    impl->device = *device;
    impl->threads = options.threads;
    return std::unique_ptr<Workstation>(new Workstation(std::move(impl)));
}

void Workstation::setListener(std::function<void(const Event&)> listener) {
    const std::scoped_lock lock(m_impl->mutex);
    m_impl->listener = std::make_shared<std::function<void(const Event&)>>(std::move(listener));
}

const fs::path& Workstation::library() const {
    return m_impl->library->folder();
}

// Collections

std::vector<std::shared_ptr<const CollectionSnapshot>> Workstation::collections() const {
    std::vector<std::shared_ptr<const CollectionSnapshot>> all;
    for (const auto& collection : m_impl->library->collections())
        all.push_back(m_impl->snapshots.of(collection));
    return all;
}

std::shared_ptr<const CollectionSnapshot> Workstation::collection(const CollectionId& id) const {
    const auto found = m_impl->library->collection(id);
    return found ? m_impl->snapshots.of(found) : nullptr;
}

JobId Workstation::importSounds(std::vector<fs::path> paths, std::string name, CollectionId into) {
    JobSnapshot initial;
    initial.kind = JobKind::scan;
    initial.collection = into;
    initial.sentence = "Looking at the sounds";
    return m_impl->runner.submit(
        std::move(initial),
        [impl = m_impl.get(), paths = std::move(paths), name = std::move(name),
         into = std::move(into)](JobContext& job) { return impl->importBody(paths, name, into, job); });
}

Status Workstation::Impl::importBody(const std::vector<fs::path>& paths, const std::string& name,
                                     const CollectionId& into, JobContext& job) {
    const auto existing = into.empty() ? nullptr : library->collection(into);
    if (!into.empty() && !existing)
        return failure(ErrorCode::notFound, "The collection to add to is no longer there.");
    ScanOptions options;
    options.cancel = job.cancel();
    if (existing) options.known = existing->entries;
    options.progress = [&](const ScanProgress& scan) {
        const double share = static_cast<double>(scan.done) / std::max(scan.found, 1);
        job.say(share, "Looking at " + scan.current + " (" + std::to_string(scan.done) + " of " +
                           std::to_string(scan.found) + ")");
    };
    // Files already there are scanned along, so that duplicates between old and new are seen.
    std::vector<fs::path> all;
    if (existing) {
        for (const SoundEntry& entry : existing->entries) all.push_back(entry.path);
    }
    all.insert(all.end(), paths.begin(), paths.end());
    auto report = scanSounds(all, options);
    if (!report) return propagate(report);
    if (report->entries.empty()) {
        return failure(ErrorCode::unusableInput,
                       "There is no sound in '" +
                           (paths.empty() ? std::string() : displayName(paths.front())) +
                           "'. Smidgen reads WAV, AIFF, FLAC, Ogg Vorbis, Opus and MP3.");
    }
    const std::scoped_lock lock(collectionMutex);
    Collection collection;
    if (existing) {
        collection = *existing;
    } else {
        collection.id = Library::newId();
        collection.name = name.empty() ? folderName(paths) : name;
        collection.createdMs = std::chrono::duration_cast<std::chrono::milliseconds>(
                                   std::chrono::system_clock::now().time_since_epoch())
                                   .count();
    }
    collection.entries = std::move(report->entries);
    const CollectionId id = collection.id;
    if (auto put = library->putCollection(std::move(collection)); !put) return put;
    job.change([&](JobSnapshot& snapshot) {
        snapshot.collection = id;
        snapshot.sentence = std::to_string(report->totals.usable) + " of " +
                            std::to_string(report->totals.files) + " sounds can be used.";
    });
    notify({Topic::collections, id, job.id()});
    return {};
}

Status Workstation::Impl::changeEntries(const CollectionId& id,
                                        const std::function<Status(Collection&)>& edit) {
    const std::scoped_lock lock(collectionMutex);
    const auto current = library->collection(id);
    if (!current) return failure(ErrorCode::notFound, "This collection is no longer there.");
    Collection changedOne = *current;
    if (auto edited = edit(changedOne); !edited) return edited;
    return changed(Topic::collections, id, library->putCollection(std::move(changedOne)));
}

Status Workstation::renameCollection(const CollectionId& id, const std::string& name) {
    if (name.empty()) return failure(ErrorCode::invalidArgument, "A collection needs a name.");
    return m_impl->changeEntries(id, [&](Collection& collection) -> Status {
        collection.name = name;
        return {};
    });
}

Status Workstation::removeCollection(const CollectionId& id) {
    const std::scoped_lock lock(m_impl->collectionMutex);
    return m_impl->changed(Topic::collections, id, m_impl->library->removeCollection(id));
}

Status Workstation::restoreCollection(const CollectionId& id) {
    const std::scoped_lock lock(m_impl->collectionMutex);
    return m_impl->changed(Topic::collections, id, m_impl->library->restoreCollection(id));
}

Status Workstation::removeSounds(const CollectionId& id, std::span<const SoundId> sounds) {
    return m_impl->changeEntries(
        id, [&](Collection& collection) { return smidgen::removeSounds(collection, sounds); });
}

Status Workstation::restoreSounds(const CollectionId& id, std::vector<SoundEntry> entries) {
    return m_impl->changeEntries(id, [&](Collection& collection) -> Status {
        smidgen::restoreSounds(collection, std::move(entries));
        return {};
    });
}

Status Workstation::relinkSound(const CollectionId& id, const std::string& contentHash,
                                const fs::path& path) {
    return m_impl->changeEntries(
        id, [&](Collection& collection) { return relink(collection, contentHash, path); });
}

// Training

Result<TrainingSetup> Workstation::Impl::setupFor(const TrainingRequest& request, const CancelToken& cancel,
                                                  const std::function<void(const ScanProgress&)>& progress) {
    auto setup = setUpTraining(*library, request, {device, threads, cancel, progress},
                               [this](const fs::path& file) { return models.get(file, device); });
    if (setup && request.collection.empty())
        setup->collectionName = request.paths.empty() ? "Starred takes" : folderName(request.paths);
    return setup;
}

Result<TrainingEstimate> Workstation::estimateTraining(const TrainingRequest& request) {
    auto setup = m_impl->setupFor(request, {}, {});
    if (!setup) return propagate(setup);
    return smidgen::estimateTraining(*m_impl->library, *setup);
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
        if (auto estimate = smidgen::estimateTraining(*library, *setup)) foretold = std::move(*estimate);
    }
    ModelId told;
    return runTraining(*library, *setup, job, [&](TrainingSnapshot snapshot) {
        const auto state = runner.job(job.id());
        if (state && state->model != told) {
            told = state->model;
            notify({Topic::models, told, job.id()});
        }
        snapshot.estimate = foretold;
        keep(job, snapshot);
    });
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

// Models

std::vector<std::shared_ptr<const ModelSnapshot>> Workstation::models() const {
    return m_impl->library->models();
}

Result<std::shared_ptr<const ModelSnapshot>> Workstation::findModel(const std::string& idNameOrFile) const {
    return m_impl->library->findModel(idNameOrFile);
}

std::string Workstation::referenceTo(const ModelSnapshot& model) const {
    return m_impl->library->referenceTo(model);
}

Status Workstation::renameModel(const ModelId& id, const std::string& name) {
    if (name.empty()) return failure(ErrorCode::invalidArgument, "A model needs a name.");
    return m_impl->changed(Topic::models, id, m_impl->library->renameModel(id, name));
}

Status Workstation::removeModel(const ModelId& id) {
    return m_impl->changed(Topic::models, id, m_impl->library->removeModel(id));
}

Status Workstation::restoreModel(const ModelId& id) {
    return m_impl->changed(Topic::models, id, m_impl->library->restoreModel(id));
}

// Takes

Result<JobId> Workstation::generate(const GenerateRequest& request) {
    if (auto valid = request.recipe.validate(); !valid) return propagate(valid);
    if (request.count < 1 || request.count > kMostTakesAtOnce) {
        return failure(ErrorCode::invalidArgument,
                       "Between 1 and " + std::to_string(kMostTakesAtOnce) + " takes can be made at once.");
    }
    auto record = m_impl->library->findModel(request.recipe.modelId);
    if (!record) return propagate(record);
    GenerateRequest resolved = request;
    if (resolved.recipe.modelName.empty()) resolved.recipe.modelName = (*record)->name;
    JobSnapshot initial;
    initial.kind = JobKind::generate;
    initial.model = (*record)->id;
    initial.sentence = "Waiting for its turn";
    return m_impl->runner.submit(std::move(initial), [impl = m_impl.get(), resolved](JobContext& job) {
        return impl->generateBody(resolved, job);
    });
}

Status Workstation::Impl::generateBody(const GenerateRequest& request, JobContext& job) {
    job.say(0, "Loading the model");
    auto loaded = loadVoice(request.recipe);
    if (!loaded) return propagate(loaded);
    return makeTakes(*library, *loaded, request.recipe, request.count, job, [&](const TakeId& take) {
        notify({Topic::takes, take, job.id()});
    });
}

std::vector<std::shared_ptr<const TakeSnapshot>> Workstation::takes() const {
    return m_impl->library->takes();
}

std::shared_ptr<const TakeSnapshot> Workstation::take(const TakeId& id) const {
    return m_impl->library->take(id);
}

Status Workstation::renameTake(const TakeId& id, const std::string& name) {
    if (name.empty()) return failure(ErrorCode::invalidArgument, "A take needs a name.");
    return m_impl->changed(Topic::takes, id,
                           m_impl->library->changeTake(id, [&](TakeRecord& take) { take.name = name; }));
}

Status Workstation::starTake(const TakeId& id, bool starred) {
    return m_impl->changed(
        Topic::takes, id, m_impl->library->changeTake(id, [&](TakeRecord& take) { take.starred = starred; }));
}

Status Workstation::trashTake(const TakeId& id) {
    return m_impl->changed(Topic::takes, id,
                           m_impl->library->changeTake(id, [](TakeRecord& take) { take.trashed = true; }));
}

Status Workstation::restoreTake(const TakeId& id) {
    return m_impl->changed(Topic::takes, id,
                           m_impl->library->changeTake(id, [](TakeRecord& take) { take.trashed = false; }));
}

Result<AudioBuffer> Workstation::render(const Recipe& recipe, const CancelToken& cancel) {
    auto voice = m_impl->loadVoice(recipe);
    if (!voice) return propagate(voice);
    Recipe chosen = recipe;
    if (chosen.decoder.empty()) chosen.decoder = defaultDecoder();
    auto take = renderTake(*voice->model, chosen, cancel, {}, voice->prior());
    if (!take) return propagate(take);
    return std::move(take->audio);
}

Result<JobId> Workstation::exportTakes(const ExportRequest& request) {
    if (auto valid = request.profile.validate(); !valid) return propagate(valid);
    if (request.takes.empty())
        return failure(ErrorCode::invalidArgument, "There is no take to export: choose one.");
    JobSnapshot initial;
    initial.kind = JobKind::exportTake;
    initial.sentence = "Waiting for its turn";
    return m_impl->runner.submit(std::move(initial), [impl = m_impl.get(), request](JobContext& job) {
        return smidgen::exportTakes(*impl->library, request, job);
    });
}

std::string Workstation::exportName(const ExportRequest& request, std::size_t index) const {
    const auto found = index < request.takes.size() ? m_impl->library->take(request.takes[index]) : nullptr;
    return smidgen::exportName(request, found ? *found : TakeRecord{}, index);
}

// Round trips

Result<AudioBuffer> Workstation::reconstruct(const std::string& model, const AudioBuffer& input,
                                             const std::string& decoder, const CancelToken& cancel) {
    auto loaded = m_impl->loadModel(model);
    if (!loaded) return propagate(loaded);
    auto chosen = makeDecoder(decoder.empty() ? defaultDecoder() : decoder, kEvaluationIterations);
    if (!chosen) return propagate(chosen);
    return smidgen::reconstruct(**loaded, **chosen, input, cancel);
}

Result<Evaluation> Workstation::evaluate(const std::string& model, std::span<const fs::path> paths,
                                         const CancelToken& cancel) {
    auto loaded = m_impl->loadModel(model);
    if (!loaded) return propagate(loaded);
    return evaluateModel(**loaded, paths, cancel);
}

Result<TakeEvaluation> Workstation::evaluateTakes(const Recipe& recipe, int count, const CancelToken& cancel,
                                                  const std::function<void(int)>& done) {
    auto voice = m_impl->loadVoice(recipe);
    if (!voice) return propagate(voice);
    return smidgen::evaluateTakes(*voice, recipe, count, cancel, done);
}

// Jobs

std::vector<JobSnapshot> Workstation::jobs() const {
    return m_impl->runner.jobs();
}
std::optional<JobSnapshot> Workstation::job(JobId id) const {
    return m_impl->runner.job(id);
}
void Workstation::cancel(JobId id) {
    m_impl->runner.cancel(id);
}
void Workstation::pause(JobId id) {
    m_impl->runner.pause(id);
}
void Workstation::resumeJob(JobId id) {
    m_impl->runner.resume(id);
}
JobSnapshot Workstation::wait(JobId id, const CancelToken& token) {
    return m_impl->runner.wait(id, token);
}

}  // namespace smidgen
