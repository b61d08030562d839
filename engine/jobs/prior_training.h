// Training the prior of a model: sounds → codes → steps → into the model's file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/collections/preflight.h"
#include "engine/foundation/result.h"
#include "engine/jobs/job_runner.h"
#include "engine/jobs/training.h"
#include "engine/library/library.h"
#include "models/code_prior.h"
#include "models/device.h"

namespace smidgen {

struct PriorTrainingRequest {
    std::string model;        ///< id, name or file; it must have codes
    CollectionId collection;  ///< or `paths`
    std::vector<std::filesystem::path> paths;
    TrainingMode mode = TrainingMode::standard;  ///< how long and, in studio mode, how large
    std::optional<double> minutes;               ///< of wall clock; else priorMinutes(mode)
    std::optional<std::int64_t> steps;           ///< exactly so many, instead
    std::uint64_t seed = 1;
    double heldOutShare = 0.1;  ///< the last part of every sound: how it goes on is what a prior is to know
    bool resume = false;
    bool stopEarly = true;  ///< when held-out sounds are no longer understood better
};
/// How long a prior is trained in a mode, unless a request says so.
[[nodiscard]] double priorMinutes(TrainingMode mode);
/// 4 layers of 128; in studio mode 6 of 256. Levels, codes and rate are left as they are by default.
[[nodiscard]] models::CodePriorShape priorShape(TrainingMode mode);

struct PriorTrainingSetup {
    PriorTrainingRequest request;
    std::filesystem::path model;     ///< its file
    std::vector<SoundEntry> sounds;  ///< as scanned, unusable ones included
    models::DeviceKind device = models::DeviceKind::cpu;
    int threads = 0;     ///< 0: tuned
    std::string remark;  ///< plain words when not all sounds that were meant are there
};

/// Errors: invalidArgument.
[[nodiscard]] Status validate(const PriorTrainingRequest& request);

/// The model and the sounds of a request: a collection as it is, a fresh scan of paths, or else the sounds
/// the model remembers, as far as they are there; where none is, the collection it was trained on. Errors:
/// notFound, unusableInput, cancelled.
[[nodiscard]] Result<PriorTrainingSetup> setUpPriorTraining(Library& library,
                                                            const PriorTrainingRequest& request,
                                                            models::DeviceKind device, int threads,
                                                            JobContext& job);

/// Runs on the job's thread until the budget is used, held-out sounds are no longer understood better, or it
/// is cancelled. The weights that understand held-out sounds best are in the model's file from the first
/// evaluation on (the file is replaced atomically); a checkpoint is written every 30 s and when cancelled.
/// Given `steps`, the result depends on sounds, model, seed and settings alone, however often it was
/// interrupted. Curves hold nats per code. Errors: unusableInput (a model without codes, no usable sound),
/// notFound (nothing to resume), cancelled, io, outOfMemory.
[[nodiscard]] Status runPriorTraining(Library& library, const PriorTrainingSetup& setup, JobContext& job,
                                      const std::function<void(const TrainingSnapshot&)>& publish);

}  // namespace smidgen
