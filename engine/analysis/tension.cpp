#include "engine/analysis/tension.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace smidgen {
namespace {

constexpr double kRegisterHz = 370;
constexpr double kSteepness = 0.24 / (0.0207 * kRegisterHz + 18.96);
/// The curve's highest value before scaling, at Δf · s = ln(5.75 / 3.5) / (5.75 − 3.5).
constexpr double kHighest = 0.18044;
constexpr std::size_t kTableSize = 600;  ///< to the cent
constexpr double kTolerance = 25;        ///< cents
constexpr std::size_t kFundamentalsOf = 6;
constexpr int kLowestDivisor = 6;
constexpr double kResolved = 12, kUnresolved = 24;  ///< harmonics from which, and to which, belonging fades
constexpr float kLastingShare = 0.009F;             ///< of a frequency: 15 cents
constexpr float kPassing = 0.1F;

const std::array<double, kTableSize + 1>& dissonanceTable() {
    static const auto table = [] {
        std::array<double, kTableSize + 1> values{};
        for (std::size_t cents = 0; cents <= kTableSize; ++cents) {
            const double x = kSteepness * kRegisterHz * (std::exp2(static_cast<double>(cents) / 1200.0) - 1);
            values[cents] = (std::exp(-3.5 * x) - std::exp(-5.75 * x)) / kHighest;
        }
        return values;
    }();
    return table;
}

/// Of each partial, in the harmonics of `fundamental`; returns their sum by weight.
double memberships(const std::vector<Partial>& partials, double fundamental, std::span<double> out) {
    double sum = 0;
    for (std::size_t i = 0; i < partials.size(); ++i) {
        const double ratio = static_cast<double>(partials[i].hz) / fundamental;
        const double n = std::max(1.0, std::round(ratio));
        const double away = 1200 * std::log2(ratio / n) / kTolerance;
        // The share of the way to the next harmonic that the normal covers.
        const double chance = std::min(0.95, kTolerance * 2.5066 * n / 1731);
        const double belongs = std::abs(away) < 4 ? std::exp(-0.5 * away * away) : 0.0;
        const double heard = std::clamp((kUnresolved - n) / (kUnresolved - kResolved), 0.0, 1.0);
        out[i] = heard * std::max(0.0, (belongs - chance) / (1 - chance));
        sum += out[i] * static_cast<double>(partials[i].weight);
    }
    return sum;
}

double frameTension(const std::vector<Partial>& partials) {
    std::array<double, kMostPartials> best{}, each{}, octave{};
    double most = -1, whole = 0;
    for (std::size_t i = 0; i < partials.size(); ++i) {
        whole += static_cast<double>(partials[i].weight);
        octave[i] = std::log2(static_cast<double>(partials[i].hz));
    }
    for (std::size_t i = 0; i < std::min(kFundamentalsOf, partials.size()); ++i) {
        for (int n = 1; n <= kLowestDivisor; ++n) {
            const double belonging = memberships(partials, static_cast<double>(partials[i].hz) / n, each);
            if (belonging <= most) continue;
            most = belonging;
            best = each;
        }
    }
    double rubbing = 0, pairs = 0;
    for (std::size_t i = 0; i < partials.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            const double amplitudes =
                static_cast<double>(partials[i].weight) * static_cast<double>(partials[k].weight);
            const double weight = amplitudes * amplitudes;
            rubbing += weight * (1 - best[i] * best[k]) * foldedDissonance(octave[i] - octave[k]);
            pairs += weight;
        }
    }
    const double dissonance = pairs > 0 ? rubbing / pairs : 0;
    return 0.65 * dissonance + 0.35 * (1 - most / whole);
}

/// Weighted down where no partial of a neighbouring frame lies within some 15 cents: noise does not last.
std::vector<Partial> lastingPartials(const std::vector<PartialFrame>& frames, std::size_t at) {
    std::vector<Partial> partials = frames[at].partials;
    if (frames.size() < 2) return partials;
    for (Partial& partial : partials) {
        float lasting = 0;
        const auto compare = [&](const PartialFrame& neighbour) {
            for (const Partial& other : neighbour.partials) {
                const float away = (other.hz / partial.hz - 1) / kLastingShare;
                if (std::abs(away) < 3) lasting = std::max(lasting, std::exp(-0.5F * away * away));
            }
        };
        if (at > 0) compare(frames[at - 1]);
        if (at + 1 < frames.size()) compare(frames[at + 1]);
        partial.weight *= kPassing + (1 - kPassing) * lasting;
    }
    return partials;
}

}  // namespace

double foldedDissonance(double octaves) {
    const double folded = octaves - std::round(octaves);
    return dissonanceTable()[static_cast<std::size_t>(1200 * std::abs(folded) + 0.5)];
}

double tensionOf(const std::vector<PartialFrame>& frames) {
    double sum = 0, weight = 0;
    for (std::size_t t = 0; t < frames.size(); ++t) {
        if (frames[t].partials.empty()) continue;
        double tonal = 0, all = 0;
        const std::vector<Partial> lasting = lastingPartials(frames, t);
        for (std::size_t i = 0; i < lasting.size(); ++i) {
            tonal += static_cast<double>(lasting[i].weight);
            all += static_cast<double>(frames[t].partials[i].weight);
        }
        const double counts = frames[t].weight * tonal / all;
        sum += counts * frameTension(lasting);
        weight += counts;
    }
    return weight > 0 ? sum / weight : 0;
}

}  // namespace smidgen
