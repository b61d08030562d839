#include "engine/steering/time_tools.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "engine/foundation/units.h"

namespace smidgen {
namespace {

constexpr double kSharpest = 1.2;  ///< power
constexpr double kLeastGain = 0.06, kMostGain = 8;
constexpr double kUsualBpm = 120;

/// Levels move slowly: their ratio is raised to a power every so many samples.
constexpr std::size_t kStep = 16;

void shapeAttacks(std::span<const float> mid, double rhythm, std::span<float> gains) {
    double fast = 1e-4, slow = 1e-4;
    float before = 1;
    for (std::size_t start = 0; start < mid.size(); start += kStep) {
        const std::size_t count = std::min(kStep, mid.size() - start);
        for (std::size_t i = start; i < start + count; ++i) {
            const double level = std::abs(static_cast<double>(mid[i])) + 1e-5;
            fast += (level - fast) * (level > fast ? 0.02 : 0.0007);
            slow += (level - slow) * 0.0003;
        }
        const auto now =
            static_cast<float>(std::clamp(std::pow(fast / slow, kSharpest * rhythm), kLeastGain, kMostGain));
        for (std::size_t i = 0; i < count; ++i)
            gains[start + i] =
                before + (now - before) * static_cast<float>(i + 1) / static_cast<float>(count);
        before = now;
    }
}

/// One beat: up within 4 ms, and down by e^(−3) until the next.
std::vector<float> swellOf(std::size_t length, double depth) {
    std::vector<float> swell(length);
    constexpr double kRise = 192;
    for (std::size_t i = 0; i < length; ++i) {
        const double at = static_cast<double>(i);
        const double shape = std::exp(-3 * at / static_cast<double>(length));
        const double rise = std::min(1.0, std::exp(-3.0) + at / kRise);
        swell[i] = static_cast<float>(1 - depth + depth * std::min(shape, rise));
    }
    return swell;
}

constexpr std::size_t kLines = 8;
/// Prime numbers of samples, 23 to 71 ms.
constexpr std::array<std::size_t, kLines> kLengths{1103, 1327, 1553, 1801, 2083, 2411, 2789, 3389};
constexpr std::size_t kPreDelay = 576;  ///< 12 ms

/// Householder reflection: every line feeds all others, and nothing is lost.
void reflect(std::array<float, kLines>& lines) {
    float sum = 0;
    for (const float line : lines) sum += line;
    sum *= 2.0F / kLines;
    for (float& line : lines) line -= sum;
}

}  // namespace

std::vector<float> levelGains(std::span<const float> mid, double rhythm, double pulse,
                              const TempoEstimate& tempo, std::size_t phase) {
    if (rhythm == 0 && !(pulse > 0)) return {};
    std::vector<float> gains(mid.size(), 1.0F);
    if (rhythm != 0) shapeAttacks(mid, rhythm, gains);
    if (pulse > 0) {
        const double bpm = tempo.bpm > 0 && tempo.confidence > 0.05 ? tempo.bpm : kUsualBpm;
        const double beat = 60.0 * kSampleRate / bpm;
        const std::vector<float> swell = swellOf(static_cast<std::size_t>(beat) + 2, pulse);
        for (std::size_t i = 0; i < mid.size(); ++i) {
            const double since = static_cast<double>(i) - static_cast<double>(phase);
            gains[i] *= swell[static_cast<std::size_t>(since - beat * std::floor(since / beat))];
        }
    }
    return gains;
}

void addRoom(std::vector<float>& signal, double amount, int channel) {
    if (!(amount > 0) || signal.empty()) return;
    const double seconds = 0.4 * std::pow(10.0, amount);
    std::array<std::vector<float>, kLines> lines;
    std::array<std::size_t, kLines> places{};
    std::array<float, kLines> feedback{}, damped{}, outputs{};
    std::array<float, kLines> damping{};
    for (std::size_t l = 0; l < kLines; ++l) {
        const std::size_t length = kLengths[l] + static_cast<std::size_t>(channel) * (17 + 6 * l);
        lines[l].assign(length, 0.0F);
        feedback[l] =
            static_cast<float>(std::pow(10.0, -3.0 * static_cast<double>(length) / kSampleRate / seconds));
        damping[l] = 0.35F;
    }
    const std::vector<float> original(signal);
    const auto wet = static_cast<float>(0.55 * std::sqrt(amount));
    const auto dry = static_cast<float>(1 - 0.35 * amount);
    for (std::size_t i = 0; i < signal.size(); ++i) {
        const float in = i >= kPreDelay ? original[i - kPreDelay] : 0.0F;
        float sum = 0;
        for (std::size_t l = 0; l < kLines; ++l) {
            const float out = lines[l][places[l]];
            sum += l % 2 == 0 ? out : -out;
            damped[l] += (1 - damping[l]) * (out - damped[l]);
            outputs[l] = feedback[l] * damped[l];
        }
        reflect(outputs);
        for (std::size_t l = 0; l < kLines; ++l) {
            lines[l][places[l]] = outputs[l] + (l % 3 == 1 ? -in : in);
            if (++places[l] == lines[l].size()) places[l] = 0;
        }
        signal[i] = dry * original[i] + wet * sum;
    }
}

}  // namespace smidgen
