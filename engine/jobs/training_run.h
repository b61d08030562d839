// One training from first file to finished model.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/collections/preflight.h"
#include "engine/foundation/result.h"
#include "engine/jobs/job_runner.h"
#include "engine/jobs/training.h"
#include "engine/library/library.h"
#include "models/device.h"

namespace smidgen {

struct TrainingSetup {
    TrainingRequest request;
    std::vector<SoundEntry> sounds;  ///< as scanned, unusable ones included
    std::string collectionName;
    models::DeviceKind device = models::DeviceKind::cpu;
    int threads = 0;  ///< 0: tuned
};

/// Runs on the job's thread until the budget is used, a plateau is reached, or it is cancelled. Features are
/// made or found in the cache, a checkpoint is written every 15 s, the best weights on the held-out sounds
/// are kept as a model in the library from the first evaluation on. Cancelled: the checkpoint stays and the
/// model with the best weights so far is usable. Given `steps`, the result depends on sounds, seed and
/// settings alone, however often it was interrupted. With a place in the request, its processes train
/// together, and all but the first keep no model. `publish` is called with each new picture of the
/// training.
[[nodiscard]] Status runTraining(Library& library, const TrainingSetup& setup, JobContext& job,
                                 const std::function<void(const TrainingSnapshot&)>& publish);

/// Measures preparation and steps on this machine with the sounds given; makes a few features (kept in the
/// cache).
[[nodiscard]] Result<TrainingEstimate> estimateTraining(Library& library, const TrainingSetup& setup);

}  // namespace smidgen
