// One training from first file to finished model.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/collections/preflight.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/jobs/job_runner.h"
#include "engine/jobs/model_growth.h"
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
    std::optional<ModelGrowth>
        growth;  ///< the request's addTo, looked up; its known sounds are not in `sounds`
};

/// As checkTrainable(); a single sound is enough for a model that knows others. Errors: unusableInput.
[[nodiscard]] Status checkSounds(const TrainingSetup& setup);

/// Runs on the job's thread until the budget is used, a plateau is reached, or it is cancelled. Features are
/// made or found in the cache, a checkpoint is written every 15 s, the best weights on the held-out sounds
/// are kept as a model in the library from the first evaluation on. Cancelled: the checkpoint stays and the
/// model with the best weights so far is usable. Given `steps`, the result depends on sounds, seed and
/// settings alone, however often it was interrupted. With a place in the request, its processes train
/// together, and all but the first keep no model. `publish` is called with each new picture of the
/// training.
[[nodiscard]] Status runTraining(Library& library, const TrainingSetup& setup, JobContext& job,
                                 const std::function<void(const TrainingSnapshot&)>& publish);

/// Seconds since some moment.
using Stopwatch = std::function<double()>;

/// Times preparation, steps and judging on this machine and device with the sounds given, and looks at how
/// much memory that took; makes a few features (kept in the cache). `stopwatch`: what it measures by; empty:
/// the steady clock. Errors: as runTraining before its first step; cancelled.
[[nodiscard]] Result<TrainingEstimate> estimateTraining(Library& library, const TrainingSetup& setup,
                                                        const CancelToken& cancel = {},
                                                        const Stopwatch& stopwatch = {});

/// Whether the estimate of a training costs little beside it; not so for a few steps, nor for the rest of
/// one.
[[nodiscard]] bool worthEstimating(const TrainingRequest& request);

}  // namespace smidgen
