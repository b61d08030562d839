// The prior: a decoder-only transformer over codes in delay pattern (Copet et al., "Simple and Controllable
// Music Generation", 2023). Torch-free header; inference runs on hand-written loops with a key-value cache.
//
// T frames of L levels become T + L − 1 steps: at step s level l holds frame s − l, so a code is drawn
// knowing every coarser code of its frame. A step attends to the last `window` steps alone, in training as in
// inference, so a take may be of any length without a seam: step 10 000 sees what step 1 000 saw.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "models/coded_sound.h"

namespace smidgen::models {

struct CodePriorShape {
    int levels = 4;
    int codebookSize = 256;  ///< of every level
    int width = 128;         ///< a multiple of 2 · heads
    int layers = 4;
    int heads = 4;
    int window = 128;  ///< steps a step can look back, itself included
    int globalDims = 128;
    double framesPerSecond = 23.4375;
    bool operator==(const CodePriorShape&) const = default;
};

/// Errors: invalidArgument naming the size and its range.
[[nodiscard]] Status validate(const CodePriorShape& shape);

struct SamplingSettings {
    double temperature = 1.0;  ///< 0: always the likeliest code
    int topK = 0;              ///< draw from the k likeliest; 0: from all
    double topP = 1.0;         ///< draw from the likeliest that together hold this share
    double guidance = 1.0;     ///< 1: as trained; more: closer to the conditions; 0: without them
    std::uint64_t seed = 1;
    /// Errors: invalidArgument naming the setting and its range.
    [[nodiscard]] Status validate() const;
    bool operator==(const SamplingSettings&) const = default;
};

/// A stretch of the result that is one sound: it begins, goes on and ends as training sounds do.
struct PriorSection {
    std::int64_t frames = 0;
    SoundConditions conditions;
};

struct PriorRequest {
    std::vector<PriorSection> sections;  ///< at least one; together the whole length
    /// What is there already: nothing, the first frames (they are continued), or all frames (see `open`).
    MelCodes given;
    /// When not empty: one flag per cell of a whole `given`; those not 0 are drawn anew, knowing what stands
    /// before, beside and after them, and all others stay.
    std::vector<std::uint8_t> open;
    SamplingSettings sampling;
};

struct StoredPrior;

/// A trained prior. Thread-safe for concurrent calls. Results depend on the request alone, never on threads.
class CodePrior {
 public:
    /// The prior in a model file. Errors: notFound, io, unusableInput (no prior in it, damaged, newer).
    [[nodiscard]] static Result<CodePrior> load(const std::filesystem::path& model);
    [[nodiscard]] static CodePrior fromStored(StoredPrior stored);
    CodePrior(CodePrior&&) noexcept;
    CodePrior& operator=(CodePrior&&) noexcept;
    ~CodePrior();

    [[nodiscard]] const CodePriorShape& shape() const;
    [[nodiscard]] const std::map<std::string, std::string>& metadata() const;
    /// What it was trained on: for lengths and conditions of new takes, and to find copies.
    [[nodiscard]] const std::vector<CodedSound>& sources() const;
    [[nodiscard]] std::int64_t parameterCount() const;

    /// The whole grid: what was given, with the rest drawn. `progress` 0…1. Errors: invalidArgument,
    /// cancelled, outOfMemory.
    [[nodiscard]] Result<MelCodes> sample(const PriorRequest& request, const CancelToken& cancel = {},
                                          const std::function<void(double)>& progress = {}) const;
    /// Surprise at every frame of `grid`: nats per code, mean over levels, each knowing what came before.
    [[nodiscard]] Result<std::vector<double>> surprise(const MelCodes& grid,
                                                       std::span<const PriorSection> sections) const;
    /// Logits of every cell, frames × levels × codebookSize, each knowing what came before.
    [[nodiscard]] Result<std::vector<float>> logits(const MelCodes& grid,
                                                    std::span<const PriorSection> sections) const;

 private:
    struct Impl;
    explicit CodePrior(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Whether a model file with this metadata (loadWeightsMetadata) carries a prior.
[[nodiscard]] bool hasPrior(const std::map<std::string, std::string>& metadata);

}  // namespace smidgen::models
