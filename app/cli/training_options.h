// The options of `train` as a TrainingRequest.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/workstation/workstation.h"

namespace smidgen::cli {

struct TrainingOptions {
    std::vector<std::string> paths;
    std::string out, name, mode = "draft", kind = "vae", previews, heldOutList;
    std::optional<double> minutes, cpuSeconds;
    std::optional<std::int64_t> steps;
    std::uint64_t seed = 1;
    double heldOut = 0.1;
    bool resume = false;
    bool force = false;
    std::string base, addTo;
    bool starred = false;
    bool fromZero = false;
    bool asBase = false;
    std::optional<int> codebookSize, levels;
    std::optional<double> commitment;
    std::optional<int> batchSize;
    double joinSeconds = 120;
};

/// "draft", "standard", "studio".
[[nodiscard]] TrainingMode trainingMode(const std::string& name);
void addTrainingOptions(CLI::App& command, TrainingOptions& options);
/// Errors: invalidArgument (nothing to learn from; environment variables of a training in several processes).
[[nodiscard]] Result<TrainingRequest> toRequest(const TrainingOptions& options);

}  // namespace smidgen::cli
