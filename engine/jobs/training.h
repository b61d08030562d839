// What a training is asked for, what it is expected to cost, and how it goes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/jobs/job.h"

namespace smidgen {

enum class TrainingMode { draft, standard, studio };

struct TrainingRequest {
    CollectionId collection;  ///< or `paths`
    std::vector<std::filesystem::path> paths;
    std::string name;  ///< of the model; empty: from the collection or folder
    TrainingMode mode = TrainingMode::draft;
    std::optional<double> minutes;      ///< wall-clock budget; else the mode's
    std::optional<double> cpuSeconds;   ///< CPU budget of the training steps, for measurements
    std::optional<std::int64_t> steps;  ///< exact number of steps; overrides both
    std::uint64_t seed = 1;
    double heldOutShare = 0.1;
    std::optional<std::filesystem::path> previewFolder;  ///< else inside the library
    std::optional<std::filesystem::path> out;            ///< also written here when done
    std::optional<std::filesystem::path>
        heldOutList;      ///< writes the held-out paths, one a line, for measurements
    bool resume = false;  ///< from the checkpoint of the same request, if there is one
    bool force = false;   ///< fewer than five usable files
    bool stopOnPlateau = true;
};

/// Measured on this machine and collection, not looked up.
struct TrainingEstimate {
    int usableFiles = 0;
    double soundSeconds = 0;
    double secondsToPrepare = 0;
    double secondsToTrain = 0;
    std::int64_t steps = 0;
    std::int64_t memoryBytes = 0;
    std::string device;
    std::string sentence;  ///< "About 3 min on CPU (2 cores), 420 MB of memory, 1 100 steps."
};

struct CurvePoint {
    std::int64_t step = 0;
    double cpuSeconds = 0;
    double training = 0;  ///< mean |log10 mel difference|, smoothed
    std::optional<double> heldOut;
};

/// A held-out clip beside what the model makes of it.
struct Preview {
    std::string name;
    std::filesystem::path original;        ///< WAV
    std::filesystem::path reconstruction;  ///< WAV, of this step
    std::int64_t step = 0;
    double melL1 = 0;
};

struct TrainingSnapshot {
    JobId job = 0;
    std::string device;
    int threads = 0;
    std::int64_t step = 0;
    std::int64_t totalSteps = 0;  ///< estimated when the budget is time
    double stepsPerSecond = 0;
    std::vector<CurvePoint> curve;      ///< thinned to ≤ 2000 points
    std::vector<Preview> previews;      ///< newest step only
    std::vector<std::string> warnings;  ///< plain words with what to do; each once
    int batchSize = 0;
};

}  // namespace smidgen
