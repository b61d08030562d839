#include "engine/analysis/pulse.h"

#include <algorithm>
#include <cmath>
#include <numeric>
namespace smidgen {
namespace {

constexpr double kSlowest = 30, kFastest = 300;
constexpr double kMiddleTempo = 120, kOctaves = 1.0;
constexpr double kRipple = 0.02;
constexpr std::size_t kMeanReach = 94;  ///< frames on each side of the running mean: one second
constexpr std::size_t kMultiples = 8;
constexpr std::size_t kSwellFrames = 8;

double bpmOf(double lag) {
    return 60 / (lag * kFrameSeconds);
}

/// The share of loudness that was not there kSwellFrames before, 0 … 1.
std::vector<double> swellCurve(const SoundFrames& frames) {
    std::vector<double> loudness(frames.count), curve(frames.count);
    double mean = 0;
    for (std::size_t t = 0; t < frames.count; ++t) {
        for (const float power : frames.bands(t))
            loudness[t] += static_cast<double>(std::sqrt(std::sqrt(power)));
        mean += loudness[t] / static_cast<double>(frames.count);
    }
    for (std::size_t t = kSwellFrames; t < frames.count && mean > 0; ++t)
        curve[t] = std::max(0.0, loudness[t] - loudness[t - kSwellFrames]) / (loudness[t] + 0.25 * mean);
    return curve;
}

/// By 1 2 1, so that a period between two frames correlates as well as any.
std::vector<double> smoothed(const std::vector<double>& curve) {
    std::vector<double> result(curve);
    for (std::size_t t = 1; t + 1 < curve.size(); ++t)
        result[t] = 0.25 * curve[t - 1] + 0.5 * curve[t] + 0.25 * curve[t + 1];
    return result;
}

std::vector<double> withoutRunningMean(const std::vector<double>& curve) {
    std::vector<double> sums(curve.size() + 1);
    std::partial_sum(curve.begin(), curve.end(), sums.begin() + 1);
    std::vector<double> result(curve.size());
    for (std::size_t t = 0; t < curve.size(); ++t) {
        const std::size_t from = t > kMeanReach ? t - kMeanReach : 0;
        const std::size_t to = std::min(curve.size(), t + kMeanReach + 1);
        result[t] = curve[t] - (sums[to] - sums[from]) / static_cast<double>(to - from);
    }
    return result;
}

/// r[lag] in −1 … 1 for lags below `lags`.
std::vector<double> correlations(const std::vector<double>& curve, std::size_t lags) {
    std::vector<float> x(curve.begin(), curve.end());
    std::vector<double> squares(x.size() + 1);
    for (std::size_t t = 0; t < x.size(); ++t)
        squares[t + 1] = squares[t] + static_cast<double>(x[t]) * static_cast<double>(x[t]);
    std::vector<double> r(lags);
    constexpr std::size_t kLanes = 16;
    for (std::size_t lag = 0; lag < lags; ++lag) {
        const std::size_t n = x.size() - lag;
        float lanes[kLanes] = {};
        std::size_t t = 0;
        for (; t + kLanes <= n; t += kLanes)
            for (std::size_t l = 0; l < kLanes; ++l) lanes[l] += x[t + l] * x[t + l + lag];
        double sum = 0;
        for (const float lane : lanes) sum += static_cast<double>(lane);
        for (; t < n; ++t) sum += static_cast<double>(x[t] * x[t + lag]);
        const double norm = std::sqrt(squares[n] * (squares.back() - squares[lag]));
        r[lag] = norm > 0 ? sum / norm : 0;
    }
    return r;
}

/// The highest place of the parabola through three points, from −1 to 1 about the middle one.
double vertex(double left, double middle, double right) {
    const double curvature = left - 2 * middle + right;
    return curvature < 0 ? std::clamp(0.5 * (left - right) / curvature, -1.0, 1.0) : 0.0;
}

/// The period from the maxima of r near its multiples, the farthest of them counting most.
double refined(const std::vector<double>& r, std::size_t lag) {
    double period = static_cast<double>(lag) + vertex(r[lag - 1], r[lag], r[lag + 1]);
    for (std::size_t k = 2; k <= kMultiples; ++k) {
        const auto middle = static_cast<std::size_t>(std::lround(static_cast<double>(k) * period));
        if (middle + 3 >= r.size()) break;
        const auto best =
            static_cast<std::size_t>(std::max_element(r.begin() + static_cast<std::ptrdiff_t>(middle) - 2,
                                                      r.begin() + static_cast<std::ptrdiff_t>(middle) + 3) -
                                     r.begin());
        if (r[best] < 0.5 * r[lag] || best == middle - 2 || best == middle + 2) continue;
        period =
            (static_cast<double>(best) + vertex(r[best - 1], r[best], r[best + 1])) / static_cast<double>(k);
    }
    return period;
}

PulseEstimate pulseOfCurve(const std::vector<double>& onsets) {
    PulseEstimate result;
    const auto shortest = static_cast<std::size_t>(std::floor(60 / (kFastest * kFrameSeconds)));
    const auto longest =
        std::min(static_cast<std::size_t>(std::ceil(60 / (kSlowest * kFrameSeconds))), onsets.size() / 2);
    if (longest < shortest + 4) return result;
    const std::vector<double> curve = withoutRunningMean(smoothed(onsets));
    const std::vector<double> r =
        correlations(curve, std::min(kMultiples * longest + 4, onsets.size() - onsets.size() / 4));
    const auto at = [&](std::size_t lag) { return lag < r.size() ? r[lag] : 0.0; };
    const auto near = [&](std::size_t lag) { return std::max({at(lag - 1), at(lag), at(lag + 1)}); };
    double strongest = -1, bestScore = -1;
    std::size_t best = shortest;
    for (std::size_t lag = shortest; lag <= longest; ++lag) {
        const double one = at(lag), two = near(2 * lag), four = near(4 * lag);
        const double both = 2 * lag < r.size() ? 0.5 * (one + two) : one * 0.75;
        strongest = std::max(strongest, both);
        const double octaves = std::log2(bpmOf(static_cast<double>(lag)) / kMiddleTempo) / kOctaves;
        const double score = (one + 0.5 * two + 0.5 * four) * std::exp(-0.5 * octaves * octaves);
        const bool peak = one >= at(lag - 1) && one >= at(lag + 1);
        if (peak && score > bestScore) {
            bestScore = score;
            best = lag;
        }
    }
    std::vector<double> lags(r.begin() + static_cast<std::ptrdiff_t>(shortest),
                             r.begin() + static_cast<std::ptrdiff_t>(std::min(longest + 1, r.size())));
    std::nth_element(lags.begin(), lags.begin() + static_cast<std::ptrdiff_t>(lags.size() / 2), lags.end());
    const double median = std::max(-0.25, lags[lags.size() / 2]);
    double square = 0;
    for (const double value : curve) square += value * value / static_cast<double>(curve.size());
    const double deviation = std::sqrt(square);
    const double chance = 2 / std::sqrt(0.4 * static_cast<double>(onsets.size()));
    result.strength = std::clamp(strongest - median - chance, 0.0, 1.0) * deviation / (deviation + kRipple);
    result.tempo.bpm = std::clamp(bpmOf(refined(r, best)), kSlowest, kFastest);
    result.tempo.confidence = result.strength;
    return result;
}

}  // namespace

PulseEstimate pulseOf(const SoundFrames& frames, const std::vector<double>& onsets) {
    const PulseEstimate struck = pulseOfCurve(onsets), swelling = pulseOfCurve(swellCurve(frames));
    PulseEstimate result = swelling.strength > 1.5 * struck.strength ? swelling : struck;
    result.strength = result.tempo.confidence = std::max(struck.strength, swelling.strength);
    return result;
}

}  // namespace smidgen
