#include "engine/analysis/mel_correction.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/foundation/vectorised.h"

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

/// parts: n complex numbers.
SMIDGEN_VECTORISED
void moduli(std::size_t n, const float* __restrict parts, float* __restrict out) {
    for (std::size_t k = 0; k < n; ++k)
        out[k] = std::sqrt(parts[2 * k] * parts[2 * k] + parts[2 * k + 1] * parts[2 * k + 1]);
}

/// told ← wanted / told, within bounds.
SMIDGEN_VECTORISED
void wantedFactors(std::size_t n, const float* __restrict wanted, float* __restrict told) {
    for (std::size_t b = 0; b < n; ++b) {
        float factor = (wanted[b] + kTiny) / (told[b] + kTiny);
        factor = factor < kLargestFactor ? factor : kLargestFactor;
        told[b] = factor > 1.0F / kLargestFactor ? factor : 1.0F / kLargestFactor;
    }
}

SMIDGEN_VECTORISED
void scaleBins(std::size_t n, const float* __restrict scaling, const float* __restrict shares,
               const float* __restrict rest, float* __restrict row, float* __restrict gains) {
    for (std::size_t k = 0; k < n; ++k) {
        const float gain = scaling[k] * shares[k] + rest[k];
        row[k] *= gain;
        gains[k] *= gain;
    }
}

SMIDGEN_VECTORISED
void scaleParts(std::size_t n, const float* __restrict gains, float* __restrict parts) {
    for (std::size_t k = 0; k < n; ++k) {
        parts[2 * k] *= gains[k];
        parts[2 * k + 1] *= gains[k];
    }
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
        moduli(bins, parts, row.data());
        std::fill(gains.begin(), gains.end(), 1.0F);
        for (int update = 0; update < updates; ++update) {
            m_bank->apply(row, factors);
            wantedFactors(bands, wanted, factors.data());
            m_bank->applyTransposed(factors, scaling);
            scaleBins(bins, scaling.data(), m_binShares.data(), m_binRest.data(), row.data(), gains.data());
        }
        scaleParts(bins, gains.data(), parts);
    };
    for (int round = 0; round < rounds; ++round) {
        m_stft.changeFrames(signal, change, m_changed);
        signal.swap(m_changed);
    }
}

void MelCorrection::applyLimited(std::span<const float> mel, int rounds, int updates,
                                 std::vector<float>& signal) {
    if (rounds <= 0) return;
    const EnvelopeLimit limit(signal);
    for (int round = 0; round < rounds; ++round) {
        apply(mel, 1, updates, signal);
        limit.apply(signal);
    }
}

}  // namespace smidgen
