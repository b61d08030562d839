#include "engine/analysis/mel_correction.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace smidgen {
namespace {

constexpr float kLargestFactor = 4.0F;
/// Far below the mel's floor: what is silent stays so.
constexpr float kTiny = 1e-7F;

constexpr std::int64_t kEnvelopeHop = 128;
constexpr std::int64_t kEnvelopeReach = 8;  ///< hops: 1024 samples
constexpr double kLargestRise = 1.25;       ///< 1 dB
/// Only what is this far below its surroundings is held down (15 dB): the envelope of a low tone dips by
/// less.
constexpr double kQuietShare = 0.03;
constexpr double kTinyEnergy = 1e-14;
constexpr std::size_t kLanes = 8;

/// Sums of squares per hop, the last one perhaps of fewer samples.
std::vector<double> hopEnergies(std::span<const float> signal) {
    std::vector<double> energies((signal.size() + kEnvelopeHop - 1) / kEnvelopeHop, 0.0);
    for (std::size_t hop = 0; hop < energies.size(); ++hop) {
        const std::size_t first = hop * kEnvelopeHop;
        const auto part = signal.subspan(first, std::min<std::size_t>(kEnvelopeHop, signal.size() - first));
        float sums[kLanes] = {};
        std::size_t i = 0;
        for (; i + kLanes <= part.size(); i += kLanes)
            for (std::size_t lane = 0; lane < kLanes; ++lane) sums[lane] += part[i + lane] * part[i + lane];
        for (; i < part.size(); ++i) sums[0] += part[i] * part[i];
        for (const float sum : sums) energies[hop] += static_cast<double>(sum);
    }
    return energies;
}

}  // namespace

EnvelopeLimit::EnvelopeLimit(std::span<const float> before) : m_own(hopEnergies(before)) {}

void EnvelopeLimit::apply(std::span<float> after) const {
    const std::vector<double> told = hopEnergies(after);
    const auto hops = static_cast<std::int64_t>(std::min(m_own.size(), told.size()));
    // Gains at the borders between hops, each from the hop on either side.
    std::vector<float> gains(told.size() + 1, 1.0F);
    const auto reached = [&](std::int64_t border, std::int64_t reach) {
        return std::pair{std::max<std::int64_t>(0, border - reach), std::min(hops, border + reach)};
    };
    const auto sum = [&](const std::vector<double>& energies, std::int64_t border, std::int64_t reach) {
        const auto [first, last] = reached(border, reach);
        double total = 0;
        for (std::int64_t h = first; h < last; ++h) total += energies[static_cast<std::size_t>(h)];
        return total;
    };
    const auto samples = [&](std::int64_t border, std::int64_t reach) {
        const auto [first, last] = reached(border, reach);
        return static_cast<double>(std::min(static_cast<std::int64_t>(after.size()), last * kEnvelopeHop) -
                                   first * kEnvelopeHop);
    };
    bool limited = false;
    for (std::int64_t border = 0; border <= hops; ++border) {
        const double ownHere = sum(m_own, border, 1), toldHere = sum(told, border, 1);
        const double ownAround = sum(m_own, border, kEnvelopeReach);
        const double share = samples(border, 1) / std::max(1.0, samples(border, kEnvelopeReach));
        if (ownHere > kQuietShare * share * ownAround) continue;
        const double allowed = kLargestRise * (ownHere + kTinyEnergy) *
                               (sum(told, border, kEnvelopeReach) + kTinyEnergy) / (ownAround + kTinyEnergy);
        if (toldHere <= allowed) continue;
        gains[static_cast<std::size_t>(border)] = static_cast<float>(std::sqrt(allowed / toldHere));
        limited = true;
    }
    if (!limited) return;
    for (std::size_t hop = 0; hop < told.size(); ++hop) {
        if (gains[hop] == 1.0F && gains[hop + 1] == 1.0F) continue;
        const std::size_t first = hop * kEnvelopeHop;
        for (std::size_t i = first; i < std::min(after.size(), first + kEnvelopeHop); ++i) {
            const float place = (static_cast<float>(i - first) + 0.5F) / kEnvelopeHop;
            after[i] *= gains[hop] + place * (gains[hop + 1] - gains[hop]);
        }
    }
}

MelCorrection::MelCorrection(const MelBank& bank)
    : m_bank(&bank),
      m_stft(bank.shape().stft),
      m_binShares(static_cast<std::size_t>(bank.shape().stft.bins())) {
    const std::vector<float> ones(static_cast<std::size_t>(bank.shape().bands), 1.0F);
    bank.applyTransposed(ones, m_binShares);
    for (float& share : m_binShares) {
        m_binRest.push_back(share > 0.0F ? 0.0F : 1.0F);
        share = share > 0.0F ? 1.0F / share : 0.0F;
    }
}

void MelCorrection::apply(std::span<const float> mel, int rounds, int updates, std::vector<float>& signal) {
    const auto bands = static_cast<std::size_t>(m_bank->shape().bands);
    const std::size_t bins = m_binShares.size();
    std::vector<float> row(bins), gains(bins), scaling(bins), factors(bands);
    const auto change = [&](std::size_t t, std::span<std::complex<float>> spectrum) {
        if (t >= mel.size() / bands) return;
        const float* const wanted = mel.data() + t * bands;
        float* const parts = reinterpret_cast<float*>(spectrum.data());
        for (std::size_t k = 0; k < bins; ++k)
            row[k] = std::sqrt(parts[2 * k] * parts[2 * k] + parts[2 * k + 1] * parts[2 * k + 1]);
        std::fill(gains.begin(), gains.end(), 1.0F);
        for (int update = 0; update < updates; ++update) {
            m_bank->apply(row, factors);
            for (std::size_t b = 0; b < bands; ++b)
                factors[b] = std::clamp((wanted[b] + kTiny) / (factors[b] + kTiny), 1.0F / kLargestFactor,
                                        kLargestFactor);
            m_bank->applyTransposed(factors, scaling);
            for (std::size_t k = 0; k < bins; ++k) {
                const float gain = scaling[k] * m_binShares[k] + m_binRest[k];
                row[k] *= gain;
                gains[k] *= gain;
            }
        }
        for (std::size_t k = 0; k < bins; ++k) {
            parts[2 * k] *= gains[k];
            parts[2 * k + 1] *= gains[k];
        }
    };
    for (int round = 0; round < rounds; ++round) {
        m_stft.changeFrames(signal, change, m_changed);
        signal.swap(m_changed);
    }
}

}  // namespace smidgen
