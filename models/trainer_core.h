// One training's numbers and its step: shards of a batch, their gradients, the update. Internal: includes
// LibTorch.
#pragma once

#include <ATen/ATen.h>

#include <exception>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "models/adam_w.h"
#include "models/codebook_average.h"
#include "models/mel_vae_loss.h"
#include "models/mel_vae_state.h"
#include "models/mel_vae_trainer.h"
#include "models/process_group.h"
#include "models/weights_file.h"

namespace smidgen::models {

/// What the vectors of one batch chose at one level.
struct LevelTally {
    std::vector<float> sums, counts;  ///< codebookSize × codeDims; codebookSize
    std::vector<float> picked;        ///< a few of the vectors, for revival
};
/// Vectors of each shard and level that are remembered per step.
inline constexpr std::size_t kPickedPerShard = 8;

/// Shares of a batch's losses.
struct BatchLoss {
    double total = 0, reconstruction = 0, divergence = 0, commitment = 0;
    void add(const BatchLoss& other);
};

/// One worker's share of the batch: its own view of the weights, so that graphs never meet.
struct TrainingShard {
    MelVaeWeights weights;
    std::vector<at::Tensor> leaves;
    at::Tensor gradient;
    BatchLoss loss;
    std::vector<LevelTally> tallies;  ///< per level of a quantising model
    std::exception_ptr failure;
};

struct TrainerCore {
    MelVaeTraining training;
    MelVaeState state;
    at::Tensor average;  ///< of state.weights.flat
    MelVaeWeights averageViews;
    AdamW optimiser;
    std::int64_t step = 0;
    int threads = 1;
    std::vector<TrainingShard> shards;
    std::vector<bool> stays;                 ///< per parameter slot: is not trained
    std::vector<CodebookAverage> codebooks;  ///< per level; state.codebooks holds their codes
    /// Null: trains alone. Else each process has a batch of its own, and all hold the same weights.
    std::shared_ptr<ProcessGroup> group;

    /// Makes shards and views once training, state and average are there.
    void prepare();
    [[nodiscard]] at::Tensor normalised(const at::Tensor& mel) const;
    [[nodiscard]] LossSettings lossSettings(double progress) const;
    [[nodiscard]] double learningRate(double progress) const;
    /// state.codebooks from the running averages, unless they are to stay as they are.
    void publishCodebooks();
    /// Gradients of all shards, each in one thread; throws what a shard threw.
    void runShards(const at::Tensor& batch, const LossSettings& settings, int workers);
    /// batch: B × T × bands on the host. Throws GroupFailure, with everything as it was before the step.
    [[nodiscard]] StepReport makeStep(const at::Tensor& batch, double progress);

 private:
    void runShard(std::size_t index, const at::Tensor& batch, const LossSettings& settings);
    [[nodiscard]] std::vector<LevelTally> batchTallies() const;
    [[nodiscard]] int updateCodebooks(const std::vector<LevelTally>& tallies);
    [[nodiscard]] std::size_t firstShard() const;
    [[nodiscard]] std::int64_t processes() const;
};

/// Sums and counts added in pairs; what was picked, one after the other.
[[nodiscard]] LevelTally sumOfTallies(std::vector<LevelTally> parts);

[[nodiscard]] CodebookSettings codebookSettings(const MelVaeTraining& training);

/// Everything that resuming bit for bit needs. Errors: io.
[[nodiscard]] Status saveCore(const TrainerCore& core, const std::map<std::string, std::string>& metadata,
                              const std::filesystem::path& path);
[[nodiscard]] Result<std::unique_ptr<TrainerCore>> loadCore(const std::filesystem::path& path,
                                                            DeviceKind device);
/// The same as what would be in the file.
[[nodiscard]] Result<WeightsFile> coreFile(const TrainerCore& core,
                                           const std::map<std::string, std::string>& metadata);
[[nodiscard]] Result<std::unique_ptr<TrainerCore>> coreFromFile(const WeightsFile& file,
                                                                const std::string& name, DeviceKind device);

}  // namespace smidgen::models
