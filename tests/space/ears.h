// What two ears' signals differ in.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>
#include <vector>

#include "engine/foundation/random.h"

namespace smidgen {

inline std::vector<float> noise(std::size_t length, std::uint64_t seed) {
    Random random(seed);
    std::vector<float> signal(length);
    for (float& x : signal) x = static_cast<float>(0.1 * random.normal());
    return signal;
}

inline std::vector<float> sine(double hertz, double seconds, double rate = 48000) {
    std::vector<float> signal(static_cast<std::size_t>(seconds * rate));
    for (std::size_t i = 0; i < signal.size(); ++i)
        signal[i] =
            static_cast<float>(0.5 * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / rate));
    return signal;
}

inline double energyOf(std::span<const float> signal) {
    double sum = 0;
    for (const float x : signal) sum += static_cast<double>(x) * x;
    return sum;
}

/// Left over right, dB.
inline double levelDifference(std::span<const float> left, std::span<const float> right) {
    return 10 * std::log10(energyOf(left) / energyOf(right));
}

/// How much later the right ear hears than the left, in samples, from the highest cross-correlation of what
/// lies below some 1.5 kHz, where ears go by time.
inline double timeDifference(std::span<const float> left, std::span<const float> right) {
    const auto low = [](std::span<const float> signal) {
        std::vector<double> out(signal.begin(), signal.end());
        for (int pass = 0; pass < 3; ++pass) {
            double state = 0;
            for (double& x : out) x = state += 0.18 * (x - state);
        }
        return out;
    };
    const std::vector<double> a = low(left), b = low(right);
    constexpr int kMost = 60;
    std::vector<double> sums;
    for (int lag = -kMost; lag <= kMost; ++lag) {
        double sum = 0;
        for (int i = kMost; i + kMost < static_cast<int>(a.size()); ++i)
            sum += a[static_cast<std::size_t>(i)] * b[static_cast<std::size_t>(i + lag)];
        sums.push_back(sum);
    }
    const auto peak =
        std::clamp<std::ptrdiff_t>(std::ranges::max_element(sums) - sums.begin(), 1, 2 * kMost - 1);
    const double before = sums[static_cast<std::size_t>(peak - 1)], at = sums[static_cast<std::size_t>(peak)],
                 after = sums[static_cast<std::size_t>(peak + 1)];
    return static_cast<double>(peak) - kMost + 0.5 * (before - after) / (before - 2 * at + after);
}

}  // namespace smidgen
