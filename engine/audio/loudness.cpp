#include "engine/audio/loudness.h"

#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace smidgen {
namespace {

constexpr std::size_t kBlock = 1 << 13;
constexpr int kMostChannels = 64;  // libebur128's limit

struct MeterDeleter {
    void operator()(ebur128_state* meter) const { ebur128_destroy(&meter); }
};
using Meter = std::unique_ptr<ebur128_state, MeterDeleter>;

double decibels(double linear) {
    return linear > 0 ? 20.0 * std::log10(linear) : -std::numeric_limits<double>::infinity();
}

tl::unexpected<Error> unmeasurable(std::string detail) {
    return failure(
        ErrorCode::invalidArgument,
        "The loudness of this sound cannot be measured: it has an unusual rate or too many channels.",
        std::move(detail));
}

/// The gating block of the standard, 400 ms, as libebur128 rounds it.
std::size_t gatingBlock(int rate) {
    return 4 * ((static_cast<std::size_t>(rate) + 5) / 10);
}

}  // namespace

struct LoudnessMeter::Impl {
    Meter meter;
    int rate = 0;
    std::size_t channels = 0;
    bool truePeak = false;
    std::size_t frames = 0;

    /// Below one gating block: the mean energy over the sound's own length, from one block filled up with
    /// silence.
    [[nodiscard]] double loudnessOfShortSound() {
        const std::size_t missing = gatingBlock(rate) - frames;
        const std::vector<float> silence(missing * channels);
        double lufs = -std::numeric_limits<double>::infinity();
        if (ebur128_add_frames_float(meter.get(), silence.data(), missing) != EBUR128_SUCCESS ||
            ebur128_loudness_momentary(meter.get(), &lufs) != EBUR128_SUCCESS)
            return -std::numeric_limits<double>::infinity();
        return lufs + 10.0 * std::log10(static_cast<double>(gatingBlock(rate)) / static_cast<double>(frames));
    }
};

LoudnessMeter::LoudnessMeter(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
LoudnessMeter::LoudnessMeter(LoudnessMeter&&) noexcept = default;
LoudnessMeter& LoudnessMeter::operator=(LoudnessMeter&&) noexcept = default;
LoudnessMeter::~LoudnessMeter() = default;

Result<LoudnessMeter> LoudnessMeter::create(int rate, int channels, bool truePeak) {
    if (channels < 1 || channels > kMostChannels) return unmeasurable(std::to_string(channels) + " channels");
    auto impl = std::make_unique<Impl>();
    impl->meter.reset(ebur128_init(static_cast<unsigned>(channels), static_cast<unsigned long>(rate),
                                   truePeak ? EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK : EBUR128_MODE_I));
    if (impl->meter == nullptr) return unmeasurable(std::to_string(rate) + " Hz");
    // Channels beyond 5.1 have no weight in the standard; they count like the front ones.
    for (int c = 6; c < channels; ++c)
        ebur128_set_channel(impl->meter.get(), static_cast<unsigned>(c), EBUR128_LEFT);
    impl->rate = rate;
    impl->channels = static_cast<std::size_t>(channels);
    impl->truePeak = truePeak;
    return LoudnessMeter(std::move(impl));
}

Status LoudnessMeter::append(std::span<const float> interleaved) {
    const std::size_t frames = interleaved.size() / m_impl->channels;
    if (ebur128_add_frames_float(m_impl->meter.get(), interleaved.data(), frames) != EBUR128_SUCCESS)
        return failure(ErrorCode::outOfMemory, "There is not enough memory to measure the loudness.");
    m_impl->frames += frames;
    return {};
}

Result<Loudness> LoudnessMeter::finish() {
    Loudness result;
    ebur128_state* const meter = m_impl->meter.get();
    if (m_impl->frames == 0) return result;
    for (unsigned c = 0; m_impl->truePeak && c < m_impl->channels; ++c) {
        double truePeak = 0;
        double samplePeak = 0;
        ebur128_true_peak(meter, c, &truePeak);
        ebur128_sample_peak(meter, c, &samplePeak);
        result.truePeakDb = std::max(result.truePeakDb, decibels(truePeak));
        result.samplePeakDb = std::max(result.samplePeakDb, decibels(samplePeak));
    }
    if (m_impl->frames < gatingBlock(m_impl->rate)) {
        result.integratedLufs = m_impl->loudnessOfShortSound();
    } else if (ebur128_loudness_global(meter, &result.integratedLufs) != EBUR128_SUCCESS) {
        return failure(ErrorCode::outOfMemory, "There is not enough memory to measure the loudness.");
    }
    return result;
}

Result<Loudness> measureLoudness(const AudioBuffer& buffer) {
    const std::size_t channels = buffer.channels.size();
    const auto length = static_cast<std::size_t>(buffer.length().value);
    if (length == 0) return Loudness();
    auto meter = LoudnessMeter::create(buffer.rate, buffer.channelCount(), true);
    if (!meter) return propagate(meter);
    std::vector<float> interleaved(std::min(kBlock, length) * channels);
    for (std::size_t start = 0; start < length; start += kBlock) {
        const std::size_t frames = std::min(kBlock, length - start);
        for (std::size_t c = 0; c < channels; ++c) {
            for (std::size_t i = 0; i < frames; ++i) {
                const float sample = buffer.channels[c][start + i];
                if (!std::isfinite(sample)) {
                    return failure(
                        ErrorCode::unusableInput,
                        "The sound holds an invalid sample (not a number or infinity), so its loudness "
                        "cannot be measured.");
                }
                interleaved[i * channels + c] = sample;
            }
        }
        if (auto fed = meter->append(std::span(interleaved).first(frames * channels)); !fed)
            return propagate(fed);
    }
    return meter->finish();
}

double gainForTarget(const Loudness& measured, const LoudnessTarget& target) {
    if (!std::isfinite(measured.integratedLufs) || !std::isfinite(measured.truePeakDb)) return 1.0;
    const double wanted = target.lufs - measured.integratedLufs;
    const double allowed = target.truePeakCeilingDb - measured.truePeakDb;
    return std::pow(10.0, std::min(wanted, allowed) / 20.0);
}

}  // namespace smidgen
