// What a training must remember to go on after a crash, besides the trainer's own checkpoint.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "engine/collections/preflight.h"
#include "engine/foundation/result.h"
#include "engine/jobs/training.h"

namespace smidgen {

/// Travels as JSON in the checkpoint's metadata, so that it is exactly as old as the weights beside it.
struct TrainingState {
    ModelId model;
    double elapsedSeconds = 0;  ///< wall clock spent in training steps, pauses left out
    double cpuSeconds = 0;
    double smoothedTraining = 0;
    double bestHeldOut = 0;  ///< 0: none yet
    std::int64_t bestStep = 0;
    std::vector<CurvePoint> curve;
    std::vector<std::string> warnings;
    int batchSize = 0;
    std::string base;            ///< file name of the base it began from; empty: from zero
    GrowthFigures before, best;  ///< of a training that adds to a model
    double heardBefore = 0;      ///< heardError() of new sounds at first; 0: not known
};
[[nodiscard]] std::string toJson(const TrainingState& state);
[[nodiscard]] Result<TrainingState> trainingStateFromJson(const std::string& text);

[[nodiscard]] std::string toJson(const TrainingRequest& request);
[[nodiscard]] Result<TrainingRequest> trainingRequestFromJson(const std::string& text);

/// Names the folder of a training: the same sounds, kind, seed, mode and held-out share give the same key, so
/// that "resume" finds its checkpoint whatever the budget.
[[nodiscard]] std::string trainingKey(const TrainingRequest& request, std::span<const SoundEntry> sounds);

/// Errors: invalidArgument (budget, held-out share).
[[nodiscard]] Status validate(const TrainingRequest& request);

/// Requests of the interrupted trainings that left a checkpoint in `folder`.
[[nodiscard]] std::vector<TrainingRequest> unfinishedTrainings(const std::filesystem::path& folder);

/// Keeps a curve under `limit` points by dropping every second one of the older half; points with a held-out
/// figure stay.
void thinCurve(std::vector<CurvePoint>& curve, std::size_t limit = 2000);

}  // namespace smidgen
