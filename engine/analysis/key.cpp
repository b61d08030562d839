#include "engine/analysis/key.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

namespace smidgen {
namespace {

using Chroma = std::array<double, 12>;
constexpr Chroma kMajor{6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88};
constexpr Chroma kMinor{6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17};
constexpr double kFullLead = 0.1;

double semitonesOf(float hz) {
    return 69 + 12 * std::log2(static_cast<double>(hz) / 440);
}

double correlation(const Chroma& chroma, const Chroma& profile, std::size_t tonic) {
    double meanA = 0, meanB = 0;
    for (std::size_t i = 0; i < 12; ++i) {
        meanA += chroma[i] / 12;
        meanB += profile[i] / 12;
    }
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < 12; ++i) {
        const double a = chroma[(i + tonic) % 12] - meanA, b = profile[i] - meanB;
        ab += a * b;
        aa += a * a;
        bb += b * b;
    }
    return aa > 0 ? ab / std::sqrt(aa * bb) : 0;
}

}  // namespace

KeyEstimate keyOf(const std::vector<PartialFrame>& frames) {
    std::complex<double> tuning = 0;
    for (const PartialFrame& frame : frames)
        for (const Partial& partial : frame.partials)
            tuning += std::polar(static_cast<double>(partial.weight),
                                 2 * std::numbers::pi * semitonesOf(partial.hz));
    const double shift = std::abs(tuning) > 0 ? std::arg(tuning) / (2 * std::numbers::pi) : 0;
    Chroma chroma{};
    for (const PartialFrame& frame : frames) {
        for (const Partial& partial : frame.partials) {
            const double pitch = semitonesOf(partial.hz) - shift;
            const double nearest = std::round(pitch);
            const double closeness = std::cos(std::numbers::pi * (pitch - nearest));
            const auto pitchClass = static_cast<std::size_t>((static_cast<int>(nearest) % 12 + 12) % 12);
            chroma[pitchClass] += static_cast<double>(partial.weight) * closeness * closeness;
        }
    }
    KeyEstimate key;
    double best = 0, second = 0;
    for (int tonic = 0; tonic < 12; ++tonic) {
        for (const bool minor : {false, true}) {
            const double r = correlation(chroma, minor ? kMinor : kMajor, static_cast<std::size_t>(tonic));
            if (r > best) {
                second = best;
                best = r;
                key.tonic = tonic;
                key.minor = minor;
            } else {
                second = std::max(second, r);
            }
        }
    }
    key.confidence = best * std::min(1.0, (best - second) / kFullLead);
    return key;
}

}  // namespace smidgen
