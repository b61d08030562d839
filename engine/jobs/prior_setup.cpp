#include <algorithm>

#include "engine/foundation/atomic_file.h"
#include "engine/jobs/prior_training.h"
#include "engine/jobs/remembered_sounds.h"

namespace smidgen {
namespace {

// Sizes of studio mode: for a graphics card or a night.
constexpr int kStudioLayers = 6;
constexpr int kStudioWidth = 256;
constexpr int kStudioHeads = 8;

/// The sounds the model remembers; none when it remembers none, or none is there.
Status takeRemembered(const Library& library, const ModelRecord& model, JobContext& job,
                      std::vector<SoundReference>& gone, PriorTrainingSetup& setup) {
    const std::vector<SoundReference> references = soundReferencesOf(model.metadata);
    auto remembered = findRememberedSounds(library, references, job.cancel(), [&](const ScanProgress& scan) {
        job.say(0, "Looking at " + scan.current);
    });
    if (!remembered) return propagate(remembered);
    setup.sounds = std::move(remembered->entries);
    gone = std::move(remembered->gone);
    if (!setup.sounds.empty() && !gone.empty())
        setup.remark = std::to_string(gone.size()) + " of the " + std::to_string(references.size()) +
                       " sounds that '" + model.name +
                       "' was trained on are no longer where they were, or have changed. The prior learns "
                       "from the others.";
    return {};
}

/// The entries of the collection that is meant, or nothing.
std::optional<std::vector<SoundEntry>> entriesOf(const Library& library, const PriorTrainingRequest& request,
                                                 const ModelRecord& model) {
    for (const auto& collection : library.collections()) {
        const bool meant = request.collection.empty() ? collection->name == model.collectionName
                                                      : collection->id == request.collection;
        if (!meant) continue;
        Collection fresh = *collection;
        refreshMissing(fresh);
        return std::move(fresh.entries);
    }
    return {};
}

}  // namespace

double priorMinutes(TrainingMode mode) {
    switch (mode) {
        case TrainingMode::draft:
            return 2;
        case TrainingMode::standard:
            return 5;
        case TrainingMode::studio:
            return 60;
    }
    return 5;
}

models::CodePriorShape priorShape(TrainingMode mode) {
    models::CodePriorShape shape;
    if (mode != TrainingMode::studio) return shape;
    shape.layers = kStudioLayers;
    shape.width = kStudioWidth;
    shape.heads = kStudioHeads;
    return shape;
}

Status validate(const PriorTrainingRequest& request) {
    if ((request.minutes && !(*request.minutes > 0)) || (request.steps && *request.steps < 1))
        return failure(ErrorCode::invalidArgument, "The training budget must be more than nothing.");
    if (!(request.heldOutShare >= 0 && request.heldOutShare <= 0.5))
        return failure(ErrorCode::invalidArgument, "The held-out share must be between 0 and 0.5.");
    return {};
}

Result<PriorTrainingSetup> setUpPriorTraining(Library& library, const PriorTrainingRequest& request,
                                              models::DeviceKind device, int threads, JobContext& job) {
    auto record = library.findModel(request.model);
    if (!record) return propagate(record);
    if (auto may = library.mayRewrite(**record); !may) return propagate(may);
    PriorTrainingSetup setup{request, (*record)->file, {}, device, threads, {}};
    if (!request.paths.empty()) {
        ScanOptions options;
        options.cancel = job.cancel();
        options.progress = [&](const ScanProgress& scan) { job.say(0, "Looking at " + scan.current); };
        auto report = scanSounds(request.paths, options);
        if (!report) return propagate(report);
        setup.sounds = std::move(report->entries);
        return setup;
    }
    std::vector<SoundReference> gone;
    if (request.collection.empty()) {
        if (auto taken = takeRemembered(library, **record, job, gone, setup); !taken) return propagate(taken);
        if (!setup.sounds.empty()) return setup;
    }
    if (auto entries = entriesOf(library, request, **record)) {
        setup.sounds = std::move(*entries);
        return setup;
    }
    if (!request.collection.empty())
        return failure(ErrorCode::notFound, "The collection to learn from is no longer there.");
    const std::string& name = (*record)->name;
    if (gone.empty())
        return failure(ErrorCode::notFound,
                       "'" + name + "' does not say where its sounds lie. Name the sounds to learn from.");
    return failure(ErrorCode::notFound, "None of the " + std::to_string(gone.size()) + " sounds that '" +
                                            name +
                                            "' was trained on is where it was any more (the first was '" +
                                            displayName(gone.front().path) + "'). Name where they lie now.");
}

}  // namespace smidgen
