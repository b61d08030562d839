#include "engine/analysis/roughness.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numbers>
#include <utility>
#include <vector>

#include "engine/analysis/real_fft.h"
#include "engine/foundation/vectorised.h"

namespace smidgen {
namespace {

constexpr int kSize = 4096;
constexpr std::size_t kHop = kSize / 2;
constexpr double kBinHz = static_cast<double>(kSampleRate) / kSize;
constexpr std::size_t kBands = 22;
constexpr double kReach = 1.5;  ///< Bark to both sides of a band's centre
/// Lags of the spectrum in bins: 35 … 176 Hz. Up to two the window itself modulates.
constexpr std::size_t kFirstLag = 3, kLags = 13;
constexpr std::size_t kLanes = 16;
using Floats = float __attribute__((vector_size(4 * kLanes)));
constexpr double kHighestRateHz = 75;
/// Makes a 1 kHz tone fully modulated at 70 Hz come out at 1 (roughness_test.cpp).
constexpr double kOneAsper = 0.63;
/// Bands whose loudness is this share of the loudest one's (37 dB below) are not heard beside it.
constexpr double kMasked = 0.12;

/// Zwicker & Terhardt 1980.
double barkOf(double hz) {
    return 13 * std::atan(0.00076 * hz) + 3.5 * std::atan(hz * hz / (7500.0 * 7500.0));
}
double criticalBandHz(double hz) {
    return 25 + 75 * std::pow(1 + 1.4e-6 * hz * hz, 0.69);
}
double hzOf(double bark) {
    double low = 0, high = 24000;
    for (int i = 0; i < 60; ++i) {
        const double middle = 0.5 * (low + high);
        (barkOf(middle) < bark ? low : high) = middle;
    }
    return low;
}

struct Band {
    std::size_t first = 0;
    std::vector<float> weights;         ///< over bins, whole vectors
    std::array<double, kLags> rates{};  ///< how much each modulation rate counts
};

/// How much a modulation of `rate` Hz counts where it counts most at `highest` Hz (Aures 1985 has this
/// shape).
double rateWeight(double rate, double highest) {
    const double x = rate / highest;
    return x * std::exp(1 - x);
}

Band makeBand(std::size_t number) {
    const double centre = static_cast<double>(number) + 1;
    const double centreHz = hzOf(centre);
    Band band;
    band.first = static_cast<std::size_t>(std::ceil(hzOf(std::max(0.0, centre - kReach)) / kBinHz));
    const auto end = static_cast<std::size_t>(hzOf(centre + kReach) / kBinHz) + 1;
    for (std::size_t k = band.first; k < end; ++k) {
        const double away = barkOf(static_cast<double>(k) * kBinHz) - centre;
        band.weights.push_back(
            static_cast<float>(std::sqrt(0.5 + 0.5 * std::cos(std::numbers::pi * away / kReach))));
    }
    while (band.weights.size() % kLanes != 0) band.weights.push_back(0);
    const double highest = std::clamp(0.5 * criticalBandHz(centreHz), 30.0, kHighestRateHz);
    for (std::size_t m = 0; m < kLags; ++m)
        band.rates[m] = rateWeight(static_cast<double>(m + kFirstLag) * kBinHz, highest);
    return band;
}

/// Splits n complex bins, weighted, into parts.
SMIDGEN_VECTORISED
void weigh(const float* __restrict bins, const float* __restrict weights, float* __restrict re,
           float* __restrict im, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
        re[i] = bins[2 * i] * weights[i];
        im[i] = bins[2 * i + 1] * weights[i];
    }
}

/// Σ conj(y[k]) · y[k + lag], n a multiple of kLanes; re and im are readable to n + lag.
SMIDGEN_VECTORISED
void autocorrelate(const float* re, const float* im, std::size_t n, std::size_t lag, double* out) {
    Floats sumRe{}, sumIm{};
    for (std::size_t k = 0; k < n; k += kLanes) {
        Floats a, b, c, d;
        std::memcpy(&a, re + k, sizeof a);
        std::memcpy(&b, im + k, sizeof b);
        std::memcpy(&c, re + k + lag, sizeof c);
        std::memcpy(&d, im + k + lag, sizeof d);
        sumRe += a * c + b * d;
        sumIm += a * d - b * c;
    }
    out[0] = out[1] = 0;
    for (std::size_t l = 0; l < kLanes; ++l) {
        out[0] += static_cast<double>(sumRe[l]);
        out[1] += static_cast<double>(sumIm[l]);
    }
}

/// A band's envelope in one frame.
struct Envelope {
    double power = 0;
    std::array<double, 2 * kLags> lines{};  ///< weighted by rate, over the power
};

}  // namespace

struct RoughnessMeter::Impl {
    Impl() : fft(kSize), window(kSize), re(kSize), im(kSize) {
        for (int i = 0; i < kSize; ++i)
            window[static_cast<std::size_t>(i)] =
                static_cast<float>(0.5 - 0.5 * std::cos(2 * std::numbers::pi * i / kSize));
        for (std::size_t b = 0; b < kBands; ++b) bands.push_back(makeBand(b));
    }

    /// The frame from `from` on.
    void analyse(const float* from) {
        const auto real = fft.real();
        for (std::size_t i = 0; i < window.size(); ++i) real[i] = from[i] * window[i];
        fft.forward();
        const auto* const bins = reinterpret_cast<const float*>(fft.bins().data());
        for (std::size_t b = 0; b < kBands; ++b) {
            const Band& band = bands[b];
            const std::size_t n = band.weights.size();
            weigh(bins + 2 * band.first, band.weights.data(), re.data(), im.data(), n);
            std::fill_n(re.begin() + static_cast<std::ptrdiff_t>(n), kFirstLag + kLags, 0.0F);
            std::fill_n(im.begin() + static_cast<std::ptrdiff_t>(n), kFirstLag + kLags, 0.0F);
            double sums[2];
            autocorrelate(re.data(), im.data(), n, 0, sums);
            envelopes[b].power = sums[0];
            for (std::size_t m = 0; m < kLags; ++m) {
                autocorrelate(re.data(), im.data(), n, m + kFirstLag, sums);
                const double scale = envelopes[b].power > 0 ? band.rates[m] / envelopes[b].power : 0;
                envelopes[b].lines[2 * m] = scale * sums[0];
                envelopes[b].lines[2 * m + 1] = scale * sums[1];
            }
        }
    }

    RealFft fft;
    std::vector<float> window;
    std::vector<Band> bands;
    std::vector<float> re, im;
    std::array<Envelope, kBands> envelopes;
};

RoughnessMeter::RoughnessMeter() : m_impl(std::make_unique<Impl>()) {}
RoughnessMeter::RoughnessMeter(RoughnessMeter&&) noexcept = default;
RoughnessMeter& RoughnessMeter::operator=(RoughnessMeter&&) noexcept = default;
RoughnessMeter::~RoughnessMeter() = default;

double RoughnessMeter::measure(const ScaledSound& sound) {
    Impl& s = *m_impl;
    std::vector<std::pair<double, double>> frames;  // modulation, loudness
    double all = 0;
    for (std::size_t at = 0; at < sound.length; at += kHop) {
        s.analyse(sound.padded.data() + ScaledSound::kMargin + at - kHop);
        double highest = 0;
        for (const Envelope& envelope : s.envelopes) highest = std::max(highest, envelope.power);
        if (!(highest > 0)) continue;
        const double masked = kMasked * std::sqrt(std::sqrt(highest));
        double sum = 0, weights = 0;
        for (std::size_t b = 0; b + 1 < kBands; ++b) {
            const Envelope &one = s.envelopes[b], &next = s.envelopes[b + 1];
            double together = 0;
            for (std::size_t i = 0; i < one.lines.size(); ++i) together += one.lines[i] * next.lines[i];
            const double level = std::sqrt(std::sqrt(std::sqrt(one.power * next.power)));
            const double loudness = std::max(0.0, level - masked);
            sum += loudness * together;
            weights += loudness;
        }
        if (!(weights > 0)) continue;
        frames.emplace_back(sum / weights, weights);
        all += weights;
    }
    // The weighted median.
    std::sort(frames.begin(), frames.end());
    double below = 0;
    for (const auto& [modulation, loudness] : frames) {
        below += loudness;
        if (below >= 0.5 * all) return std::sqrt(std::max(0.0, modulation)) / kOneAsper;
    }
    return 0;
}

}  // namespace smidgen
