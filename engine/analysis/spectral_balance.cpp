#include "engine/analysis/spectral_balance.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace smidgen {
namespace {

constexpr double kBinHz = kSampleRate / 2048.0;
constexpr double kLowestHz = 35;
constexpr double kCrossoverHz = 500;
/// Bands 80 dB below the loudest add nothing more.
constexpr double kBandFloor = 1e-8;
constexpr double kLeastRatio = 1e-3;

}  // namespace

double brightnessOf(const SoundFrames& frames) {
    double sum = 0, first = 0;
    for (std::size_t k = 0; k < frames.magnitude.size(); ++k) {
        sum += frames.magnitude[k];
        first += frames.magnitude[k] * kBinHz * static_cast<double>(k);
    }
    return std::log2(sum > 0 ? std::max(kLowestHz, first / sum) : kLowestHz);
}

double warmthOf(const SoundFrames& frames) {
    std::array<double, kErbBands> level{};
    double highest = 0;
    for (std::size_t b = 0; b < kErbBands; ++b) {
        for (std::size_t t = 0; t < frames.count; ++t) level[b] += static_cast<double>(frames.bands(t)[b]);
        highest = std::max(highest, level[b]);
    }
    if (!(highest > 0)) return 0;
    double low = 0, high = 0, sum = 0, meanOctave = 0, meanLevel = 0;
    std::array<double, kErbBands> loudness{}, octave{}, decibels{};
    for (std::size_t b = 0; b < kErbBands; ++b) {
        const double relative = level[b] / highest + kBandFloor;
        octave[b] = std::log2(erbCentre(b) / kCrossoverHz);
        decibels[b] = 10 * std::log10(relative);
        loudness[b] = std::sqrt(std::sqrt(relative));
        const double above = std::clamp(0.5 + 0.5 * octave[b], 0.0, 1.0);
        low += (1 - above) * loudness[b];
        high += above * loudness[b];
        sum += loudness[b];
        meanOctave += loudness[b] * octave[b];
        meanLevel += loudness[b] * decibels[b];
    }
    meanOctave /= sum;
    meanLevel /= sum;
    double covariance = 0, variance = 0;
    for (std::size_t b = 0; b < kErbBands; ++b) {
        const double away = octave[b] - meanOctave;
        covariance += loudness[b] * away * (decibels[b] - meanLevel);
        variance += loudness[b] * away * away;
    }
    const double slope = variance > 0 ? covariance / variance : 0;
    const double ratio = (low + kLeastRatio * sum) / (high + kLeastRatio * sum);
    return 0.5 * 20 * std::log10(ratio) - slope;
}

}  // namespace smidgen
