#include "storage/wavetable/batch_sampler.h"

#include <algorithm>
#include <utility>

#include "storage/wavetable/cuda_blend.h"
#include "storage/wavetable/resample.h"

namespace smidgen::storage {
namespace {

constexpr std::size_t kMostSamplesAtOnce = 4096;
constexpr std::size_t kResultBytesAtOnce = std::size_t{256} << 20;

/// Device memory that frees itself.
class DeviceMemory {
 public:
    explicit DeviceMemory(std::size_t bytes) : m_memory(cuda::allocate(bytes)) {}
    DeviceMemory(const DeviceMemory&) = delete;
    DeviceMemory& operator=(const DeviceMemory&) = delete;
    ~DeviceMemory() {
        if (m_memory != nullptr) cuda::release(m_memory);
    }
    [[nodiscard]] explicit operator bool() const { return m_memory != nullptr; }
    template <typename T>
    [[nodiscard]] T* as() const {
        return static_cast<T*>(m_memory);
    }

 private:
    void* m_memory;
};

tl::unexpected<Error> deviceFailure(const std::string& what) {
    return failure(ErrorCode::device,
                   "The graphics processor " + what + ". Let the processor do it instead.");
}

}  // namespace

class BatchSampler::Device {
 public:
    [[nodiscard]] static Result<std::unique_ptr<Device>> create(const NodeSource& source,
                                                                const NodeShape& shape) {
        if (cuda::deviceCount() == 0) return deviceFailure("asked for is not there");
        const auto presence = source.presence();
        const auto nodes = static_cast<std::size_t>(
            std::count_if(presence.begin(), presence.end(), [](std::uint8_t p) { return p != 0; }));
        std::unique_ptr<Device> device(new Device(nodes, presence.size(), shape));
        if (!device->m_nodes || !device->m_out || !device->m_parts || !device->m_starts)
            return deviceFailure("has too little memory for this cube");
        std::uint32_t number = 0;
        for (std::size_t i = 0; i < presence.size(); ++i) {
            if (presence[i] == 0) continue;
            auto node = source.load(source.layout().pointAt(i));
            if (!node) return propagate(node);
            auto common = resampled(*node, shape);
            if (!common) return propagate(common);
            if (!cuda::upload(device->m_nodes.as<float>() + number * shape.count(), (*common)->values.get(),
                              shape.bytes()))
                return deviceFailure("did not take the cube");
            device->m_numbers[i] = number++;
        }
        return device;
    }

    [[nodiscard]] Status sample(const NodeSource& source, const SamplingOptions& options,
                                std::span<const Coordinate> places, std::span<float> out) {
        for (std::size_t at = 0; at < places.size(); at += m_atOnce) {
            const std::size_t count = std::min(m_atOnce, places.size() - at);
            auto done = sampleSome(source, options, places.subspan(at, count),
                                   out.subspan(at * m_count, count * m_count));
            if (!done) return done;
        }
        return {};
    }

 private:
    Device(std::size_t nodes, std::size_t points, const NodeShape& shape)
        : m_count(shape.count()),
          m_atOnce(std::clamp<std::size_t>(kResultBytesAtOnce / shape.bytes(), 1, kMostSamplesAtOnce)),
          m_nodes(std::max<std::size_t>(1, nodes) * shape.bytes()),
          m_out(m_atOnce * shape.bytes()),
          m_parts(m_atOnce * 27 * sizeof(cuda::Part)),
          m_starts((m_atOnce + 1) * sizeof(std::uint32_t)),
          m_numbers(points, 0) {}

    [[nodiscard]] Status sampleSome(const NodeSource& source, const SamplingOptions& options,
                                    std::span<const Coordinate> places, std::span<float> out) {
        std::vector<cuda::Part> parts;
        std::vector<std::uint32_t> starts{0};
        for (const Coordinate& place : places) {
            SamplePlan plan;
            const PlanOutcome outcome = planSample(source.layout(), source.presence(), place, options, plan);
            if (outcome != PlanOutcome::ready) return planFailure(outcome, source.layout(), place);
            for (std::size_t i = 0; i < plan.count; ++i)
                parts.push_back(
                    {m_numbers[source.layout().indexOf(plan.parts[i].point)], plan.parts[i].weight});
            starts.push_back(static_cast<std::uint32_t>(parts.size()));
        }
        const bool done =
            cuda::upload(m_parts.as<void>(), parts.data(), parts.size() * sizeof(cuda::Part)) &&
            cuda::upload(m_starts.as<void>(), starts.data(), starts.size() * sizeof(std::uint32_t)) &&
            cuda::blend(m_nodes.as<float>(), m_parts.as<cuda::Part>(), m_starts.as<std::uint32_t>(),
                        places.size(), m_count, m_out.as<float>(), nullptr) &&
            cuda::download(out.data(), m_out.as<void>(), out.size_bytes());
        if (!done) return deviceFailure("failed while it mixed sounds of the cube");
        return {};
    }

    std::size_t m_count;
    std::size_t m_atOnce;
    DeviceMemory m_nodes;
    DeviceMemory m_out;
    DeviceMemory m_parts;
    DeviceMemory m_starts;
    std::vector<std::uint32_t> m_numbers;  ///< of each grid point's node on the device
};

BatchSampler::BatchSampler(const NodeSource& source, SamplingOptions options, Sampler sampler)
    : m_source(&source), m_options(options), m_sampler(std::move(sampler)) {}
BatchSampler::BatchSampler(BatchSampler&&) noexcept = default;
BatchSampler& BatchSampler::operator=(BatchSampler&&) noexcept = default;
BatchSampler::~BatchSampler() = default;

Result<BatchSampler> BatchSampler::create(const NodeSource& source, SamplingOptions options,
                                          std::optional<ComputePlace> place) {
    auto sampler = Sampler::create(source, options);
    if (!sampler) return propagate(sampler);
    BatchSampler batch(source, options, std::move(*sampler));
    if (place == ComputePlace::processor) return batch;
    auto device = Device::create(source, batch.shape());
    if (device) {
        batch.m_device = std::move(*device);
    } else if (place == ComputePlace::cuda || device.error().code != ErrorCode::device) {
        return propagate(device);
    }
    return batch;
}

ComputePlace BatchSampler::place() const {
    return m_device ? ComputePlace::cuda : ComputePlace::processor;
}

Status BatchSampler::sample(std::span<const Coordinate> places, std::span<float> out) {
    if (!m_device) return m_sampler.sampleBatch(places, out);
    if (out.size() != places.size() * shape().count())
        return failure(ErrorCode::invalidArgument,
                       std::to_string(places.size()) + " samples of the cube need room for " +
                           std::to_string(places.size() * shape().count()) + " values.");
    return m_device->sample(*m_source, m_options, places, out);
}

}  // namespace smidgen::storage
