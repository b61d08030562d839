// Measurements on synthesised sound, by transforms of engine/analysis and plain sums.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>
#include <vector>

#include "engine/analysis/real_fft.h"

namespace smidgen::synthesis {

inline constexpr double kMeasuredRate = 48000;

inline double decibels(double amplitude) {
    return 20 * std::log10(std::abs(amplitude) + 1e-30);
}
inline double cents(double frequency, double reference) {
    return 1200 * std::log2(frequency / reference);
}

/// Amplitudes of a signal's middle `size` samples under a four-term Blackman-Harris window (side lobes at −92
/// dB): a sine of amplitude a gives a at its frequency.
class Spectrum {
 public:
    explicit Spectrum(std::span<const float> signal, std::size_t size = 32768) : m_size(size) {
        RealFft transform(static_cast<int>(size));
        const std::size_t start = signal.size() > size ? (signal.size() - size) / 2 : 0;
        double sum = 0;
        for (std::size_t n = 0; n < size; ++n) {
            const double x = 2 * std::numbers::pi * static_cast<double>(n) / static_cast<double>(size);
            const double window =
                0.35875 - 0.48829 * std::cos(x) + 0.14128 * std::cos(2 * x) - 0.01168 * std::cos(3 * x);
            sum += window;
            const double value = start + n < signal.size() ? static_cast<double>(signal[start + n]) : 0;
            transform.real()[n] = static_cast<float>(value * window);
        }
        transform.forward();
        for (const auto& bin : transform.bins()) {
            m_amplitudes.push_back(2 * static_cast<double>(std::abs(bin)) / sum);
        }
    }
    [[nodiscard]] double frequencyOf(double bin) const {
        return bin * kMeasuredRate / static_cast<double>(m_size);
    }
    [[nodiscard]] std::size_t binOf(double frequency) const {
        return std::min(m_amplitudes.size() - 1,
                        static_cast<std::size_t>(
                            std::max(0.0, frequency * static_cast<double>(m_size) / kMeasuredRate + 0.5)));
    }
    /// The strongest line between two frequencies: where, interpolated, and how strong.
    struct Line {
        double frequency = 0, amplitude = 0;
    };
    [[nodiscard]] Line strongest(double low, double high) const {
        const std::size_t first = std::max<std::size_t>(1, binOf(low));
        const std::size_t last = std::min(m_amplitudes.size() - 2, binOf(high));
        std::size_t best = first;
        for (std::size_t k = first; k <= last; ++k) {
            if (m_amplitudes[k] > m_amplitudes[best]) best = k;
        }
        const double a = decibels(m_amplitudes[best - 1]);
        const double b = decibels(m_amplitudes[best]);
        const double c = decibels(m_amplitudes[best + 1]);
        const double shift = 0.5 * (a - c) / (a - 2 * b + c);
        return {frequencyOf(static_cast<double>(best) + shift),
                std::pow(10.0, (b - 0.25 * (a - c) * shift) / 20)};
    }
    /// The strongest line further than eight bins from every multiple of `fundamental`, relative to the
    /// strongest of all, in decibels.
    [[nodiscard]] double worstOffHarmonic(double fundamental) const {
        double worst = 0;
        double best = 0;
        for (std::size_t k = 1; k < m_amplitudes.size(); ++k) {
            const double frequency = frequencyOf(static_cast<double>(k));
            const double away = std::abs(frequency - fundamental * std::round(frequency / fundamental));
            best = std::max(best, m_amplitudes[k]);
            if (away > frequencyOf(8)) worst = std::max(worst, m_amplitudes[k]);
        }
        return decibels(worst / best);
    }
    [[nodiscard]] double power(double low, double high) const {
        double sum = 0;
        for (std::size_t k = binOf(low); k < binOf(high); ++k) sum += m_amplitudes[k] * m_amplitudes[k];
        return sum;
    }
    [[nodiscard]] double centroid() const {
        double moment = 0;
        double sum = 0;
        for (std::size_t k = 1; k < m_amplitudes.size(); ++k) {
            const double power = m_amplitudes[k] * m_amplitudes[k];
            moment += frequencyOf(static_cast<double>(k)) * power;
            sum += power;
        }
        return moment / sum;
    }

 private:
    std::size_t m_size;
    std::vector<double> m_amplitudes;
};

inline double rootMeanSquare(std::span<const float> signal) {
    double sum = 0;
    for (const float sample : signal) sum += static_cast<double>(sample) * static_cast<double>(sample);
    return std::sqrt(sum / static_cast<double>(std::max<std::size_t>(1, signal.size())));
}

/// Slope in decibels per octave of the power in octaves from `low` to `high` per hertz: a straight line
/// through the octaves' means.
inline double slopePerOctave(std::span<const float> signal, double low, double high) {
    constexpr std::size_t kSize = 8192;
    std::vector<double> sums;
    for (std::size_t start = 0; start + kSize <= signal.size(); start += kSize) {
        const Spectrum spectrum(signal.subspan(start, kSize), kSize);
        std::size_t index = 0;
        for (double edge = low; edge < high; edge *= 2, ++index) {
            if (index == sums.size()) sums.push_back(0);
            sums[index] += spectrum.power(edge, 2 * edge) / edge;
        }
    }
    const double mean = 0.5 * static_cast<double>(sums.size() - 1);
    double above = 0;
    double below = 0;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const double x = static_cast<double>(i) - mean;
        above += x * 10 * std::log10(sums[i]);
        below += x * x;
    }
    return above / below;
}

/// Reverberation time of an impulse response after Schroeder 1965: the energy that is still to come, fitted
/// from −5 to −30 dB.
inline double reverberationTime(std::span<const float> response) {
    std::vector<double> rest(response.size() + 1, 0.0);
    for (std::size_t n = response.size(); n-- > 0;) {
        rest[n] = rest[n + 1] + static_cast<double>(response[n]) * static_cast<double>(response[n]);
    }
    double count = 0, x = 0, y = 0, xx = 0, xy = 0;
    for (std::size_t n = 0; n < response.size(); n += 16) {
        const double level = 10 * std::log10(rest[n] / rest[0] + 1e-30);
        if (level > -5) continue;
        if (level < -30) break;
        const double time = static_cast<double>(n) / kMeasuredRate;
        count += 1;
        x += time;
        y += level;
        xx += time * time;
        xy += time * level;
    }
    return -60 / ((count * xy - x * y) / (count * xx - x * x));
}

/// Seconds until the sound first reaches half of its peak.
inline double attackTime(std::span<const float> signal) {
    float peak = 0;
    for (const float sample : signal) peak = std::max(peak, std::abs(sample));
    const auto first = std::find_if(signal.begin(), signal.end(),
                                    [peak](float sample) { return std::abs(sample) >= 0.5F * peak; });
    return static_cast<double>(first - signal.begin()) / kMeasuredRate;
}

}  // namespace smidgen::synthesis
