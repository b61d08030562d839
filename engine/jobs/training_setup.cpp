#include "engine/jobs/training_setup.h"

#include <vector>

#include "engine/collections/collection.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> starredTakes(const Library& library) {
    std::vector<fs::path> files;
    for (const auto& take : library.takes())
        if (take->starred) files.push_back(take->file);
    return files;
}

}  // namespace

Result<TrainingSetup> setUpTraining(
    const Library& library, const TrainingRequest& request, const SetupOptions& options,
    const std::function<Result<std::shared_ptr<const models::MelVae>>(const fs::path&)>& load) {
    TrainingSetup setup;
    setup.request = request;
    setup.device = options.device;
    setup.threads = options.threads;
    std::vector<fs::path> paths = request.paths;
    if (!request.collection.empty()) {
        const auto found = library.collection(request.collection);
        if (!found) return failure(ErrorCode::notFound, "The collection to train on is no longer there.");
        setup.collectionName = found->name;
        Collection fresh = *found;
        refreshMissing(fresh);
        setup.sounds = std::move(fresh.entries);
        paths.clear();
    }
    if (request.starredTakes) {
        const std::vector<fs::path> takes = starredTakes(library);
        if (takes.empty())
            return failure(ErrorCode::unusableInput, "No take is starred. Star those to learn from first.");
        paths.insert(paths.end(), takes.begin(), takes.end());
    }
    if (!paths.empty()) {
        ScanOptions scan;
        scan.cancel = options.cancel;
        scan.progress = options.progress;
        auto report = scanSounds(paths, scan);
        if (!report) return propagate(report);
        const bool both = !setup.sounds.empty();
        setup.sounds.insert(setup.sounds.end(), report->entries.begin(), report->entries.end());
        if (both) compareSounds(setup.sounds);
    }
    if (!request.addTo) return setup;

    auto record = library.findModel(*request.addTo);
    if (!record) return propagate(record);
    auto model = load((*record)->file);
    if (!model) return propagate(model);
    setup.request.kind = (*model)->shape().quantised() ? ModelKind::rvq : ModelKind::vae;
    auto growth = growthOf(library, **record, *model, options.cancel, options.progress);
    if (!growth) return propagate(growth);
    setup.growth = std::move(*growth);
    if (auto left = leaveOutKnown(*setup.growth, setup.sounds); !left) return propagate(left);
    return setup;
}

}  // namespace smidgen
