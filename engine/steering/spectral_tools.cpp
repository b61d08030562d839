#include "engine/steering/spectral_tools.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>

#include "engine/analysis/mel.h"

namespace smidgen {
namespace {

constexpr std::size_t kBands = kMelBands;
constexpr std::size_t kTimeReach = 8, kBandReach = 4;  ///< of the medians, to each side
constexpr double kTilt = 6, kShelf = 9, kSplit = 9;    ///< dB (per octave, shelf, each part)
constexpr double kSteeper = 2;                         ///< times the fall that is added to a fall
constexpr double kRecentFall = 12;                     ///< dB a second by which a recent level is let go
constexpr double kDecibels = 8.685889638065035;        ///< in a neper
constexpr double kBinHz = kSampleRate / 2048.0;
constexpr float kDeepest = -48;

double shelf(double hz, double corner) {
    const double x = hz / corner;
    return 1 / (1 + x * x);
}

/// Median of an odd count of values, by sorting them.
template <std::size_t Count>
float median(std::array<float, Count>& values) {
    std::nth_element(values.begin(), values.begin() + Count / 2, values.end());
    return values[Count / 2];
}

/// The percussive share of every cell, 0 … 1.
std::vector<float> percussiveShares(std::span<const float> mel) {
    const std::size_t frames = mel.size() / kBands;
    std::vector<float> shares(mel.size());
    std::array<float, 2 * kTimeReach + 1> inTime{};
    std::array<float, 2 * kBandReach + 1> inBand{};
    for (std::size_t t = 0; t < frames; ++t)
        for (std::size_t b = 0; b < kBands; ++b) {
            for (std::size_t d = 0; d < inTime.size(); ++d) {
                const std::size_t at = t + d;
                inTime[d] = at >= kTimeReach && at - kTimeReach < frames ? mel[(at - kTimeReach) * kBands + b]
                                                                         : kLogMelFloor;
            }
            for (std::size_t d = 0; d < inBand.size(); ++d) {
                const std::size_t at = std::clamp<std::size_t>(b + d, kBandReach, kBands - 1 + kBandReach);
                inBand[d] = mel[t * kBands + at - kBandReach];
            }
            // P² / (P² + H²) of magnitudes, from their logarithms.
            shares[t * kBands + b] = 1 / (1 + std::exp(2 * (median(inTime) - median(inBand))));
        }
    return shares;
}

}  // namespace

bool wantsBandGains(const ToolAmounts& amounts) {
    return amounts[Attribute::rhythm] != 0 || amounts[Attribute::space] < 0;
}

bool wantsSpectralGains(const ToolAmounts& amounts) {
    return wantsBandGains(amounts) || amounts[Attribute::brightness] != 0 || amounts[Attribute::warmth] != 0;
}

SpectralGains spectralGains(const ToolAmounts& amounts, std::span<const float> mel) {
    SpectralGains gains;
    gains.bins.resize(1025);
    for (std::size_t k = 0; k < gains.bins.size(); ++k) {
        const double hz = std::max(1.0, static_cast<double>(k)) * kBinHz;
        const double octaves = std::clamp(std::log2(hz / 1000), -4.5, 4.2);
        const double decibels =
            kTilt * amounts[Attribute::brightness] * octaves +
            kShelf * amounts[Attribute::warmth] * (shelf(hz, 300) - (1 - shelf(hz, 1500)));
        gains.bins[k] = static_cast<float>(std::pow(10.0, decibels / 20));
    }
    if (!wantsBandGains(amounts)) return gains;
    gains.bands.resize(mel.size());
    const std::size_t frames = mel.size() / kBands;
    if (const double split = amounts[Attribute::rhythm]; split != 0) {
        const std::vector<float> shares = percussiveShares(mel);
        for (std::size_t i = 0; i < mel.size(); ++i)
            gains.bands[i] += static_cast<float>(kSplit * split) * (2 * shares[i] - 1);
    }
    if (const double shorter = -amounts[Attribute::space]; shorter > 0) {
        std::array<float, kBands> recent;
        recent.fill(kLogMelFloor);
        const auto fall = static_cast<float>(kRecentFall / kDecibels * 512 / kSampleRate);
        for (std::size_t t = 0; t < frames; ++t)
            for (std::size_t b = 0; b < kBands; ++b) {
                const float now = mel[t * kBands + b];
                recent[b] = std::max(now, recent[b] - fall);
                const auto below = static_cast<float>(kDecibels) * (recent[b] - now);
                gains.bands[t * kBands + b] -= static_cast<float>(kSteeper * shorter) * below;
            }
    }
    for (float& gain : gains.bands) gain = std::max(gain, kDeepest);
    return gains;
}

std::vector<float> applyGains(std::span<const float> signal, const SpectralGains& gains) {
    // Bins between the centres of two bands take their mix.
    struct Place {
        std::size_t band = 0;
        float above = 0;
    };
    static const std::vector<Place> kPlaces = [] {
        const double top = 2595 * std::log10(1 + 24000.0 / 700);
        std::vector<Place> places(1025);
        for (std::size_t k = 0; k < places.size(); ++k) {
            const double mel = 2595 * std::log10(1 + static_cast<double>(k) * kBinHz / 700);
            const double at = std::clamp(mel / top * (kBands + 1) - 1, 0.0, static_cast<double>(kBands - 1));
            const auto band = std::min(static_cast<std::size_t>(at), kBands - 2);
            places[k] = {band, static_cast<float>(at - static_cast<double>(band))};
        }
        return places;
    }();
    Stft stft(StftShape{});
    std::vector<float> out;
    std::array<float, kBands> factors{};
    const std::size_t frames = gains.bands.size() / kBands;
    stft.changeFrames(
        signal,
        [&](std::size_t t, std::span<std::complex<float>> bins) {
            if (frames == 0) {
                for (std::size_t k = 0; k < bins.size(); ++k) bins[k] *= gains.bins[k];
                return;
            }
            const float* const decibels = gains.bands.data() + std::min(t, frames - 1) * kBands;
            for (std::size_t b = 0; b < kBands; ++b)
                factors[b] = std::exp(decibels[b] * static_cast<float>(1 / kDecibels));
            for (std::size_t k = 0; k < bins.size(); ++k) {
                const Place& place = kPlaces[k];
                bins[k] *= gains.bins[k] * (factors[place.band] +
                                            place.above * (factors[place.band + 1] - factors[place.band]));
            }
        },
        out);
    return out;
}

}  // namespace smidgen
