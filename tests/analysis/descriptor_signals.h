// Sounds whose descriptors are known.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>
#include <vector>

#include "engine/analysis/real_fft.h"
#include "engine/foundation/random.h"
#include "engine/foundation/units.h"

namespace smidgen {

using TestSound = std::vector<float>;

inline std::size_t samplesIn(double seconds) {
    return static_cast<std::size_t>(std::lround(seconds * kSampleRate));
}

inline TestSound silence(double seconds) {
    return TestSound(samplesIn(seconds));
}

inline void addTone(TestSound& out, double hz, double level, double from = 0, double seconds = 1e9,
                    double decay = 0) {
    for (std::size_t i = samplesIn(from); i < std::min(out.size(), samplesIn(std::min(from + seconds, 1e4)));
         ++i) {
        const double t = static_cast<double>(i) / kSampleRate - from;
        out[i] += static_cast<float>(level * std::exp(-decay * t) * std::sin(2 * std::numbers::pi * hz * t));
    }
}

/// Harmonics falling by 6 dB an octave.
inline void addNote(TestSound& out, double hz, double level, double from = 0, double seconds = 1e9,
                    double decay = 0) {
    for (int n = 1; n <= 8 && n * hz < 20000; ++n) addTone(out, n * hz, level / n, from, seconds, decay);
}

inline void addNoise(TestSound& out, std::uint64_t seed, double level, double from = 0, double seconds = 1e9,
                     double decay = 0) {
    Random random(seed);
    for (std::size_t i = samplesIn(from); i < std::min(out.size(), samplesIn(std::min(from + seconds, 1e4)));
         ++i) {
        const double t = static_cast<double>(i) / kSampleRate - from;
        out[i] += static_cast<float>(level * std::exp(-decay * t) * random.normal());
    }
}

inline void addClick(TestSound& out, std::uint64_t seed, double at, double level = 0.5) {
    addNoise(out, seed, level, at, 0.02, 300);
}

/// Noise whose magnitudes go with frequency to the power `slope`, from 20 Hz up; `size` samples, a power of
/// two.
inline TestSound tiltedNoise(double slope, int size = 1 << 17) {
    RealFft fft(size);
    Random random(77);
    for (float& value : fft.real()) value = static_cast<float>(random.normal());
    fft.forward();
    const auto bins = fft.bins();
    for (std::size_t k = 0; k < bins.size(); ++k) {
        const double hz = static_cast<double>(k) * kSampleRate / size;
        bins[k] *= hz < 20 ? 0.0F : static_cast<float>(std::pow(hz / 1000, slope));
    }
    fft.inverse();
    TestSound out(fft.real().begin(), fft.real().end());
    float peak = 0;
    for (const float value : out) peak = std::max(peak, std::abs(value));
    for (float& value : out) value *= 0.5F / peak;
    return out;
}

}  // namespace smidgen
