#include "engine/audio/limiter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

namespace smidgen {
namespace {

constexpr double kAhead = 0.0015;  ///< seconds
/// Seconds to come back by 63 %. The slow one is heard least; where strokes are so short that what it still
/// holds down is all there is of them, the next is tried.
constexpr std::array<double, 3> kReleases{0.03, 0.008, 0.002};
constexpr double kMargin = 0.05;      ///< dB: another interpolator finds other peaks
constexpr double kMostLimiting = 26;  ///< dB
constexpr int kTries = 10;
constexpr double kFlattest = 0.12;  ///< LU a decibel of gain; flatter steps would go astray
constexpr double kEnough = 0.05;    ///< LU
constexpr double kTooQuiet = 0.3;   ///< LU
constexpr std::size_t kTaps = 12;

/// Samples a quarter, a half and three quarters on, as sums of the twelve around (Hann-windowed sinc).
const std::array<std::array<float, kTaps>, 3>& interpolators() {
    static const std::array<std::array<float, kTaps>, 3> kTables = [] {
        std::array<std::array<float, kTaps>, 3> tables{};
        for (std::size_t phase = 0; phase < tables.size(); ++phase) {
            double sum = 0;
            std::array<double, kTaps> taps{};
            for (std::size_t k = 0; k < kTaps; ++k) {
                const double x =
                    static_cast<double>(k) - (kTaps / 2 - 1) - 0.25 * static_cast<double>(phase + 1);
                const double sinc =
                    std::abs(x) < 1e-9 ? 1 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
                taps[k] = sinc * (0.5 + 0.5 * std::cos(std::numbers::pi * x / (kTaps / 2 + 0.5)));
                sum += taps[k];
            }
            for (std::size_t k = 0; k < kTaps; ++k) tables[phase][k] = static_cast<float>(taps[k] / sum);
        }
        return tables;
    }();
    return kTables;
}

/// The highest of all channels from each sample to the next.
std::vector<float> peaksOf(const AudioBuffer& buffer) {
    const auto length = static_cast<std::size_t>(buffer.length().value);
    std::vector<float> peaks(length);
    constexpr std::size_t kBefore = kTaps / 2 - 1;
    std::vector<float> padded(length + kTaps);
    for (const auto& channel : buffer.channels) {
        std::ranges::copy(channel, padded.begin() + kBefore);
        for (std::size_t i = 0; i < length; ++i) peaks[i] = std::max(peaks[i], std::abs(channel[i]));
        for (const auto& taps : interpolators())
            for (std::size_t i = 0; i < length; ++i) {
                float sum = 0;
                for (std::size_t k = 0; k < kTaps; ++k) sum += taps[k] * padded[i + k];
                peaks[i] = std::max(peaks[i], std::abs(sum));
            }
    }
    return peaks;
}

void scale(AudioBuffer& buffer, double decibels) {
    const auto factor = static_cast<float>(std::pow(10.0, decibels / 20));
    for (auto& channel : buffer.channels)
        for (float& sample : channel) sample *= factor;
}

void limit(AudioBuffer& buffer, double ceilingDb, double release) {
    const auto length = static_cast<std::size_t>(buffer.length().value);
    const auto ceiling = static_cast<float>(std::pow(10.0, ceilingDb / 20));
    const std::vector<float> peaks = peaksOf(buffer);
    if (std::ranges::all_of(peaks, [&](float peak) { return peak <= ceiling; })) return;
    const auto ahead = std::max<std::size_t>(1, static_cast<std::size_t>(kAhead * buffer.rate));
    // What each moment needs, held over the time ahead of it and one sample behind.
    std::vector<float> gains(length + ahead, 1.0F);
    for (std::size_t i = 0; i < length; ++i) {
        if (!(peaks[i] > ceiling)) continue;
        const float needed = ceiling / peaks[i];
        for (std::size_t j = i; j <= i + ahead && j < gains.size(); ++j)
            gains[j] = std::min(gains[j], needed);
        if (i + 1 + ahead < gains.size()) gains[i + 1 + ahead] = std::min(gains[i + 1 + ahead], needed);
    }
    // gains[j] now looks `ahead` samples forward of sample j − ahead. It comes back slowly …
    const auto back = static_cast<float>(1 - std::exp(-1.0 / (release * buffer.rate)));
    float now = 1;
    for (float& gain : gains) {
        now = gain < now ? gain : now + back * (gain - now);
        gain = now;
    }
    // … and goes down in a straight line: the mean over the time ahead, in which it is low throughout.
    double sum = 0;
    std::vector<float> smooth(length);
    for (std::size_t j = 0; j < gains.size(); ++j) {
        sum += static_cast<double>(gains[j]);
        if (j > ahead) sum -= static_cast<double>(gains[j - ahead - 1]);
        if (j >= ahead)
            smooth[j - ahead] = static_cast<float>(sum / static_cast<double>(std::min(j, ahead) + 1));
    }
    for (auto& channel : buffer.channels)
        for (std::size_t i = 0; i < length; ++i) channel[i] *= smooth[i];
}

}  // namespace

void limitPeaks(AudioBuffer& buffer, double ceilingDb) {
    limit(buffer, ceilingDb, kReleases.front());
}

Result<Loudness> bringToLoudness(AudioBuffer& buffer, const LoudnessTarget& target,
                                 const CancelToken& cancel) {
    auto measured = measureLoudness(buffer);
    if (!measured) return measured;
    if (!std::isfinite(measured->integratedLufs) && std::isfinite(measured->truePeakDb)) {
        // So quiet that loudness has no number for it: first to full scale.
        scale(buffer, -measured->truePeakDb);
        measured = measureLoudness(buffer);
    }
    if (!measured || !std::isfinite(measured->integratedLufs)) return measured;
    const AudioBuffer original = buffer;
    const double ceiling = target.truePeakCeilingDb - kMargin;
    // With so much gain the highest peak is limited as far as it may be.
    const double mostGain = ceiling - measured->truePeakDb + kMostLimiting;
    double gain = std::min(target.lufs - measured->integratedLufs, mostGain);
    double lastGain = 0, lastLufs = measured->integratedLufs;
    struct Setting {
        double gain, release;
        bool operator==(const Setting&) const = default;
    };
    Setting best{0, kReleases.front()}, made = best;
    double bestMissing = 1e9;
    const auto make = [&](const Setting& setting) {
        buffer = original;
        scale(buffer, setting.gain);
        limit(buffer, ceiling, setting.release);
        made = setting;
    };
    const auto approach = [&](double release) -> Status {
        double nearest = 1e9, nearestGain = 0;
        for (int i = 0; i < kTries && nearest >= kEnough; ++i) {
            if (cancel.cancelled())
                return failure(ErrorCode::cancelled, "Bringing the sound to its loudness was stopped.");
            make({gain, release});
            measured = measureLoudness(buffer);
            if (!measured) return propagate(measured);
            const double missing = target.lufs - measured->integratedLufs;
            if (std::abs(missing) < bestMissing) {
                bestMissing = std::abs(missing);
                best = {gain, release};
            }
            if (std::abs(missing) < nearest) {
                nearest = std::abs(missing);
                nearestGain = gain;
                // Where peaks are held down, a decibel of gain is less of loudness (the secant method).
                const double slope =
                    gain != lastGain ? (measured->integratedLufs - lastLufs) / (gain - lastGain) : 1.0;
                lastGain = gain;
                lastLufs = measured->integratedLufs;
                gain = std::min(mostGain, gain + missing / std::clamp(slope, kFlattest, 1.0));
            } else {
                // So much limiting turns more down than the gain turns up.
                gain = 0.5 * (gain + nearestGain);
            }
            if (std::abs(gain - nearestGain) < kEnough) break;
        }
        gain = nearestGain;
        return {};
    };
    for (const double release : kReleases) {
        if (auto done = approach(release); !done) return propagate(done);
        if (bestMissing <= kTooQuiet) break;
    }
    if (made != best) {
        make(best);
        measured = measureLoudness(buffer);
        if (!measured) return measured;
    }
    if (measured->truePeakDb <= target.truePeakCeilingDb) return measured;
    scale(buffer, target.truePeakCeilingDb - measured->truePeakDb);
    return measureLoudness(buffer);
}

}  // namespace smidgen
