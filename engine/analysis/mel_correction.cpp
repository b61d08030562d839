#include "engine/analysis/mel_correction.h"

#include <algorithm>

namespace smidgen {
namespace {

constexpr float kLargestFactor = 4.0F;
/// Far below the mel's floor: what is silent stays so.
constexpr float kTiny = 1e-7F;

}  // namespace

MelCorrection::MelCorrection(const MelBank& bank)
    : m_bank(&bank),
      m_stft(bank.shape().stft),
      m_binSums(static_cast<std::size_t>(bank.shape().stft.bins())) {
    const std::vector<float> ones(static_cast<std::size_t>(bank.shape().bands), 1.0F);
    bank.applyTransposed(ones, m_binSums);
}

void MelCorrection::apply(std::span<const float> mel, int rounds, int updates, std::vector<float>& signal) {
    const auto bands = static_cast<std::size_t>(m_bank->shape().bands);
    const std::size_t bins = m_binSums.size();
    std::vector<float> factors(bands);
    std::vector<float> scaling(bins);
    for (int round = 0; round < rounds; ++round) {
        m_stft.magnitudes(signal, m_magnitudes);
        const std::size_t frames = std::min(m_magnitudes.size() / bins, mel.size() / bands);
        for (std::size_t t = 0; t < frames; ++t) {
            const std::span<float> row(m_magnitudes.data() + t * bins, bins);
            const float* const wanted = mel.data() + t * bands;
            for (int update = 0; update < updates; ++update) {
                m_bank->apply(row, factors);
                for (std::size_t b = 0; b < bands; ++b)
                    factors[b] = std::clamp((wanted[b] + kTiny) / (factors[b] + kTiny), 1.0F / kLargestFactor,
                                            kLargestFactor);
                m_bank->applyTransposed(factors, scaling);
                for (std::size_t k = 0; k < bins; ++k)
                    if (m_binSums[k] > 0.0F) row[k] *= scaling[k] / m_binSums[k];
            }
        }
        m_result.resize(signal.size());
        m_stft.imposeMagnitudes(signal, m_magnitudes, m_result);
        signal.swap(m_result);
    }
}

}  // namespace smidgen
