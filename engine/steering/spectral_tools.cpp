#include "engine/steering/spectral_tools.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstring>
#include <iterator>

#include "engine/analysis/mel.h"
#include "engine/analysis/sorting_network.h"
#include "engine/foundation/vectorised.h"

namespace smidgen {
namespace {

constexpr std::size_t kBands = kMelBands;
constexpr std::size_t kTimeReach = 8, kBandReach = 4;  ///< of the medians, to each side
constexpr double kTilt = 6, kShelf = 9, kSplit = 14;   ///< dB (per octave, shelf, each part)
constexpr double kSteeper = 2;                         ///< times the fall that is added to a fall
constexpr double kRecentFall = 12;                     ///< dB a second by which a recent level is let go
constexpr double kDecibels = 8.685889638065035;        ///< in a neper
constexpr double kBinHz = kSampleRate / 2048.0;
constexpr float kDeepest = -48;

double shelf(double hz, double corner) {
    const double x = hz / corner;
    return 1 / (1 + x * x);
}

constexpr std::size_t kLanes = 16;
using Lanes = float __attribute__((vector_size(4 * kLanes)));

/// → logarithms of what is struck over what is steady: medians over bands, and over time. `rows`: frame t and
/// those around it, each with kBandReach values before and after its bands.
SMIDGEN_VECTORISED
void compareMedians(const float* const* rows, float* apart) {
    for (std::size_t at = 0; at < kBands; at += kLanes) {
        Lanes along[2 * kTimeReach + 1], across[2 * kBandReach + 1];
        for (std::size_t d = 0; d < std::size(along); ++d)
            std::memcpy(&along[d], rows[d] + at, sizeof(Lanes));
        for (std::size_t d = 0; d < std::size(across); ++d)
            std::memcpy(&across[d], rows[kTimeReach] + at + d - kBandReach, sizeof(Lanes));
        sortByNetwork(along);
        sortByNetwork(across);
        const Lanes difference = along[kTimeReach] - across[kBandReach];
        std::memcpy(apart + at, &difference, sizeof difference);
    }
}

/// The percussive share of every cell, 0 … 1.
std::vector<float> percussiveShares(std::span<const float> mel) {
    constexpr std::size_t kStride = kBands + 2 * kBandReach;
    const std::size_t frames = mel.size() / kBands;
    // Around the frames silence, around the bands the outermost band again.
    std::vector<float> padded((frames + 2 * kTimeReach) * kStride, kLogMelFloor);
    for (std::size_t t = 0; t < frames; ++t) {
        float* const row = padded.data() + (t + kTimeReach) * kStride;
        const float* const bands = mel.data() + t * kBands;
        std::fill_n(row, kBandReach, bands[0]);
        std::copy_n(bands, kBands, row + kBandReach);
        std::fill_n(row + kBandReach + kBands, kBandReach, bands[kBands - 1]);
    }
    std::vector<float> shares(mel.size());
    std::array<const float*, 2 * kTimeReach + 1> rows{};
    for (std::size_t t = 0; t < frames; ++t) {
        for (std::size_t d = 0; d < rows.size(); ++d)
            rows[d] = padded.data() + (t + d) * kStride + kBandReach;
        float* const share = shares.data() + t * kBands;
        compareMedians(rows.data(), share);
        // P² / (P² + H²) of magnitudes, from their logarithms.
        for (std::size_t b = 0; b < kBands; ++b) share[b] = 1 / (1 + std::exp(2 * share[b]));
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
