#include "engine/steering/texture_tools.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

#include "engine/analysis/stft.h"

namespace smidgen {
namespace {

constexpr double kRoughest = 70;    ///< Hz
constexpr double kFullDepth = 0.6;  ///< of the amount; beyond, the beats grow sharp
constexpr double kSharpest = 5;
constexpr std::size_t kTurn = 4096;
constexpr StftShape kShort{512, 128};
constexpr std::size_t kSmooth = 9;  ///< frames to each side: 24 ms
constexpr float kMostLift = 2.0F, kMostCut = 0.125F;

constexpr StftShape kLong{8192, 2048};
constexpr double kLongBinHz = kSampleRate / 8192.0;
constexpr std::size_t kMoment = 8;  ///< frames of 43 ms to each side
constexpr double kLowestHz = 60, kHighestHz = 5000;
constexpr double kQuietest = -24;    ///< dB
constexpr std::size_t kLobe = 3;     ///< bins to each side of a partial's peak
constexpr std::size_t kSteps = 120;  ///< of the octave: 10 cents

/// Reads `signal` through two heads that run along at another pitch and take turns (Lent 1989 with a fixed
/// grain).
class PitchHeads {
 public:
    explicit PitchHeads(double cents) : m_step(1 - std::exp2(cents / 1200)) {}

    [[nodiscard]] float at(std::span<const float> signal, std::size_t i) const {
        const double turn = std::fmod(static_cast<double>(i) * std::abs(m_step) / kGrain, 1.0);
        return weigh(turn) * read(signal, i, turn) +
               weigh(std::fmod(turn + 0.5, 1.0)) * read(signal, i, std::fmod(turn + 0.5, 1.0));
    }

 private:
    static constexpr double kGrain = 2400;  ///< 50 ms

    static float weigh(double turn) {
        const double sine = std::sin(std::numbers::pi * turn);
        return static_cast<float>(sine * sine);
    }
    [[nodiscard]] float read(std::span<const float> signal, std::size_t i, double turn) const {
        // Delays grow when the pitch falls and shrink when it rises.
        const double delay = kGrain * (m_step > 0 ? turn : 1 - turn) - 0.5 * kGrain;
        const double at = static_cast<double>(i) - delay;
        if (at < 0) return 0;
        const auto whole = static_cast<std::size_t>(at);
        if (whole + 1 >= signal.size()) return 0;
        const auto part = static_cast<float>(at - static_cast<double>(whole));
        return (1 - part) * signal[whole] + part * signal[whole + 1];
    }

    double m_step;
};

/// How much a pitch class, in tenths of a semitone above the root, belongs to the root's harmonics.
const std::array<double, kSteps>& membership() {
    static const std::array<double, kSteps> kBelongs = [] {
        std::array<double, kSteps> belongs{};
        for (std::size_t s = 0; s < kSteps; ++s)
            for (const double cents : {0.0, 386.0, 702.0, 1200.0}) {
                const double away = (static_cast<double>(s) * 10 - cents) / 30;
                belongs[s] = std::max(belongs[s], std::exp(-0.5 * away * away));
            }
        return belongs;
    }();
    return kBelongs;
}

std::size_t stepOf(double hz) {
    const double octaves = std::log2(hz / 440) + 10;
    return static_cast<std::size_t>((octaves - std::floor(octaves)) * kSteps) % kSteps;
}

/// Where the maximum at bin `k` lies between bins: the vertex of a parabola through three logarithms.
double peakHz(const float* magnitudes, std::size_t k) {
    const double a = std::log(static_cast<double>(magnitudes[k - 1]) + 1e-12),
                 b = std::log(static_cast<double>(magnitudes[k]) + 1e-12),
                 c = std::log(static_cast<double>(magnitudes[k + 1]) + 1e-12);
    const double curve = a - 2 * b + c;
    return (static_cast<double>(k) + (curve < 0 ? 0.5 * (a - c) / curve : 0)) * kLongBinHz;
}

}  // namespace

void roughen(std::span<float> signal, double amount) {
    const double depth = std::min(1.0, amount / kFullDepth);
    const double sharpness = 1 + kSharpest * std::max(0.0, (amount - kFullDepth) / (1 - kFullDepth));
    // One turn of 70 Hz in a table: its mean power stays that of the sine.
    std::array<float, kTurn> gains{};
    double power = 0;
    for (std::size_t i = 0; i < kTurn; ++i) {
        const double sine = std::sin(2 * std::numbers::pi * static_cast<double>(i) / kTurn);
        const double gain = 1 - depth + 2 * depth * std::pow(0.5 + 0.5 * sine, sharpness);
        power += gain * gain / kTurn;
        gains[i] = static_cast<float>(gain);
    }
    const auto even = static_cast<float>(std::sqrt((1 + 0.5 * depth * depth) / power));
    for (std::size_t i = 0; i < signal.size(); ++i) {
        const double turn = std::fmod(kRoughest / kSampleRate * static_cast<double>(i), 1.0);
        signal[i] *= even * gains[static_cast<std::size_t>(turn * kTurn)];
    }
}

std::vector<float> smoothBeating(std::span<const float> signal, double amount) {
    Stft stft(kShort);
    std::vector<std::complex<float>> spectrum;
    stft.forward(signal, spectrum);
    const auto bins = static_cast<std::size_t>(kShort.bins());
    const std::size_t frames = spectrum.size() / bins;
    std::vector<float> power(frames * bins);
    for (std::size_t i = 0; i < power.size(); ++i) power[i] = std::norm(spectrum[i]);
    std::vector<double> sum(bins);
    const auto add = [&](std::size_t t, double sign) {
        for (std::size_t k = 0; k < bins; ++k) sum[k] += sign * static_cast<double>(power[t * bins + k]);
    };
    for (std::size_t t = 0; t < std::min(kSmooth, frames); ++t) add(t, 1);
    std::vector<float> out;
    for (std::size_t t = 0; t < frames; ++t) {
        if (t + kSmooth < frames) add(t + kSmooth, 1);
        if (t > kSmooth) add(t - kSmooth - 1, -1);
        const std::size_t from = t > kSmooth ? t - kSmooth : 0;
        const std::size_t to = std::min(frames, t + kSmooth + 1);
        for (std::size_t k = 0; k < bins; ++k) {
            const double mean = std::max(0.0, sum[k]) / static_cast<double>(to - from);
            const auto now = static_cast<double>(power[t * bins + k]);
            if (!(now > 0) || !(mean > 0)) continue;
            // More than 12 dB above or below its surroundings it is no beating but an attack, or its end.
            const auto apart = static_cast<float>(std::log(mean / now));
            const float square = apart * apart / (2.8F * 2.8F);
            const float trust = 1 / (1 + square * square);
            const float gain = std::exp(0.5F * static_cast<float>(amount) * trust * apart);
            spectrum[t * bins + k] *= std::clamp(gain, kMostCut, kMostLift);
        }
    }
    stft.inverse(spectrum, out, Samples(static_cast<std::int64_t>(signal.size())));
    return out;
}

void detune(std::vector<float>& signal, double amount) {
    const std::vector<float> original(signal);
    const PitchHeads up(80), down(-110);
    const auto gain = static_cast<float>(amount);
    for (std::size_t i = 0; i < signal.size(); ++i)
        signal[i] += gain * (up.at(original, i) + down.at(original, i));
}

std::vector<float> consonate(std::span<const float> signal, double amount) {
    Stft stft(kLong);
    const auto bins = static_cast<std::size_t>(kLong.bins());
    std::vector<float> magnitudes;
    stft.magnitudes(signal, magnitudes);
    const std::size_t frames = magnitudes.size() / bins;
    const auto lowest = static_cast<std::size_t>(kLowestHz / kLongBinHz);
    const auto highest = static_cast<std::size_t>(kHighestHz / kLongBinHz);
    // How much of each pitch class a frame holds, counted at its peaks.
    std::vector<std::array<float, kSteps>> classes(frames);
    for (std::size_t t = 0; t < frames; ++t) {
        const float* const m = magnitudes.data() + t * bins;
        for (std::size_t k = lowest; k < highest; ++k) {
            if (!(m[k] > m[k - 1] && m[k] >= m[k + 1])) continue;
            const double a = std::log(static_cast<double>(m[k - 1]) + 1e-12),
                         b = std::log(static_cast<double>(m[k])),
                         c = std::log(static_cast<double>(m[k + 1]) + 1e-12);
            const double curve = a - 2 * b + c;
            const double hz = (static_cast<double>(k) + (curve < 0 ? 0.5 * (a - c) / curve : 0)) * kLongBinHz;
            // Below, peaks are wide and few; above, they are many.
            classes[t][stepOf(hz)] += std::sqrt(m[k]);
        }
    }
    std::vector<float> out;
    std::array<float, kSteps> gains{};
    std::size_t root = kSteps;
    stft.changeFrames(
        signal,
        [&](std::size_t t, std::span<std::complex<float>> spectrum) {
            std::array<double, kSteps> around{};
            for (std::size_t u = t > kMoment ? t - kMoment : 0; u < std::min(frames, t + kMoment + 1); ++u)
                for (std::size_t s = 0; s < kSteps; ++s) around[s] += static_cast<double>(classes[u][s]);
            double best = -1;
            for (std::size_t r = 0; r < kSteps; ++r) {
                double held = 0;
                for (std::size_t s = 0; s < kSteps; ++s) held += around[(s + r) % kSteps] * membership()[s];
                if (held > best) {
                    best = held;
                    root = r;
                }
            }
            for (std::size_t s = 0; s < kSteps; ++s) {
                const double outside = 1 - membership()[(s + kSteps - root) % kSteps];
                gains[s] = static_cast<float>(std::pow(10.0, amount * kQuietest * outside / 20));
            }
            // Only what stands out is a partial; the whole of its lobe goes with it.
            const float* const m = magnitudes.data() + t * bins;
            for (std::size_t k = lowest; k < highest; ++k) {
                const bool highestNear =
                    m[k] > m[k - 1] && m[k] >= m[k + 1] && m[k] > m[k - 2] && m[k] >= m[k + 2];
                if (!highestNear || m[k] < 2 * (m[k - kLobe - 1] + m[k + kLobe + 1])) continue;
                const float gain = gains[stepOf(peakHz(m, k))];
                for (std::size_t j = k - kLobe; j <= k + kLobe; ++j) spectrum[j] *= gain;
            }
        },
        out);
    return out;
}

}  // namespace smidgen
