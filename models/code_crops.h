// Batches of code sequences for the prior's training. Torch-free; deterministic; thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/code_prior_weights.h"

namespace smidgen::models {

/// B sequences of T frames × L levels, and what is said about each frame.
struct CodeBatch {
    int sounds = 0;
    int frames = 0;
    std::vector<std::int64_t> targets;  ///< B × T × L; −1: not judged
    std::vector<std::int64_t> inputs;   ///< B × T × L: codes as they are heard (absent, hidden or a code)
    std::vector<std::int64_t> memory;   ///< B × T × L: the surroundings of what is filled in; empty: none
    std::vector<float> conditions;      ///< B × T × (kDescriptors + globalDims), normalised
    std::vector<float> positions;       ///< B × T × kPositionFeatures
    std::vector<float> present;         ///< B × T × kConditionParts: 1 told, 0 not
};

struct CodeCropSettings {
    int frames = 384;
    int batchSize = 8;
    double drop = 0.15;          ///< share of sequences that are not told a condition, for each, and all
    double fillShare = 1.0 / 3;  ///< of steps that learn to fill in between known surroundings
    double inputNoise = 0.08;    ///< share of heard codes that are hidden, against learning by heart
    std::uint64_t seed = 0;
};

/// Sounds strung one after the other until a sequence is full: sounds are drawn by the root of their length,
/// long ones are cut anywhere.
class CodeCrops {
 public:
    /// Keeps references: `sounds` must outlive it. Every sound needs a frame.
    CodeCrops(const CodePriorShape& shape, const ConditionScale& scale, std::span<const CodedSound> sounds,
              const CodeCropSettings& settings);
    [[nodiscard]] CodeBatch batch(std::uint64_t step) const;

 private:
    void fill(CodeBatch& batch, int slot, std::uint64_t step) const;
    CodePriorShape m_shape;
    ConditionScale m_scale;
    std::span<const CodedSound> m_sounds;
    CodeCropSettings m_settings;
    std::vector<double> m_cumulative;
};

/// All frames of `sounds` once, each sound cut into sequences of `frames`, with nothing dropped or hidden:
/// for the held-out figure.
[[nodiscard]] std::vector<CodeBatch> wholeSoundBatches(const CodePriorShape& shape,
                                                       const ConditionScale& scale,
                                                       std::span<const CodedSound> sounds, int frames,
                                                       int batchSize);

/// Mean and deviation of the conditions of `sounds`.
[[nodiscard]] ConditionScale conditionScaleOf(const CodePriorShape& shape,
                                              std::span<const CodedSound> sounds);

}  // namespace smidgen::models
