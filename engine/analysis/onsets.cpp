#include "engine/analysis/onsets.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace smidgen {
namespace {

constexpr std::size_t kBack = 2;
constexpr std::size_t kNear = 3;     ///< frames: nearer maxima are one event
constexpr std::size_t kAround = 37;  ///< frames on each side of a local median
constexpr double kHalfEvent = 0.1;
constexpr double kUncounted = 8;  ///< events to each that is counted, where the time is full
constexpr double kHalfUnrest = 0.1;
constexpr double kGround = 0.25;

/// 0 at 0, ½ at `half`, towards 1.
double halfAt(double value, double half) {
    const double fourth = std::pow(value / half, 4);
    return fourth / (1 + fourth);
}

double medianAround(const std::vector<double>& values, std::size_t at) {
    const std::size_t from = at > kAround ? at - kAround : 0;
    const std::size_t to = std::min(values.size(), at + kAround + 1);
    std::array<double, 2 * kAround + 1> scratch;
    const auto end = std::copy(values.begin() + static_cast<std::ptrdiff_t>(from),
                               values.begin() + static_cast<std::ptrdiff_t>(to), scratch.begin());
    const auto middle = scratch.begin() + (end - scratch.begin()) / 2;
    std::nth_element(scratch.begin(), middle, end);
    return *middle;
}

/// Events per second that stand apart.
double countedEvents(const std::vector<double>& onsets) {
    double events = 0;
    for (std::size_t t = 0; t < onsets.size(); ++t) {
        bool highest = onsets[t] > 0;
        for (std::size_t d = 1; d <= kNear && highest; ++d) {
            if (t >= d && onsets[t - d] > onsets[t]) highest = false;
            if (t + d < onsets.size() && onsets[t + d] >= onsets[t]) highest = false;
        }
        if (!highest) continue;
        const double ground = t < kAround ? 0.0 : medianAround(onsets, t);
        events += halfAt(std::max(0.0, onsets[t] - ground), kHalfEvent);
    }
    return events / std::max(1.0, static_cast<double>(onsets.size()) * kFrameSeconds);
}

/// The share of the time that is filled, 0 … 1.
double filledShare(const SoundFrames& frames) {
    std::array<double, kErbBands> sum{}, squares{};
    for (std::size_t t = 0; t < frames.count; ++t) {
        const auto power = frames.bands(t);
        for (std::size_t b = 0; b < kErbBands; ++b) {
            const auto value = static_cast<double>(power[b]);
            sum[b] += value;
            squares[b] += value * value;
        }
    }
    double filled = 0, weight = 0;
    for (std::size_t b = 0; b < kErbBands; ++b) {
        if (!(squares[b] > 0)) continue;
        const double loudness = std::sqrt(std::sqrt(sum[b]));
        filled += loudness * (sum[b] / squares[b]) * (sum[b] / static_cast<double>(frames.count));
        weight += loudness;
    }
    return weight > 0 ? std::min(1.0, filled / weight) : 0;
}

/// Specific loudness of all bands of all frames.
std::vector<float> loudnessOf(const SoundFrames& frames) {
    std::vector<float> loudness(frames.bandPower.size());
    for (std::size_t i = 0; i < loudness.size(); ++i) loudness[i] = std::sqrt(std::sqrt(frames.bandPower[i]));
    return loudness;
}

/// The same with every band as loud, on average, as all others; what countsAtLevel() leaves out stays silent.
std::vector<float> evenLoudnessOf(const SoundFrames& frames) {
    std::vector<float> loudness = loudnessOf(frames);
    std::array<double, kErbBands> mean{};
    for (std::size_t i = 0; i < loudness.size(); ++i) mean[i % kErbBands] += static_cast<double>(loudness[i]);
    const double strongest = *std::ranges::max_element(mean);
    std::array<float, kErbBands> factors{};
    for (std::size_t b = 0; b < kErbBands; ++b)
        if (mean[b] > 0)
            factors[b] = static_cast<float>(countsAtLevel(40 * std::log10(mean[b] / strongest)) / mean[b] *
                                            static_cast<double>(frames.count));
    for (std::size_t i = 0; i < loudness.size(); ++i) loudness[i] *= factors[i % kErbBands];
    return loudness;
}

/// onsetCurve() of bands of that loudness, frames × kErbBands.
std::vector<double> curveOf(const std::vector<float>& loudness, std::size_t frames) {
    std::vector<double> total(frames);
    double mean = 0;
    for (std::size_t t = 0; t < frames; ++t) {
        for (std::size_t b = 0; b < kErbBands; ++b)
            total[t] += static_cast<double>(loudness[t * kErbBands + b]);
        mean += total[t] / static_cast<double>(frames);
    }
    std::vector<double> curve(frames);
    if (!(mean > 0)) return curve;
    for (std::size_t t = 0; t < frames; ++t) {
        const float* const now = loudness.data() + t * kErbBands;
        double rise = 0;
        if (t < kBack) {
            rise = total[t];
        } else {
            const float* const before = now - kBack * kErbBands;
            for (std::size_t b = 0; b < kErbBands; ++b) {
                float was = before[b];
                if (b > 0) was = std::max(was, before[b - 1]);
                if (b + 1 < kErbBands) was = std::max(was, before[b + 1]);
                rise += static_cast<double>(std::max(0.0F, now[b] - was));
            }
        }
        curve[t] = rise / (total[t] + kGround * mean);
    }
    return curve;
}

}  // namespace

std::vector<double> onsetCurve(const SoundFrames& frames) {
    return curveOf(loudnessOf(frames), frames.count);
}

double densityOf(const SoundFrames& frames, const std::vector<double>& onsets) {
    if (frames.count == 0) return 0;
    const double filled = filledShare(frames);
    return std::log2(1 + countedEvents(onsets) * (1 + kUncounted * filled * filled));
}

double rhythmOf(const SoundFrames& frames) {
    if (frames.count == 0) return 0;
    double mean = 0, square = 0;
    for (const double value : curveOf(evenLoudnessOf(frames), frames.count)) {
        mean += value / static_cast<double>(frames.count);
        square += value * value / static_cast<double>(frames.count);
    }
    const double deviation = std::sqrt(std::max(0.0, square - mean * mean));
    return 0.5 * frames.percussive + 0.5 * deviation / (deviation + kHalfUnrest);
}

}  // namespace smidgen
