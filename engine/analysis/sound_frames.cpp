#include "engine/analysis/sound_frames.h"

#include <algorithm>
#include <cmath>

#include "engine/foundation/vectorised.h"

namespace smidgen {
namespace {

constexpr std::size_t kBins = 1025;
constexpr std::size_t kFirstBin = 2;
constexpr double kBinHz = kSampleRate / 2048.0;
/// Powers this far below a frame's mean (100 dB) make it no less flat.
constexpr float kFlatnessFloor = 1e-10F;
constexpr float kCutOff = 1e-4F;

double toErb(double hz) {
    return 21.4 * std::log10(1 + 0.00437 * hz);
}
double fromErb(double erb) {
    return (std::pow(10.0, erb / 21.4) - 1) / 0.00437;
}
double erbEdge(double position) {
    const double low = toErb(kErbLowHz), high = toErb(kErbHighHz);
    return fromErb(low + (high - low) * position / kErbBands);
}

SMIDGEN_VECTORISED
void square(const float* __restrict in, float* __restrict out, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) out[i] = in[i] * in[i];
}

SMIDGEN_VECTORISED
void addTo(const float* __restrict in, double* __restrict sum, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) sum[i] += static_cast<double>(in[i]);
}

constexpr std::size_t kLanes = 16;

/// Sum in sixteen lanes: the order of additions is fixed, and wide.
SMIDGEN_VECTORISED
float sumOf(const float* in, std::size_t n) {
    float lanes[kLanes] = {};
    std::size_t i = 0;
    for (; i + kLanes <= n; i += kLanes)
        for (std::size_t l = 0; l < kLanes; ++l) lanes[l] += in[i + l];
    float sum = 0;
    for (; i < n; ++i) sum += in[i];
    for (const float lane : lanes) sum += lane;
    return sum;
}

/// Products of every eighth of `in` plus `floor`, eight factors each: n / 8 numbers whose logarithms add up
/// to that of all.
SMIDGEN_VECTORISED
void products(const float* __restrict in, double floor, double scale, double* __restrict out, std::size_t n) {
    const std::size_t eighth = n / 8;
    for (std::size_t i = 0; i < eighth; ++i) {
        double product = 1;
        for (std::size_t k = 0; k < 8; ++k) product *= in[k * eighth + i] * scale + floor;
        out[i] = product;
    }
}

/// Flatness of a frame (Gray & Markel 1974); n a multiple of 8.
double flatnessOf(std::span<const float> power, double sum) {
    const double mean = sum / static_cast<double>(power.size());
    double scratch[kBins / 8];
    const std::size_t eighth = power.size() / 8;
    products(power.data(), kFlatnessFloor, 1 / mean, scratch, power.size());
    double logs = 0;
    for (std::size_t i = 0; i < eighth; i += 2) {
        const double pair = i + 1 < eighth ? scratch[i] * scratch[i + 1] : scratch[i];
        logs += std::log(pair);
    }
    return std::exp(logs / static_cast<double>(power.size()));
}

}  // namespace

double erbCentre(std::size_t b) {
    return erbEdge(static_cast<double>(b) + 0.5);
}

ScaledSound scaleSound(std::span<const float> mono) {
    float peak = 0;
    for (const float value : mono)
        if (std::isfinite(value)) peak = std::max(peak, std::abs(value));
    ScaledSound sound;
    if (!(peak > 0)) return sound;
    const auto sounds = [&](float value) { return std::isfinite(value) && std::abs(value) > kCutOff * peak; };
    const auto first = std::find_if(mono.begin(), mono.end(), sounds);
    const auto last = std::find_if(mono.rbegin(), mono.rend(), sounds).base();
    sound.length = static_cast<std::size_t>(last - first);
    sound.padded.assign(sound.length + 2 * ScaledSound::kMargin, 0.0F);
    // Two steps: the scale of a denormal peak is no float.
    const int exponent = std::ilogb(peak);
    const float half = std::ldexp(1.0F, -(exponent / 2)), rest = std::ldexp(1.0F, -(exponent - exponent / 2));
    std::transform(first, last, sound.padded.begin() + ScaledSound::kMargin,
                   [&](float value) { return std::isfinite(value) ? value * half * rest : 0.0F; });
    return sound;
}

FrameAnalyzer::FrameAnalyzer() : m_stft(StftShape{}) {
    for (std::size_t b = 0; b <= kErbBands; ++b) {
        const double bin = erbEdge(static_cast<double>(b)) / kBinHz;
        const double cell = std::floor(bin + 0.5);
        m_edges.push_back({static_cast<std::size_t>(cell), static_cast<float>(bin + 0.5 - cell)});
    }
}

void FrameAnalyzer::sumBands(std::span<const float> power, std::span<float> out) const {
    for (std::size_t b = 0; b < kErbBands; ++b) {
        const BandEdge &from = m_edges[b], &to = m_edges[b + 1];
        float sum = (1 - from.below) * power[from.bin];
        if (from.bin == to.bin)
            sum = (to.below - from.below) * power[from.bin];
        else
            sum += sumOf(power.data() + from.bin + 1, to.bin - from.bin - 1) + to.below * power[to.bin];
        out[b] = sum;
    }
}

SoundFrames FrameAnalyzer::analyze(const ScaledSound& sound) {
    SoundFrames frames;
    frames.magnitude.assign(kBins, 0.0);
    if (sound.length == 0) return frames;
    frames.count = 1 + sound.length / 512;
    frames.bandPower.resize(frames.count * kErbBands);
    std::vector<float> magnitude(kBins), power(kBins);
    double flatness = 0, total = 0;
    m_split.start();
    for (std::size_t t = 0; t < frames.count; ++t) {
        m_stft.frameMagnitudes(sound.padded, static_cast<std::int64_t>(ScaledSound::kMargin + 512 * t),
                               magnitude);
        std::fill_n(magnitude.begin(), kFirstBin, 0.0F);
        square(magnitude.data(), power.data(), kBins);
        addTo(magnitude.data(), frames.magnitude.data(), kBins);
        sumBands(power, std::span(frames.bandPower).subspan(t * kErbBands, kErbBands));
        const float sum = sumOf(power.data(), kBins);
        m_split.push(magnitude);
        if (!(sum > 0)) continue;
        flatness += static_cast<double>(sum) * flatnessOf(std::span(power).subspan(kFirstBin, 1016), sum);
        total += static_cast<double>(sum);
        frames.loudest = std::max(frames.loudest, static_cast<double>(sum));
    }
    frames.percussive = m_split.finish();
    for (double& value : frames.magnitude) value /= static_cast<double>(frames.count);
    if (total > 0) frames.flatness = std::clamp(flatness / total, 0.0, 1.0);
    return frames;
}

}  // namespace smidgen
