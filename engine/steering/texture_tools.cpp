#include "engine/steering/texture_tools.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

#include "engine/analysis/stft.h"
#include "engine/foundation/vectorised.h"

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
constexpr std::size_t kMoment = 12;  ///< frames of 43 ms to each side
constexpr double kLowestHz = 60, kHighestHz = 5000;
constexpr double kQuietest = -36;    ///< dB
constexpr double kLowestNote = 80;   ///< Hz
constexpr std::size_t kNotes = 720;  ///< 5 cents apart: three octaves
constexpr std::size_t kNotesPerOctave = 240;
constexpr std::size_t kHarmonics = 24;  ///< those above cannot be told from their neighbours
constexpr std::size_t kPeaks = 32;      ///< of a frame, the strongest
constexpr double kWidthCents = 18, kWidthHz = 4.5;
constexpr double kStay = 1.08;  ///< what another note must hold more of

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

struct Peak {
    double hz, weight;
};

/// How wide a harmonic is at `hz`: σ in Hz.
double widthAt(double hz) {
    static const double kShare = std::exp2(kWidthCents / 1200) - 1;
    return std::max(kWidthHz, hz * kShare);
}

/// Nearly a normal curve of σ 1; nothing beyond √32.
inline float bell(float away) {
    float part = std::max(0.0F, 1 - away * away / 32);
    part *= part;
    part *= part;
    part *= part;
    return part * part;
}

/// How much `hz`, of harmonics so wide, belongs to those of `note`, 0 … 1.
inline float belonging(float hz, float width, float note) {
    const float n = std::max(1.0F, std::floor(hz / note + 0.5F));
    return n > static_cast<float>(kHarmonics) ? 0.0F : bell((hz - n * note) / width);
}

const std::vector<float>& notes() {
    static const std::vector<float> kHz = [] {
        std::vector<float> hz(kNotes);
        for (std::size_t n = 0; n < kNotes; ++n)
            hz[n] = static_cast<float>(kLowestNote * std::exp2(static_cast<double>(n) / kNotesPerOctave));
        return hz;
    }();
    return kHz;
}

/// The strongest maxima of a frame, each between bins: the vertex of a parabola through three logarithms.
std::vector<Peak> peaksOf(const float* m) {
    std::vector<Peak> peaks;
    const auto first = static_cast<std::size_t>(kLowestHz / kLongBinHz);
    const auto last = static_cast<std::size_t>(kHighestHz / kLongBinHz);
    for (std::size_t k = first; k < last; ++k) {
        if (!(m[k] > m[k - 1] && m[k] >= m[k + 1])) continue;
        const double a = std::log(static_cast<double>(m[k - 1]) + 1e-12),
                     b = std::log(static_cast<double>(m[k]) + 1e-12),
                     c = std::log(static_cast<double>(m[k + 1]) + 1e-12);
        const double curve = a - 2 * b + c;
        const double shift = curve < 0 ? 0.5 * (a - c) / curve : 0;
        peaks.push_back(
            {(static_cast<double>(k) + shift) * kLongBinHz, std::sqrt(static_cast<double>(m[k]))});
    }
    const auto stronger = [](const Peak& a, const Peak& b) { return a.weight > b.weight; };
    if (peaks.size() > kPeaks) {
        std::ranges::nth_element(peaks, peaks.begin() + kPeaks, stronger);
        peaks.resize(kPeaks);
    }
    return peaks;
}

/// Adds to `held` what the harmonics of each note hold of a peak, less what they would hold of any.
SMIDGEN_VECTORISED
void addHeld(float hz, float width, float weight, const float* note, float* held) {
    for (std::size_t i = 0; i < kNotes; ++i) {
        const float chance = std::min(1.0F, 2.5F * width / note[i]);
        held[i] += weight * (belonging(hz, width, note[i]) - chance);
    }
}

std::vector<float> notesHeld(const std::vector<Peak>& peaks) {
    std::vector<float> held(kNotes);
    for (const Peak& peak : peaks)
        addHeld(static_cast<float>(peak.hz), static_cast<float>(widthAt(peak.hz)),
                static_cast<float>(peak.weight), notes().data(), held.data());
    return held;
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
    std::vector<std::vector<float>> held(frames);
    for (std::size_t t = 0; t < frames; ++t) held[t] = notesHeld(peaksOf(magnitudes.data() + t * bins));
    std::vector<double> around(kNotes);
    const auto add = [&](std::size_t t, double sign) {
        for (std::size_t n = 0; n < kNotes; ++n) around[n] += sign * static_cast<double>(held[t][n]);
    };
    for (std::size_t t = 0; t < std::min(kMoment, frames); ++t) add(t, 1);
    std::vector<float> out, gains(bins, 1.0F);
    std::size_t note = kNotes;
    stft.changeFrames(
        signal,
        [&](std::size_t t, std::span<std::complex<float>> spectrum) {
            if (t + kMoment < frames) add(t + kMoment, 1);
            if (t > kMoment) add(t - kMoment - 1, -1);
            const auto best = static_cast<std::size_t>(std::ranges::max_element(around) - around.begin());
            if (note == kNotes || around[best] > kStay * around[note]) {
                note = best;
                const float hz = notes()[note];
                const auto first = static_cast<std::size_t>(0.7 * static_cast<double>(hz) / kLongBinHz);
                const auto end = std::min(
                    bins,
                    static_cast<std::size_t>((kHarmonics + 0.5) * static_cast<double>(hz) / kLongBinHz));
                const float foreign = std::pow(10.0F, static_cast<float>(amount * kQuietest / 20));
                std::ranges::fill(gains, 1.0F);
                for (std::size_t k = first; k < end; ++k) {
                    const double at = static_cast<double>(k) * kLongBinHz;
                    const float belongs =
                        belonging(static_cast<float>(at), static_cast<float>(widthAt(at)), hz);
                    gains[k] = belongs > 0 ? std::pow(foreign, 1 - belongs) : foreign;
                }
            }
            for (std::size_t k = 0; k < bins; ++k) spectrum[k] *= gains[k];
        },
        out);
    return out;
}

}  // namespace smidgen
