#include "engine/analysis/mel.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace smidgen {
namespace {

constexpr int kLanes = 4;
/// No sound within full scale comes near: keeps nonsense finite.
constexpr float kLogMelCeiling = 16.0F;

double hzToMel(double hz) {
    return 2595.0 * std::log10(1.0 + hz / 700.0);
}
double melToHz(double mel) {
    return 700.0 * (std::pow(10.0, mel / 2595.0) - 1.0);
}

/// n: a multiple of kLanes.
float dot(const float* __restrict a, const float* __restrict b, std::size_t n) {
    float sums[kLanes] = {};
    for (std::size_t i = 0; i < n; i += kLanes)
        for (std::size_t lane = 0; lane < kLanes; ++lane) sums[lane] += a[i + lane] * b[i + lane];
    return (sums[0] + sums[2]) + (sums[1] + sums[3]);
}

/// Pads to whole vectors without reaching beyond the last bin (the start moves down instead).
void padToLanes(int& firstBin, std::vector<float>& weights, int bins) {
    const int padded = (static_cast<int>(weights.size()) + kLanes - 1) / kLanes * kLanes;
    if (padded > bins) return;
    const int before = std::max(0, firstBin + padded - bins);
    weights.insert(weights.begin(), static_cast<std::size_t>(before), 0.0F);
    weights.resize(static_cast<std::size_t>(padded), 0.0F);
    firstBin -= before;
}

}  // namespace

MelBank::MelBank(const MelShape& shape, double frequencyScale) : m_shape(shape) {
    const int bins = shape.stft.bins();
    const double low = hzToMel(shape.lowHz);
    const double step = (hzToMel(shape.highHz) - low) / (shape.bands + 1);
    const double binHz = static_cast<double>(shape.rate) / shape.stft.fftSize;
    const auto edge = [&](int index) { return melToHz(low + step * index) / frequencyScale; };
    m_bands.resize(static_cast<std::size_t>(shape.bands));
    for (int b = 0; b < shape.bands; ++b) {
        Band& band = m_bands[static_cast<std::size_t>(b)];
        const double left = edge(b);
        const double centre = edge(b + 1);
        const double right = edge(b + 2);
        band.firstBin = std::max(0, static_cast<int>(std::floor(left / binHz)) + 1);
        for (int k = band.firstBin; k < bins && k * binHz < right; ++k) {
            const double hz = k * binHz;
            const double weight = std::min((hz - left) / (centre - left), (right - hz) / (right - centre));
            band.weights.push_back(static_cast<float>(weight));
        }
        const double area = (right - left) / (2.0 * binHz);
        const double inside = std::accumulate(band.weights.begin(), band.weights.end(), 0.0);
        if (inside < 0.5 * area && right <= (bins - 1) * binHz) {
            const double position = centre / binHz;
            band.firstBin = std::min(static_cast<int>(position), bins - 2);
            const double fraction = position - band.firstBin;
            band.weights = {static_cast<float>(area * (1.0 - fraction)), static_cast<float>(area * fraction)};
        }
        if (band.weights.empty()) band.firstBin = 0;
        padToLanes(band.firstBin, band.weights, bins);
    }
}

void MelBank::apply(std::span<const float> magnitudes, std::span<float> out) const {
    const auto bins = static_cast<std::size_t>(m_shape.stft.bins());
    const std::size_t frames = magnitudes.size() / bins;
    for (std::size_t t = 0; t < frames; ++t) {
        const float* const row = magnitudes.data() + t * bins;
        float* const result = out.data() + t * m_bands.size();
        for (std::size_t b = 0; b < m_bands.size(); ++b) {
            const Band& band = m_bands[b];
            const std::size_t whole = band.weights.size() / kLanes * kLanes;
            float sum = dot(row + band.firstBin, band.weights.data(), whole);
            for (std::size_t i = whole; i < band.weights.size(); ++i)
                sum += row[static_cast<std::size_t>(band.firstBin) + i] * band.weights[i];
            result[b] = sum;
        }
    }
}

void MelBank::applyTransposed(std::span<const float> mel, std::span<float> out) const {
    const auto bins = static_cast<std::size_t>(m_shape.stft.bins());
    const std::size_t frames = mel.size() / m_bands.size();
    for (std::size_t t = 0; t < frames; ++t) {
        float* const row = out.data() + t * bins;
        std::fill_n(row, bins, 0.0F);
        for (std::size_t b = 0; b < m_bands.size(); ++b) {
            const Band& band = m_bands[b];
            const float value = mel[t * m_bands.size() + b];
            for (std::size_t i = 0; i < band.weights.size(); ++i)
                row[static_cast<std::size_t>(band.firstBin) + i] += band.weights[i] * value;
        }
    }
}

std::vector<float> MelBank::dense() const {
    const auto bins = static_cast<std::size_t>(m_shape.stft.bins());
    std::vector<float> weights(m_bands.size() * bins, 0.0F);
    for (std::size_t b = 0; b < m_bands.size(); ++b)
        std::copy(m_bands[b].weights.begin(), m_bands[b].weights.end(),
                  weights.begin() + static_cast<std::ptrdiff_t>(b * bins) + m_bands[b].firstBin);
    return weights;
}

void toLogMel(std::span<float> mel) {
    for (float& value : mel) value = value > kMelFloor ? std::log(value) : kLogMelFloor;
}

std::vector<float> fromLogMel(std::span<const float> logMel) {
    std::vector<float> mel(logMel.size());
    for (std::size_t i = 0; i < mel.size(); ++i)
        mel[i] = logMel[i] > kLogMelFloor ? std::exp(std::min(logMel[i], kLogMelCeiling)) : 0.0F;
    return mel;
}

MelAnalyzer::MelAnalyzer(const MelShape& shape)
    : m_stft(shape.stft), m_bank(shape), m_scratch(static_cast<std::size_t>(shape.stft.bins())) {}

void MelAnalyzer::analyzeFrame(std::span<const float> signal, std::int64_t centre, const MelBank& bank,
                               std::span<float> out) {
    m_stft.frameMagnitudes(signal, centre, m_scratch);
    bank.apply(m_scratch, out);
    toLogMel(out);
}

LogMel MelAnalyzer::analyze(std::span<const float> signal) {
    LogMel mel;
    mel.bands = m_bank.shape().bands;
    const std::int64_t frames = m_stft.frameCount(Samples(static_cast<std::int64_t>(signal.size()))).value;
    mel.values.resize(static_cast<std::size_t>(frames * mel.bands));
    for (std::int64_t t = 0; t < frames; ++t)
        analyzeFrame(signal, t * m_bank.shape().stft.hop, m_bank, mel.frame(t));
    return mel;
}

}  // namespace smidgen
