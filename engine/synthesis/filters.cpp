#include "engine/synthesis/filters.h"

#include <algorithm>

namespace smidgen::synthesis {
namespace {

struct Corner {
    double cosine, alpha;
};

Corner corner(double frequency, double q) {
    const double angle = 2 * std::numbers::pi * std::clamp(frequency, 5.0, 22000.0) / kRate;
    return {std::cos(angle), std::sin(angle) / (2 * std::max(q, 0.05))};
}

Biquad scaled(double b0, double b1, double b2, double a0, double a1, double a2) {
    return {.b0 = b0 / a0, .b1 = b1 / a0, .b2 = b2 / a0, .a1 = a1 / a0, .a2 = a2 / a0};
}

/// sign −1: low shelf; +1: high shelf. Slope 1.
Biquad shelf(double frequency, double gainDb, double sign) {
    const double a = std::pow(10.0, gainDb / 40);
    const auto [w, alpha] = corner(frequency, std::numbers::sqrt2 / 2);
    const double c = -sign * w;
    const double root = 2 * std::sqrt(a) * alpha;
    return scaled(a * ((a + 1) - (a - 1) * c + root), -sign * 2 * a * ((a - 1) - (a + 1) * c),
                  a * ((a + 1) - (a - 1) * c - root), (a + 1) + (a - 1) * c + root,
                  sign * 2 * ((a - 1) + (a + 1) * c), (a + 1) + (a - 1) * c - root);
}

/// Modified Bessel function I₀ by its series.
double besselI0(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > 1e-12 * sum; ++k) {
        term *= x * x / (4.0 * k * k);
        sum += term;
    }
    return sum;
}

/// sum[n] += tap × signal[n + shift], wherever both exist.
void addShifted(std::span<float> sum, std::span<const float> signal, std::ptrdiff_t shift, float tap) {
    const auto size = static_cast<std::ptrdiff_t>(sum.size());
    const std::ptrdiff_t first = std::max<std::ptrdiff_t>(0, -shift);
    const std::ptrdiff_t last = std::min(size, static_cast<std::ptrdiff_t>(signal.size()) - shift);
    if (first >= last) return;
    float* out = sum.data();
    const float* in = signal.data() + shift;
    for (std::ptrdiff_t n = first; n < last; ++n) out[n] += tap * in[n];
}

constexpr double kPassEnd = 20000;
constexpr double kStopStart = 24000;  // so that nothing at all folds

std::vector<float> resamplingTaps(int factor) {
    const double rate = kRate * factor;
    return lowPassTaps((kPassEnd + kStopStart) / 2 / rate, (kStopStart - kPassEnd) / rate, 80);
}

}  // namespace

void StateVariableFilter::tune(double cutoff, double q) {
    const double g = std::tan(std::numbers::pi * std::clamp(cutoff, 5.0, 22000.0) / kRate);
    m_damping = 1 / std::max(q, 0.5);
    m_a1 = 1 / (1 + g * (g + m_damping));
    m_a2 = g * m_a1;
    m_a3 = g * m_a2;
}

Biquad Biquad::lowPass(double frequency, double q) {
    const auto [c, alpha] = corner(frequency, q);
    return scaled((1 - c) / 2, 1 - c, (1 - c) / 2, 1 + alpha, -2 * c, 1 - alpha);
}
Biquad Biquad::highPass(double frequency, double q) {
    const auto [c, alpha] = corner(frequency, q);
    return scaled((1 + c) / 2, -1 - c, (1 + c) / 2, 1 + alpha, -2 * c, 1 - alpha);
}
Biquad Biquad::bandPass(double frequency, double q) {
    const auto [c, alpha] = corner(frequency, q);
    return scaled(alpha, 0, -alpha, 1 + alpha, -2 * c, 1 - alpha);
}
Biquad Biquad::peak(double frequency, double q, double gainDb) {
    const double a = std::pow(10.0, gainDb / 40);
    const auto [c, alpha] = corner(frequency, q);
    return scaled(1 + alpha * a, -2 * c, 1 - alpha * a, 1 + alpha / a, -2 * c, 1 - alpha / a);
}
Biquad Biquad::lowShelf(double frequency, double gainDb) {
    return shelf(frequency, gainDb, -1);
}
Biquad Biquad::highShelf(double frequency, double gainDb) {
    return shelf(frequency, gainDb, 1);
}
Biquad Biquad::formant(double frequency, double bandwidth) {
    const double radius = std::exp(-std::numbers::pi * bandwidth / kRate);
    const double a1 = -2 * radius * std::cos(2 * std::numbers::pi * std::min(frequency, 22000.0) / kRate);
    const double a2 = radius * radius;
    return {.b0 = 1 + a1 + a2, .a1 = a1, .a2 = a2};
}
void Biquad::apply(std::span<float> signal) {
    for (float& sample : signal) sample = static_cast<float>(process(static_cast<double>(sample)));
}

SpectralTilt::SpectralTilt(double decibelsPerOctave) {
    // Between a pole and its zero the response falls or rises by 6 dB per octave; their distance relative to
    // the spacing of the sections sets the mean slope.
    constexpr double kLow = 12;
    constexpr double kHigh = 26000;
    const double share = std::clamp(decibelsPerOctave, -6.02, 6.02) / 6.02;
    const double octaves = std::log2(kHigh / kLow) / kSections;
    // Of the bilinear transform.
    const auto warped = [](double f) { return std::tan(std::numbers::pi * std::min(f, 23000.0) / kRate); };
    double place = 0.5;
    for (Section& section : m_sections) {
        const double centre = kLow * std::exp2(octaves * place++);
        const double pole = warped(centre * std::exp2(octaves * share / 2));
        const double zero = warped(centre * std::exp2(-octaves * share / 2));
        section.b0 = (1 + zero) / (1 + pole);
        section.b1 = (zero - 1) / (1 + pole);
        section.a1 = (pole - 1) / (1 + pole);
    }
    // Gain 1 at 1 kHz.
    const double angle = 2 * std::numbers::pi * 1000 / kRate;
    double power = 1;
    for (const Section& s : m_sections) {
        const double above = s.b0 * s.b0 + s.b1 * s.b1 + 2 * s.b0 * s.b1 * std::cos(angle);
        const double below = 1 + s.a1 * s.a1 + 2 * s.a1 * std::cos(angle);
        power *= above / below;
    }
    m_gain = 1 / std::sqrt(power);
}
void SpectralTilt::apply(std::span<float> signal) {
    for (float& sample : signal) sample = static_cast<float>(process(static_cast<double>(sample)));
}

std::vector<float> lowPassTaps(double cutoff, double width, double stopDb) {
    const double beta =
        stopDb > 50 ? 0.1102 * (stopDb - 8.7) : 0.5842 * std::pow(stopDb - 21, 0.4) + 0.07886 * (stopDb - 21);
    const int half = static_cast<int>(std::ceil((stopDb - 7.95) / (14.36 * width) / 2));
    std::vector<float> taps(static_cast<std::size_t>(2 * half + 1));
    std::vector<double> exact(taps.size());
    double sum = 0;
    for (int n = -half; n <= half; ++n) {
        const double x = 2 * std::numbers::pi * cutoff * n;
        const double sinc = n == 0 ? 1 : std::sin(x) / x;
        const double place = static_cast<double>(n) / (half + 1);
        const double tap = sinc * besselI0(beta * std::sqrt(1 - place * place));
        exact[static_cast<std::size_t>(n + half)] = tap;
        sum += tap;
    }
    std::transform(exact.begin(), exact.end(), taps.begin(),
                   [sum](double tap) { return static_cast<float>(tap / sum); });
    return taps;
}

Signal convolve(std::span<const float> signal, std::span<const float> taps) {
    constexpr std::size_t kBlock = 2048;
    Signal result(signal.size(), 0.0F);
    const auto half = static_cast<std::ptrdiff_t>(taps.size() / 2);
    const auto size = static_cast<std::ptrdiff_t>(signal.size());
    for (std::size_t start = 0; start < result.size(); start += kBlock) {
        const std::size_t count = std::min(kBlock, result.size() - start);
        const auto from = std::max<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(start) - half);
        const auto to = std::min(size, static_cast<std::ptrdiff_t>(start + count) + half);
        const auto part = signal.subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
        for (std::size_t k = 0; k < taps.size(); ++k) {
            const std::ptrdiff_t shift =
                static_cast<std::ptrdiff_t>(start) - from + static_cast<std::ptrdiff_t>(k) - half;
            addShifted(std::span(result).subspan(start, count), part, shift, taps[k]);
        }
    }
    return result;
}

Signal upsample(std::span<const float> signal, int factor) {
    const std::vector<float> taps = resamplingTaps(factor);
    const auto count = static_cast<std::size_t>(factor);
    const auto half = static_cast<std::ptrdiff_t>(taps.size() / 2);
    Signal result(signal.size() * count, 0.0F);
    Signal phase(signal.size());
    for (std::ptrdiff_t p = 0; p < factor; ++p) {
        std::fill(phase.begin(), phase.end(), 0.0F);
        // Sample n·factor + p takes the taps that fall on multiples of the factor.
        for (std::ptrdiff_t k = 0; k < static_cast<std::ptrdiff_t>(taps.size()); ++k) {
            const std::ptrdiff_t offset = p + k - half;
            if (offset % factor != 0) continue;
            addShifted(phase, signal, offset / factor,
                       static_cast<float>(factor) * taps[static_cast<std::size_t>(k)]);
        }
        for (std::size_t n = 0; n < phase.size(); ++n)
            result[n * count + static_cast<std::size_t>(p)] = phase[n];
    }
    return result;
}

Signal downsample(std::span<const float> signal, int factor) {
    const std::vector<float> taps = resamplingTaps(factor);
    const auto count = static_cast<std::size_t>(factor);
    const auto half = static_cast<std::ptrdiff_t>(taps.size() / 2);
    Signal result(signal.size() / count, 0.0F);
    Signal phase(result.size());
    for (std::ptrdiff_t p = 0; p < factor; ++p) {
        for (std::size_t n = 0; n < phase.size(); ++n)
            phase[n] = signal[n * count + static_cast<std::size_t>(p)];
        for (std::ptrdiff_t k = 0; k < static_cast<std::ptrdiff_t>(taps.size()); ++k) {
            const std::ptrdiff_t offset = k - half - p;
            if (offset % factor != 0) continue;
            addShifted(result, phase, offset / factor, taps[static_cast<std::size_t>(k)]);
        }
    }
    return result;
}

}  // namespace smidgen::synthesis
