// Training steps of the prior. Torch-free header; the schedule and the sounds live in engine/jobs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "models/code_prior.h"
#include "models/device.h"

namespace smidgen::models {

struct CodePriorTraining {
    CodePriorShape shape;
    int cropFrames = 192;
    int batchSize = 6;
    /// A batch is always cut into this many shards whose gradients are summed in order, each on one thread:
    /// so the weights do not depend on how many threads there are.
    int shards = 2;
    double learningRate = 1e-3;
    double weightDecay = 0.05;
    int warmUpSteps = 50;
    double gradientClip = 1.0;
    double dropout = 0.1;
    double conditionDrop = 0.15;  ///< of each condition, and of all together: for guidance
    double fillShare = 1.0 / 3;   ///< of the steps that learn to fill in between known surroundings
    double inputNoise = 0.08;     ///< mean share of heard codes that are hidden
    double emaDecay = 0.998;
    std::uint64_t seed = 0;
};

struct PriorStepReport {
    std::int64_t step = 0;  ///< steps done so far
    double loss = 0;        ///< nats per code on the batch
    double gradientNorm = 0;
    bool finite = true;  ///< false: the step was skipped
};

/// Owned by one job worker; not thread-safe. Out of memory is reported as ErrorCode::outOfMemory and leaves
/// the trainer as it was before the step. What a step learns from depends on the seed and its number alone.
class CodePriorTrainer {
 public:
    /// `sounds`: what it learns from, each with a frame at least; they are copied. `codebooks`: for each
    /// level codebookSize × dims values that the embeddings start from; may be empty.
    [[nodiscard]] static Result<CodePriorTrainer> create(const CodePriorTraining& training, DeviceKind device,
                                                         std::span<const CodedSound> sounds,
                                                         std::span<const std::vector<float>> codebooks = {});
    /// Everything from saveCheckpoint() and the same sounds again; continues bit for bit on CPU. Errors:
    /// unusableInput (damaged, or other sounds than it was made with).
    [[nodiscard]] static Result<CodePriorTrainer> resume(const std::filesystem::path& checkpoint,
                                                         DeviceKind device,
                                                         std::span<const CodedSound> sounds);
    CodePriorTrainer(CodePriorTrainer&&) noexcept;
    CodePriorTrainer& operator=(CodePriorTrainer&&) noexcept;
    ~CodePriorTrainer();

    [[nodiscard]] const CodePriorTraining& training() const;
    [[nodiscard]] std::int64_t step() const;
    /// How many worker threads run the shards (1…shards). Changes speed, never results.
    void setThreads(int threads);
    /// Tries 1 and more threads for a step's gradient without changing the trainer; sets and returns the
    /// fastest.
    [[nodiscard]] int tuneThreads(int mostThreads);
    /// Also changes the batch of later steps (after out of memory).
    void setBatchSize(int batchSize);

    /// `progress` in 0…1 places the step on the cosine schedule.
    [[nodiscard]] Result<PriorStepReport> trainStep(double progress);
    /// Held-out figure on the EMA weights: nats per code over all of `sounds`, told their conditions.
    [[nodiscard]] Result<double> evaluate(std::span<const CodedSound> sounds) const;

    /// Atomic. Errors: io.
    [[nodiscard]] Status saveCheckpoint(const std::filesystem::path& path,
                                        const std::map<std::string, std::string>& metadata) const;
    /// The EMA weights as a prior, with what it was trained on.
    [[nodiscard]] Result<CodePrior> prior() const;
    /// The same, put into the model file (an earlier prior in it is replaced). Atomic: the file is as it was
    /// or holds the whole prior. Errors: notFound, io, unusableInput, invalidArgument (a model whose codes
    /// it cannot belong to).
    [[nodiscard]] Status exportPrior(const std::filesystem::path& model,
                                     const std::map<std::string, std::string>& metadata) const;

 private:
    struct Impl;
    explicit CodePriorTrainer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen::models
