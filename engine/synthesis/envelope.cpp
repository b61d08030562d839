#include "engine/synthesis/envelope.h"

namespace smidgen::synthesis {

Signal Envelope::render(std::size_t samples, std::size_t gate) const {
    // An attack that heads for 1.25 reaches 1 after ln 5 time constants.
    constexpr double kTarget = 1.25;
    const double rise = 1 - std::exp(-1.6094379124341003 / (std::max(attack, 2e-4) * kRate));
    const double fall = 1 - std::exp(-2.302585092994046 / (std::max(decay, 1e-3) * kRate));
    const double out = std::exp(-2.302585092994046 / (std::max(release, 1e-3) * kRate));
    Signal values(samples);
    double value = 0;
    bool rising = true;
    for (std::size_t n = 0; n < samples; ++n) {
        if (n >= gate) {
            value = value > 1e-7 ? value * out : 0;
        } else if (rising) {
            value += (kTarget - value) * rise;
            if (value >= 1) {
                value = 1;
                rising = false;
            }
        } else {
            value += (sustain - value) * fall;
        }
        values[n] = value < 1e-12 ? 0.0F : static_cast<float>(value);
    }
    return values;
}

void multiply(std::span<float> signal, std::span<const float> by) {
    const std::size_t count = std::min(signal.size(), by.size());
    for (std::size_t n = 0; n < count; ++n) signal[n] *= by[n];
}

void scale(std::span<float> signal, double factor) {
    const auto by = static_cast<float>(factor);
    for (float& sample : signal) sample *= by;
}

void fadeOut(std::span<float> signal, double seconds) {
    const std::size_t count = std::min(signal.size(), samplesOf(seconds));
    for (std::size_t i = 0; i < count; ++i) {
        signal[signal.size() - 1 - i] *= static_cast<float>(i) / static_cast<float>(count);
    }
}

void addAt(std::span<float> sum, std::span<const float> sound, std::size_t start, double gain) {
    if (start >= sum.size()) return;
    const std::size_t count = std::min(sound.size(), sum.size() - start);
    const bool ends = start + count < sum.size();
    const std::size_t ramp = ends ? std::min<std::size_t>(count, 192) : 0;
    const auto by = static_cast<float>(gain);
    for (std::size_t n = 0; n < count - ramp; ++n) sum[start + n] += by * sound[n];
    for (std::size_t i = 0; i < ramp; ++i) {
        const std::size_t n = count - ramp + i;
        sum[start + n] += by * sound[n] * static_cast<float>(ramp - i) / static_cast<float>(ramp + 1);
    }
}

float peakOf(std::span<const float> signal) {
    float peak = 0;
    for (const float sample : signal) peak = std::max(peak, std::abs(sample));
    return peak;
}

void normalize(std::span<float> signal, double peak) {
    const float now = peakOf(signal);
    if (now > 1e-20F) scale(signal, peak / static_cast<double>(now));
}

}  // namespace smidgen::synthesis
