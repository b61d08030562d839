// Pre-training steps of the wave decoder. Torch-free header; the data lives in engine/jobs.
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
#include "models/wave_decoder.h"

namespace smidgen::models {

struct WaveDecoderTraining {
    WaveDecoderShape shape;
    int cropFrames = 64;
    int marginFrames = 8;  ///< at each end of a crop, not judged: they do not see all they depend on
    int batchSize = 8;
    int shards = 2;  ///< gradients are summed in this order whatever the threads
    double learningRate = 1e-3;
    double weightDecay = 1e-3;
    int warmUpSteps = 100;
    double gradientClip = 1.0;
    double melWeight = 1.0;  ///< beside the log-spectral distances
    double emaDecay = 0.999;
    std::uint64_t seed = 0;
    bool operator==(const WaveDecoderTraining&) const = default;
};

/// Crops one after the other, batchSize of them.
struct WaveBatch {
    std::vector<float> inputs;    ///< × cropFrames × inputs
    std::vector<float> skeleton;  ///< × cropFrames × bins
    std::vector<float> turns;     ///< × cropFrames × bins: of the carrier (engine/analysis/tone_carrier.h)
    std::vector<float> signal;    ///< × (cropFrames − 1) · window / 4 samples
};

struct WaveReport {
    std::int64_t step = 0;
    double loss = 0;
    std::vector<double> distances;  ///< log-spectral distance (log10) through windows of 2048 … 128
    double melL1 = 0;               ///< log10
    double gradientNorm = 0;
    bool finite = true;  ///< false: the step was skipped
};

/// Owned by one worker; not thread-safe.
class WaveDecoderTrainer {
 public:
    /// `bank`: bands × bins of the mel's window: its triangles.
    [[nodiscard]] static Result<WaveDecoderTrainer> create(const WaveDecoderTraining& training,
                                                           DeviceKind device, std::span<const float> bank);
    /// The same, with the weights of a finished decoder to begin with. Its shape replaces training.shape;
    /// with `grow`, it grows into training.shape instead: as wide a whole number of times, at least as many
    /// blocks (Net2Net, Chen et al. 2016), and says the same at first. Errors: as WaveDecoder::load;
    /// invalidArgument where it cannot grow so.
    [[nodiscard]] static Result<WaveDecoderTrainer> createFrom(const WaveDecoderTraining& training,
                                                               const std::filesystem::path& decoder,
                                                               DeviceKind device, std::span<const float> bank,
                                                               bool grow = false);
    /// Continues bit for bit on the CPU.
    [[nodiscard]] static Result<WaveDecoderTrainer> resume(const std::filesystem::path& checkpoint,
                                                           DeviceKind device);
    WaveDecoderTrainer(WaveDecoderTrainer&&) noexcept;
    WaveDecoderTrainer& operator=(WaveDecoderTrainer&&) noexcept;
    ~WaveDecoderTrainer();

    [[nodiscard]] const WaveDecoderTraining& training() const;
    [[nodiscard]] std::int64_t step() const;
    void setThreads(int threads);

    /// `progress` in 0…1 places the step on the cosine schedule. Errors: invalidArgument (sizes),
    /// outOfMemory.
    [[nodiscard]] Result<WaveReport> trainStep(const WaveBatch& batch, double progress);
    /// The averaged weights on a batch of the same size.
    [[nodiscard]] Result<WaveReport> evaluate(const WaveBatch& batch) const;

    /// Atomic. Errors: io.
    [[nodiscard]] Status saveCheckpoint(const std::filesystem::path& path,
                                        const std::map<std::string, std::string>& metadata) const;
    /// The averaged weights as 16-bit floats, for WaveDecoder::load. Atomic.
    [[nodiscard]] Status exportDecoder(const std::filesystem::path& path,
                                       const std::map<std::string, std::string>& metadata) const;

 private:
    struct Impl;
    explicit WaveDecoderTrainer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Metadata given to saveCheckpoint(), without loading the tensors.
[[nodiscard]] Result<std::map<std::string, std::string>> decoderCheckpointMetadata(
    const std::filesystem::path& path);

}  // namespace smidgen::models
