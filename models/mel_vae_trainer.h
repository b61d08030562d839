// Training steps of the mel autoencoder. Torch-free header; the schedule and the data live in engine/jobs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "models/device.h"
#include "models/mel_vae.h"
#include "models/process_group.h"

namespace smidgen::models {

struct MelVaeTraining {
    MelVaeShape shape;
    int cropFrames = 64;
    int batchSize = 16;  ///< of each process
    /// A batch is always cut into this many shards whose gradients are summed in order, each on one thread:
    /// so the weights do not depend on how many threads there are.
    int shards = 2;
    double learningRate = 3e-4;
    double weightDecay = 1e-3;
    int warmUpSteps = 20;
    double gradientClip = 1.0;
    double klStart = 1e-6, klEnd = 1e-5;  ///< β per nat and latent frame, ramped over the first third
    double freeBits = 0.02;               ///< nats per latent dimension
    double bandDifferenceWeight = 0.5;
    double emaDecay = 0.999;
    // Of quantising models (shape.levels > 0):
    double commitmentWeight = 0.25;
    double bypassShare = 0.5;   ///< of the sounds in a batch whose z is not quantised
    double dropoutShare = 0.5;  ///< of the others that keep only a drawn number of levels
    double codebookDecay = 0.99;
    /// Codes, and what each adds to z, stay those of the base to the bit, so that codes written before mean
    /// the same; everything around them learns.
    bool keepCodes = false;
    std::uint64_t seed = 0;
};

/// What becomes of a base's codebooks.
enum class BaseCodebooks {
    findAnew,  ///< codes are found on the sample, with the base's network: every code is then of use
    keep,      ///< taken where their sizes are the same, to go on training the base itself
};

struct StepReport {
    std::int64_t step = 0;  ///< steps done so far
    double loss = 0;
    double reconstruction = 0;  ///< mean |log10 mel difference| on the batch, in the metric's units
    double kl = 0;              ///< nats per latent frame
    double gradientNorm = 0;
    double commitment = 0;  ///< of quantising models
    int revivedCodes = 0;   ///< codes replaced because nothing chose them any more
    bool finite = true;     ///< false: the step was skipped
};

/// Owned by one job worker; not thread-safe. Out of memory is reported as ErrorCode::outOfMemory and leaves
/// the trainer as it was before the step.
class MelVaeTrainer {
 public:
    /// `sample`: log-mel frames (n × bands) of the collection, for the normalisation and the data-driven
    /// start; whole sounds of cropFrames frames, one after another. `base`: a model file whose weights and
    /// normalisation are taken instead. Errors of the base: as MelVae::load, and unusableInput when its sizes
    /// are others, or when it has not the codes that are to be kept. `group`: called by its first process,
    /// while the others call join(); each of them then brings a batch of its own to every step.
    [[nodiscard]] static Result<MelVaeTrainer> create(const MelVaeTraining& training, DeviceKind device,
                                                      std::span<const float> sample,
                                                      const std::filesystem::path& base = {},
                                                      BaseCodebooks codebooks = BaseCodebooks::findAnew,
                                                      std::shared_ptr<ProcessGroup> group = {});
    /// Everything (weights, optimiser, EMA, RNG, step, settings) from saveCheckpoint(); continues bit for bit
    /// on CPU.
    [[nodiscard]] static Result<MelVaeTrainer> resume(const std::filesystem::path& checkpoint,
                                                      DeviceKind device,
                                                      std::shared_ptr<ProcessGroup> group = {});
    /// The trainer that the first process of the group creates or resumes. After as many steps, all
    /// processes hold the same weights, bit for bit; n processes with k shards each give the weights of one
    /// with n times the batch and n · k shards (for powers of two to the bit, else up to the order of sums).
    [[nodiscard]] static Result<MelVaeTrainer> join(std::shared_ptr<ProcessGroup> group, DeviceKind device);
    MelVaeTrainer(MelVaeTrainer&&) noexcept;
    MelVaeTrainer& operator=(MelVaeTrainer&&) noexcept;
    ~MelVaeTrainer();

    [[nodiscard]] const MelVaeTraining& training() const;
    [[nodiscard]] std::int64_t step() const;
    /// How many worker threads run the shards (1…shards). Changes speed, never results.
    void setThreads(int threads);
    /// Tries 1 and more threads for a few steps each on `batch` without changing the trainer; sets and
    /// returns the fastest.
    [[nodiscard]] int tuneThreads(std::span<const float> batch, int mostThreads);
    /// Also changes the batch of later steps (after out of memory).
    void setBatchSize(int batchSize);

    /// batch: batchSize × cropFrames × bands log-mel. `progress` in 0…1 places the step on the cosine
    /// schedule. In a group all processes call it with the same progress, and report the same. Errors also:
    /// io (another process is gone), internal (other weights there); the trainer is as it was before the
    /// step.
    [[nodiscard]] Result<StepReport> trainStep(std::span<const float> batch, double progress);
    /// Log-mel (T × bands) through the EMA weights, for previews and held-out figures.
    [[nodiscard]] Result<std::vector<float>> reconstruct(std::span<const float> logMel) const;
    [[nodiscard]] Result<Latents> encode(std::span<const float> logMel) const;

    /// Atomic. Errors: io.
    [[nodiscard]] Status saveCheckpoint(const std::filesystem::path& path,
                                        const std::map<std::string, std::string>& metadata) const;
    /// How the codes of `logMel` sounds are spread, on the EMA weights; empty without levels.
    [[nodiscard]] Result<std::vector<LevelHealth>> codebookHealth(
        std::span<const std::vector<float>> sounds) const;

    /// The EMA weights as a model for MelVae::load, with metadata and anchors. Atomic.
    [[nodiscard]] Status exportModel(const std::filesystem::path& path,
                                     const std::map<std::string, std::string>& metadata,
                                     std::span<const Latents> anchors) const;
    /// The same without anchors and in 16-bit floats, to begin other trainings from.
    [[nodiscard]] Status exportBase(const std::filesystem::path& path,
                                    const std::map<std::string, std::string>& metadata) const;

 private:
    struct Impl;
    explicit MelVaeTrainer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Metadata given to saveCheckpoint(), without loading the tensors.
[[nodiscard]] Result<std::map<std::string, std::string>> checkpointMetadata(
    const std::filesystem::path& path);

}  // namespace smidgen::models
