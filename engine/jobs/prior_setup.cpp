#include <algorithm>

#include "engine/jobs/prior_training.h"

namespace smidgen {

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
    PriorTrainingSetup setup{request, (*record)->file, {}, device, threads};
    if (!request.paths.empty()) {
        ScanOptions options;
        options.cancel = job.cancel();
        options.progress = [&](const ScanProgress& scan) { job.say(0, "Looking at " + scan.current); };
        auto report = scanSounds(request.paths, options);
        if (!report) return propagate(report);
        setup.sounds = std::move(report->entries);
        return setup;
    }
    for (const auto& collection : library.collections()) {
        const bool meant = request.collection.empty() ? collection->name == (*record)->collectionName
                                                      : collection->id == request.collection;
        if (!meant) continue;
        Collection fresh = *collection;
        refreshMissing(fresh);
        setup.sounds = std::move(fresh.entries);
        return setup;
    }
    return failure(ErrorCode::notFound, request.collection.empty()
                                            ? "Name the sounds to learn from: the collection '" +
                                                  (*record)->collectionName +
                                                  "' that the model was trained on is not in the library."
                                            : "The collection to learn from is no longer there.");
}

}  // namespace smidgen
