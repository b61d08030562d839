// The formulas of make_vectors.py, and its results.
#pragma once

#include <cmath>
#include <cstdint>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numbers>
#include <string>
#include <vector>

namespace smidgen {

inline std::vector<double> congruentialNoise(std::size_t count, std::uint32_t seed) {
    std::vector<double> values(count);
    std::uint32_t state = seed;
    for (double& value : values) {
        state = 1664525U * state + 1013904223U;
        value = static_cast<double>(state) / 2147483648.0 - 1.0;
    }
    return values;
}

inline std::vector<float> testSignal(const std::string& kind, std::size_t count) {
    constexpr double kTau = 2.0 * std::numbers::pi;
    std::vector<double> x(count, 0.0);
    const auto second = [](std::size_t n) { return static_cast<double>(n) / 48000.0; };
    if (kind == "rich") {
        const std::vector<double> floor = congruentialNoise(count, 1);
        const std::vector<double> burst = congruentialNoise(count - count / 2, 2);
        for (std::size_t n = 0; n < count; ++n) {
            const double chord =
                0.4 * std::sin(kTau * 440.0 * second(n)) + 0.2 * std::sin(kTau * 3520.5 * second(n));
            x[n] = chord * std::exp(-static_cast<double>(n) / 9000.0) + 0.02 * floor[n];
        }
        for (std::size_t n = 0; n < burst.size(); ++n)
            x[count / 2 + n] += 0.5 * burst[n] * std::exp(-static_cast<double>(n) / 400.0);
    } else if (kind == "chirp") {
        const std::vector<double> floor = congruentialNoise(count, 3);
        for (std::size_t n = 0; n < count; ++n)
            x[n] = 0.3 * std::sin(kTau * (100.0 * second(n) + 4000.0 * second(n) * second(n))) +
                   0.003 * floor[n];
    } else if (kind == "noise") {
        x = congruentialNoise(count, 4);
        for (double& value : x) value *= 0.1;
    }
    return {x.begin(), x.end()};
}

inline const nlohmann::json& testVectors() {
    static const nlohmann::json vectors = [] {
        std::ifstream file(std::string(SMIDGEN_SOURCE_DIR) + "/tests/analysis/vectors/spectra.json");
        return nlohmann::json::parse(file);
    }();
    return vectors;
}

}  // namespace smidgen
