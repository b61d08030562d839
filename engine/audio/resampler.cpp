#include "engine/audio/resampler.h"

#include <soxr.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace smidgen {
namespace {

constexpr std::size_t kBlock = 1 << 13;
constexpr double kWidestRatio = 64.0;

struct SoxrDeleter {
    void operator()(soxr_t engine) const { soxr_delete(engine); }
};
using Engine = std::unique_ptr<soxr, SoxrDeleter>;

Result<Engine> createEngine(double inputRate, double outputRate, int channels, ResampleQuality quality) {
    soxr_error_t error = nullptr;
    const soxr_io_spec_t layout = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I);
    const soxr_quality_spec_t recipe =
        soxr_quality_spec(quality == ResampleQuality::best ? SOXR_VHQ | SOXR_STEEP_FILTER : SOXR_LQ, 0);
    const soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
    Engine engine(soxr_create(inputRate, outputRate, static_cast<unsigned>(channels), &error, &layout,
                              &recipe, &runtime));
    if (error != nullptr || engine == nullptr) {
        return failure(ErrorCode::internal,
                       "The sample rate could not be converted. Choose another rate, and please report this.",
                       error == nullptr ? "soxr_create" : error);
    }
    return engine;
}

}  // namespace

Samples resampledLength(Samples length, int inputRate, int outputRate) {
    // Whole seconds first, so that no product leaves 64 bits.
    const std::int64_t in = inputRate;
    const std::int64_t out = outputRate;
    const std::int64_t rest = length.value % in;
    return Samples(length.value / in * out + (2 * rest * out + in) / (2 * in));
}

/// soxr with the filter's tail driven out by silence, so that any wanted number of samples comes out.
class Converter {
 public:
    Converter(Engine engine, int channels)
        : m_engine(std::move(engine)), m_channels(static_cast<std::size_t>(channels)) {}

    /// Converts `input` and appends what is ready.
    Status process(std::span<const float> input, std::vector<float>& output) {
        while (!input.empty()) {
            const auto block = input.first(std::min(input.size(), kBlock * m_channels));
            if (auto done = step(block, output); !done) return done;
            input = input.subspan(block.size());
        }
        return {};
    }
    /// Brings the total output to exactly `total` samples per channel.
    Status finish(std::int64_t total, std::vector<float>& output) {
        const std::vector<float> silence(kBlock * m_channels);
        // The tail is at most some ten thousand samples; a converter that gives nothing must still end.
        for (int idle = 0; m_produced < total && idle < 64;) {
            const std::int64_t before = m_produced;
            if (auto done = step(silence, output); !done) return done;
            idle = m_produced == before ? idle + 1 : 0;
        }
        if (m_produced < total)
            return failure(ErrorCode::internal,
                           "The sample rate could not be converted. Please report this.");
        const auto surplus = static_cast<std::size_t>(m_produced - total) * m_channels;
        output.resize(output.size() - std::min(surplus, output.size()));
        m_produced = total;
        return {};
    }

 private:
    Status step(std::span<const float> block, std::vector<float>& output) {
        while (!block.empty()) {
            const std::size_t old = output.size();
            output.resize(old + 2 * kBlock * m_channels);
            std::size_t used = 0;
            std::size_t made = 0;
            const soxr_error_t error = soxr_process(m_engine.get(), block.data(), block.size() / m_channels,
                                                    &used, output.data() + old, 2 * kBlock, &made);
            output.resize(old + made * m_channels);
            if (error != nullptr) {
                return failure(ErrorCode::internal,
                               "The sample rate could not be converted. Please report this.", error);
            }
            m_produced += static_cast<std::int64_t>(made);
            block = block.subspan(used * m_channels);
        }
        return {};
    }

    Engine m_engine;
    std::size_t m_channels;
    std::int64_t m_produced = 0;
};

namespace {

Status checkRates(int inputRate, int outputRate) {
    const bool possible =
        inputRate > 0 && outputRate > 0 &&
        std::max(inputRate, outputRate) <= 4096 * static_cast<std::int64_t>(std::min(inputRate, outputRate));
    if (possible) return {};
    return failure(ErrorCode::invalidArgument, "Sound cannot be converted from " + std::to_string(inputRate) +
                                                   " Hz to " + std::to_string(outputRate) +
                                                   " Hz. Choose rates between 8000 and 192000 Hz.");
}

Result<std::vector<float>> convertChannel(std::span<const float> input, double inputRate, double outputRate,
                                          std::int64_t length, ResampleQuality quality) {
    std::vector<float> output;
    if (length == 0) return output;
    auto engine = createEngine(inputRate, outputRate, 1, quality);
    if (!engine) return propagate(engine);
    Converter converter(std::move(*engine), 1);
    output.reserve(static_cast<std::size_t>(length) + 2 * kBlock);
    if (auto done = converter.process(input, output); !done) return propagate(done);
    if (auto done = converter.finish(length, output); !done) return propagate(done);
    return output;
}

}  // namespace

Result<AudioBuffer> resample(const AudioBuffer& input, int newRate, ResampleQuality quality) {
    if (auto checked = checkRates(input.rate, newRate); !checked) return propagate(checked);
    if (input.rate == newRate) return input;
    AudioBuffer output;
    output.rate = newRate;
    const std::int64_t length = resampledLength(input.length(), input.rate, newRate).value;
    for (const std::vector<float>& channel : input.channels) {
        auto converted = convertChannel(channel, input.rate, newRate, length, quality);
        if (!converted) return propagate(converted);
        output.channels.push_back(std::move(*converted));
    }
    return output;
}

Result<std::vector<float>> resampleByRatio(std::span<const float> input, double ratio,
                                           ResampleQuality quality) {
    if (!(ratio >= 1.0 / kWidestRatio && ratio <= kWidestRatio)) {
        return failure(ErrorCode::invalidArgument, "Sound can be slowed down or sped up at most 64 times.",
                       "ratio " + std::to_string(ratio));
    }
    const auto length = std::llround(static_cast<double>(input.size()) * ratio);
    return convertChannel(input, 1.0, ratio, length, quality);
}

struct StreamResampler::Impl {
    Converter converter;
    int inputRate = 0;
    int outputRate = 0;
    std::size_t channels = 0;
    std::int64_t fed = 0;
};

StreamResampler::StreamResampler(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
StreamResampler::StreamResampler(StreamResampler&&) noexcept = default;
StreamResampler& StreamResampler::operator=(StreamResampler&&) noexcept = default;
StreamResampler::~StreamResampler() = default;

Result<StreamResampler> StreamResampler::create(int inputRate, int outputRate, int channels) {
    if (auto checked = checkRates(inputRate, outputRate); !checked) return propagate(checked);
    if (channels < 1) return failure(ErrorCode::invalidArgument, "Sound needs at least one channel.");
    auto engine = createEngine(inputRate, outputRate, channels, ResampleQuality::best);
    if (!engine) return propagate(engine);
    return StreamResampler(std::make_unique<Impl>(Impl{Converter(std::move(*engine), channels), inputRate,
                                                       outputRate, static_cast<std::size_t>(channels), 0}));
}

Status StreamResampler::process(std::span<const float> interleaved, std::vector<float>& output) {
    m_impl->fed += static_cast<std::int64_t>(interleaved.size() / m_impl->channels);
    return m_impl->converter.process(interleaved, output);
}

Status StreamResampler::finish(std::vector<float>& output) {
    return m_impl->converter.finish(
        resampledLength(Samples(m_impl->fed), m_impl->inputRate, m_impl->outputRate).value, output);
}

}  // namespace smidgen
