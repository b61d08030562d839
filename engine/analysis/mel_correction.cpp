#include "engine/analysis/mel_correction.h"

#include <algorithm>
#include <cmath>

namespace smidgen {
namespace {

constexpr float kLargestFactor = 4.0F;
/// Far below the mel's floor: what is silent stays so.
constexpr float kTiny = 1e-7F;

constexpr std::int64_t kEnvelopeHop = 128;
constexpr std::int64_t kEnvelopeReach = 8;  ///< hops: 1024 samples
constexpr double kLargestRise = 2.0;        ///< 3 dB
/// Only what is this far below its surroundings is held down (17 dB): the envelope of a low tone dips by
/// less.
constexpr double kQuietShare = 0.02;
constexpr double kTinyEnergy = 1e-14;

/// Sums of squares per hop, the last one perhaps of fewer samples.
std::vector<double> hopEnergies(std::span<const float> signal) {
    std::vector<double> energies((signal.size() + kEnvelopeHop - 1) / kEnvelopeHop, 0.0);
    for (std::size_t i = 0; i < signal.size(); ++i)
        energies[i / kEnvelopeHop] += static_cast<double>(signal[i]) * static_cast<double>(signal[i]);
    return energies;
}

}  // namespace

void limitToEnvelope(std::span<const float> before, std::span<float> after) {
    const std::vector<double> own = hopEnergies(before), told = hopEnergies(after);
    const auto hops = static_cast<std::int64_t>(own.size());
    // Gains at the borders between hops, each from the hop on either side.
    std::vector<float> gains(own.size() + 1, 1.0F);
    const auto sum = [&](const std::vector<double>& energies, std::int64_t border, std::int64_t reach) {
        double total = 0;
        for (std::int64_t h = std::max<std::int64_t>(0, border - reach); h < std::min(hops, border + reach);
             ++h)
            total += energies[static_cast<std::size_t>(h)];
        return total;
    };
    for (std::int64_t border = 0; border <= hops; ++border) {
        const double ownHere = sum(own, border, 1), toldHere = sum(told, border, 1);
        const double ownAround = sum(own, border, kEnvelopeReach);
        if (ownHere > kQuietShare / static_cast<double>(kEnvelopeReach) * ownAround) continue;
        const double allowed = kLargestRise * (ownHere + kTinyEnergy) *
                               (sum(told, border, kEnvelopeReach) + kTinyEnergy) / (ownAround + kTinyEnergy);
        if (toldHere > allowed)
            gains[static_cast<std::size_t>(border)] = static_cast<float>(std::sqrt(allowed / toldHere));
    }
    for (std::size_t i = 0; i < after.size(); ++i) {
        const std::size_t hop = i / kEnvelopeHop;
        const float place = (static_cast<float>(i % kEnvelopeHop) + 0.5F) / kEnvelopeHop;
        after[i] *= gains[hop] + place * (gains[hop + 1] - gains[hop]);
    }
}

MelCorrection::MelCorrection(const MelBank& bank)
    : m_bank(&bank),
      m_stft(bank.shape().stft),
      m_binShares(static_cast<std::size_t>(bank.shape().stft.bins())) {
    const std::vector<float> ones(static_cast<std::size_t>(bank.shape().bands), 1.0F);
    bank.applyTransposed(ones, m_binShares);
    for (float& share : m_binShares) share = share > 0.0F ? 1.0F / share : 0.0F;
}

void MelCorrection::apply(std::span<const float> mel, int rounds, int updates, std::vector<float>& signal) {
    const auto bands = static_cast<std::size_t>(m_bank->shape().bands);
    const std::size_t bins = m_binShares.size();
    std::vector<float> row(bins);
    std::vector<float> gains(bins);
    std::vector<float> factors(bands);
    std::vector<float> scaling(bins);
    const auto samples = Samples(static_cast<std::int64_t>(signal.size()));
    for (int round = 0; round < rounds; ++round) {
        m_stft.forward(signal, m_spectrum);
        const std::size_t frames = std::min(m_spectrum.size() / bins, mel.size() / bands);
        for (std::size_t t = 0; t < frames; ++t) {
            std::complex<float>* const spectrum = m_spectrum.data() + t * bins;
            const float* const wanted = mel.data() + t * bands;
            for (std::size_t k = 0; k < bins; ++k)
                row[k] = std::sqrt(spectrum[k].real() * spectrum[k].real() +
                                   spectrum[k].imag() * spectrum[k].imag());
            std::fill(gains.begin(), gains.end(), 1.0F);
            for (int update = 0; update < updates; ++update) {
                m_bank->apply(row, factors);
                for (std::size_t b = 0; b < bands; ++b)
                    factors[b] = std::clamp((wanted[b] + kTiny) / (factors[b] + kTiny), 1.0F / kLargestFactor,
                                            kLargestFactor);
                m_bank->applyTransposed(factors, scaling);
                for (std::size_t k = 0; k < bins; ++k) {
                    const float gain = m_binShares[k] > 0.0F ? scaling[k] * m_binShares[k] : 1.0F;
                    row[k] *= gain;
                    gains[k] *= gain;
                }
            }
            for (std::size_t k = 0; k < bins; ++k) spectrum[k] *= gains[k];
        }
        m_stft.inverse(m_spectrum, signal, samples);
    }
}

}  // namespace smidgen
