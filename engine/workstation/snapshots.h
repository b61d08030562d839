// What the workstation tells: immutable values, found by id.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/analysis/peaks.h"
#include "engine/collections/collection.h"
#include "engine/foundation/result.h"
#include "engine/generation/recipe.h"

namespace smidgen {

using JobId = std::uint64_t;
using CollectionId = std::string;
using ModelId = std::string;
using TakeId = std::string;

struct CollectionSnapshot {
    Collection collection;
    CollectionTotals totals;
};

struct ModelSnapshot {
    ModelId id;
    std::string name;
    std::filesystem::path file;
    std::string kind;  ///< "vae"
    std::int64_t createdMs = 0;
    std::int64_t steps = 0;
    double trainedSeconds = 0;  ///< CPU seconds
    double heldOutMelL1 = 0;    ///< log10; 0 when unknown
    int sounds = 0;             ///< trained on
    double soundSeconds = 0;
    std::string collectionName;
    std::int64_t bytes = 0;
    std::string health;                           ///< plain words: "healthy", "learned little: …"
    std::map<std::string, std::string> metadata;  ///< everything the file says of itself
};

struct TakeSnapshot {
    TakeId id;
    std::string name;
    std::filesystem::path file;  ///< 32-bit float WAV, 48 kHz
    Recipe recipe;
    std::int64_t createdMs = 0;
    double seconds = 0;
    int channels = 0;
    double lufs = 0;
    double truePeakDb = 0;
    bool starred = false;
    bool trashed = false;
    std::vector<PeakPair> thumbnail;  ///< 128 columns
};

enum class JobKind { scan, train, generate, exportTake };
enum class JobPhase { queued, running, paused, finished, failed, cancelled };

struct JobSnapshot {
    JobId id = 0;
    JobKind kind = JobKind::scan;
    JobPhase phase = JobPhase::queued;
    double fraction = 0;  ///< 0…1
    std::optional<double> etaSeconds;
    std::string sentence;        ///< plain, for people: "Learning timbre, 38 %, about 4 min left"
    std::optional<Error> error;  ///< when failed
    CollectionId collection;     ///< of a scan or a training
    ModelId model;               ///< of a training (as soon as one is usable) or a generation
    std::vector<TakeId> takes;   ///< made by a generation, as they come
    std::vector<std::filesystem::path> files;  ///< written by an export
    [[nodiscard]] bool ended() const {
        return phase == JobPhase::finished || phase == JobPhase::failed || phase == JobPhase::cancelled;
    }
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
