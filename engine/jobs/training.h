// What a training is asked for, what it is expected to cost, and how it goes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/jobs/job.h"
#include "models/mel_codes.h"
#include "models/process_place.h"

namespace smidgen {

enum class TrainingMode { draft, standard, studio };

/// vae: continuous latents. rvq: codes, which a prior can be trained on.
enum class ModelKind { vae, rvq };

struct TrainingRequest {
    CollectionId collection;  ///< or `paths`
    std::vector<std::filesystem::path> paths;
    std::string name;  ///< of the model; empty: from the collection or folder
    TrainingMode mode = TrainingMode::draft;
    ModelKind kind = ModelKind::vae;
    std::optional<int> codebookSize;   ///< rvq: codes per level; else from the amount of sound
    std::optional<int> levels;         ///< rvq: 2…6
    std::optional<double> commitment;  ///< rvq: weight of the distance between latents and their codes
    std::optional<std::filesystem::path> base;  ///< model to begin from, instead of the one that is shipped
    /// Id, name or file of a model that the sounds are added to: a new model, which knows both. Kind, sizes
    /// and codes are that model's.
    std::optional<std::string> addTo;
    bool starredTakes = false;          ///< the library's starred takes as sounds, besides the others
    bool fromZero = false;              ///< begin from no base at all
    bool asBase = false;                ///< `out` becomes a base for other trainings: 16-bit, without anchors
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
    std::optional<int> batchSize;  ///< sounds per step and process, 1…512; else the trainer's own
    std::optional<models::ProcessPlace> place;  ///< of this process, when several train together
    double joinSeconds = 120;                   ///< to wait for the others
};

/// Measured on this machine, device and collection, not looked up.
struct TrainingEstimate {
    int usableFiles = 0;  ///< new ones, where sounds are added to a model
    double soundSeconds = 0;
    double secondsToPrepare = 0;
    double secondsToTrain = 0;  ///< steps, and judging in between
    double secondsPerStep = 0;
    std::int64_t steps = 0;
    std::int64_t memoryBytes = 0;  ///< main memory of the whole program while it trains
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

/// How well sounds that were held back are rebuilt: mean |log10 mel difference|; 0: there are none.
struct GrowthFigures {
    double fresh = 0;  ///< new sounds
    double known = 0;  ///< sounds the model knew before
    /// New and known sounds as one.
    [[nodiscard]] double balanced() const {
        return fresh > 0 && known > 0 ? (fresh + known) / 2 : fresh + known;
    }
};

/// How adding sounds to a model goes.
struct GrowthReport {
    GrowthFigures before, now;  ///< now: of the weights that are kept
    int replayed = 0;           ///< known sounds heard again
    int reminded = 0;           ///< known sounds that are gone, of which the model's own latents are heard
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
    int batchSize = 0;                  ///< of this process
    int processes = 1;
    int rank = 0;                              ///< of this process
    int codebookSize = 0;                      ///< rvq
    std::vector<models::LevelHealth> levels;   ///< rvq: how the best weights so far use their codes
    std::optional<GrowthReport> growth;        ///< of a training that adds sounds to a model
    std::optional<TrainingEstimate> estimate;  ///< made before the first step of longer trainings
};

}  // namespace smidgen
