// Many samples at once, on a CUDA device where there is one, else on the processor: the same values within
// 1e-5 of the nodes' largest.
#pragma once

#include <memory>
#include <optional>

#include "storage/wavetable/sampler.h"

namespace smidgen::storage {

enum class ComputePlace { processor, cuda };

/// Not thread-safe. The source must outlive it.
class BatchSampler {
 public:
    /// On a device all nodes are brought to the common shape and copied there once. Without `place`, a device
    /// is used when there is one and the cube fits into its memory. Errors: Sampler::create's, loading's;
    /// device (cuda was asked for, and there is none or its memory is too small).
    [[nodiscard]] static Result<BatchSampler> create(const NodeSource& source, SamplingOptions options = {},
                                                     std::optional<ComputePlace> place = std::nullopt);
    BatchSampler(BatchSampler&&) noexcept;
    BatchSampler& operator=(BatchSampler&&) noexcept;
    ~BatchSampler();

    [[nodiscard]] ComputePlace place() const;
    [[nodiscard]] const NodeShape& shape() const { return m_sampler.shape(); }
    /// places.size() × shape().count() floats. Errors: Sampler::sampleBatch's; device (it failed while it
    /// worked).
    [[nodiscard]] Status sample(std::span<const Coordinate> places, std::span<float> out);

 private:
    class Device;
    BatchSampler(const NodeSource& source, SamplingOptions options, Sampler sampler);

    const NodeSource* m_source;
    SamplingOptions m_options;
    Sampler m_sampler;
    std::unique_ptr<Device> m_device;
};

}  // namespace smidgen::storage
