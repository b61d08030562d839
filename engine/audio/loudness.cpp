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

Status feed(ebur128_state* meter, const AudioBuffer& buffer) {
    const std::size_t channels = buffer.channels.size();
    const auto length = static_cast<std::size_t>(buffer.length().value);
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
        if (ebur128_add_frames_float(meter, interleaved.data(), frames) != EBUR128_SUCCESS)
            return unmeasurable("ebur128_add_frames_float");
    }
    return {};
}

/// Below one gating block: the mean energy over the sound's own length, from one block filled up with
/// silence.
double loudnessOfShortSound(ebur128_state* meter, const AudioBuffer& buffer, std::size_t block) {
    const auto length = static_cast<std::size_t>(buffer.length().value);
    const std::vector<float> silence((block - length) * buffer.channels.size());
    double lufs = -std::numeric_limits<double>::infinity();
    if (ebur128_add_frames_float(meter, silence.data(), block - length) != EBUR128_SUCCESS ||
        ebur128_loudness_momentary(meter, &lufs) != EBUR128_SUCCESS)
        return -std::numeric_limits<double>::infinity();
    return lufs + 10.0 * std::log10(static_cast<double>(block) / static_cast<double>(length));
}

}  // namespace

Result<Loudness> measureLoudness(const AudioBuffer& buffer) {
    Loudness result;
    if (buffer.length().value == 0) return result;
    const int channels = buffer.channelCount();
    if (channels > kMostChannels) return unmeasurable(std::to_string(channels) + " channels");
    const Meter meter(ebur128_init(static_cast<unsigned>(channels), static_cast<unsigned long>(buffer.rate),
                                   EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK));
    if (meter == nullptr) return unmeasurable(std::to_string(buffer.rate) + " Hz");
    // Channels beyond 5.1 have no weight in the standard; they count like the front ones.
    for (int c = 6; c < channels; ++c)
        ebur128_set_channel(meter.get(), static_cast<unsigned>(c), EBUR128_LEFT);
    if (auto fed = feed(meter.get(), buffer); !fed) return propagate(fed);

    for (int c = 0; c < channels; ++c) {
        double truePeak = 0;
        double samplePeak = 0;
        ebur128_true_peak(meter.get(), static_cast<unsigned>(c), &truePeak);
        ebur128_sample_peak(meter.get(), static_cast<unsigned>(c), &samplePeak);
        result.truePeakDb = std::max(result.truePeakDb, decibels(truePeak));
        result.samplePeakDb = std::max(result.samplePeakDb, decibels(samplePeak));
    }
    const std::size_t block = 4 * ((static_cast<std::size_t>(buffer.rate) + 5) / 10);  // 400 ms
    if (static_cast<std::size_t>(buffer.length().value) < block) {
        result.integratedLufs = loudnessOfShortSound(meter.get(), buffer, block);
    } else if (ebur128_loudness_global(meter.get(), &result.integratedLufs) != EBUR128_SUCCESS) {
        return failure(ErrorCode::outOfMemory, "There is not enough memory to measure the loudness.");
    }
    return result;
}

double gainForTarget(const Loudness& measured, const LoudnessTarget& target) {
    if (!std::isfinite(measured.integratedLufs) || !std::isfinite(measured.truePeakDb)) return 1.0;
    const double wanted = target.lufs - measured.integratedLufs;
    const double allowed = target.truePeakCeilingDb - measured.truePeakDb;
    return std::pow(10.0, std::min(wanted, allowed) / 20.0);
}

}  // namespace smidgen
