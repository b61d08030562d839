#include "engine/workstation/workstation.h"

#include <algorithm>
#include <chrono>

#include "engine/foundation/atomic_file.h"
#include "engine/foundation/thread_share.h"
#include "engine/library/sound_index.h"
#include "engine/workstation/folder_name.h"
#include "engine/workstation/workstation_impl.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

}  // namespace

Workstation::Workstation(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Workstation::~Workstation() = default;

Result<std::unique_ptr<Workstation>> Workstation::open(const Options& options) {
    auto library = Library::open(options.library.empty() ? defaultLibrary() : options.library,
                                 {options.caller.empty() ? kProgramCaller : options.caller,
                                  options.project.empty() ? kFirstProject : options.project});
    if (!library) return propagate(library);
    auto device = models::chooseDevice(options.device);
    if (!device) return propagate(device);
    auto impl = std::make_unique<Impl>(std::move(*library));
    impl->device = *device;
    impl->threads = options.threads;
    ThreadShare::setMost(options.threads);
    return std::unique_ptr<Workstation>(new Workstation(std::move(impl)));
}

void Workstation::setListener(std::function<void(const Event&)> listener) {
    const std::scoped_lock lock(m_impl->mutex);
    m_impl->listener = std::make_shared<std::function<void(const Event&)>>(std::move(listener));
}

const fs::path& Workstation::library() const {
    return m_impl->library->folder();
}

const std::string& Workstation::project() const {
    return m_impl->library->caller().project;
}

const std::string& Workstation::caller() const {
    return m_impl->library->caller().name;
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
    std::unique_lock lock(collectionMutex);
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
    lock.unlock();
    notify({Topic::collections, id, job.id()});
    // The collection is complete; what is not heard now is heard when somebody searches.
    (void)hearCollections(*library, threads, job.cancel(), [&](int done, int count) {
        job.say(static_cast<double>(done) / std::max(count, 1),
                "Listening to the sounds, " + std::to_string(done) + " of " + std::to_string(count));
    });
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
    return relinkSounds(id, {{contentHash, path}});
}

Status Workstation::relinkSounds(const CollectionId& id,
                                 const std::vector<std::pair<std::string, fs::path>>& found) {
    return m_impl->changeEntries(id, [&](Collection& collection) -> Status {
        for (const auto& [contentHash, path] : found)
            if (auto done = relink(collection, contentHash, path); !done) return done;
        return {};
    });
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
