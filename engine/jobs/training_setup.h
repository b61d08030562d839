// From a request to what a training needs: its sounds looked at, its model looked up.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "engine/foundation/result.h"
#include "engine/jobs/training_run.h"
#include "engine/library/library.h"
#include "models/mel_vae.h"

namespace smidgen {

struct SetupOptions {
    models::DeviceKind device = models::DeviceKind::cpu;
    int threads = 0;  ///< 0: tuned
    CancelToken cancel;
    std::function<void(const ScanProgress&)> progress;
};

/// The sounds of a request (a collection's as they are, or a fresh scan of paths, and starred takes) and, for
/// addTo, the model with the sounds it remembers; sounds it knows are left out. `load` gives a model file's
/// model. Paths have no name of their own: collectionName stays empty then. Errors: notFound, unusableInput,
/// cancelled, and those of `load`.
[[nodiscard]] Result<TrainingSetup> setUpTraining(
    const Library& library, const TrainingRequest& request, const SetupOptions& options,
    const std::function<Result<std::shared_ptr<const models::MelVae>>(const std::filesystem::path&)>& load);

}  // namespace smidgen
