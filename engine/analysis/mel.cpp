#include "engine/analysis/mel.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

#include "engine/foundation/vectorised.h"

namespace smidgen {
namespace {

constexpr int kLanes = 16;
/// No sound within full scale comes near: keeps nonsense finite.
constexpr float kLogMelCeiling = 16.0F;

double hzToMel(double hz) {
    return 2595.0 * std::log10(1.0 + hz / 700.0);
}
double melToHz(double mel) {
    return 700.0 * (std::pow(10.0, mel / 2595.0) - 1.0);
}

/// So many floats at any address; the compiler splits them into the registers there are.
typedef float Lanes __attribute__((vector_size(kLanes * sizeof(float)), aligned(sizeof(float))));

Lanes& lanesAt(float* values) {
    return *reinterpret_cast<Lanes*>(values);
}
const Lanes& lanesAt(const float* values) {
    return *reinterpret_cast<const Lanes*>(values);
}

/// Wide triangles, laid end to end: band b has the weights start[b] … start[b + 1] from its first bin on, in
/// whole vectors but for a bank of very few bins.
struct Triangles {
    const int* firstBin;
    const std::size_t* start;
    const float* weights;
};

SMIDGEN_VECTORISED
void applyTriangles(const Triangles& triangles, std::size_t firstBand, std::size_t lastBand,
                    const float* __restrict row, float* __restrict out) {
    for (std::size_t b = firstBand; b < lastBand; ++b) {
        const float* const values = row + triangles.firstBin[b];
        const float* const weights = triangles.weights + triangles.start[b];
        const std::size_t count = triangles.start[b + 1] - triangles.start[b];
        const std::size_t whole = count / kLanes * kLanes;
        float sums[kLanes] = {};
        for (std::size_t i = 0; i < whole; i += kLanes)
            for (std::size_t lane = 0; lane < kLanes; ++lane)
                sums[lane] += values[i + lane] * weights[i + lane];
        for (std::size_t half = kLanes / 2; half > 0; half /= 2)
            for (std::size_t lane = 0; lane < half; ++lane) sums[lane] += sums[lane + half];
        for (std::size_t i = whole; i < count; ++i) sums[0] += values[i] * weights[i];
        out[b] = sums[0];
    }
}

/// Sums of weighted inputs, sixteen sums side by side: `out` gets `outputs` of them from its beginning on.
SMIDGEN_VECTORISED
void applyGroups(const MelBank::SumGroup* groups, std::size_t outputs, const float* __restrict weights,
                 const float* __restrict inputs, float* __restrict out) {
    for (std::size_t first = 0; first < outputs; first += kLanes, ++groups) {
        const float* values = inputs + groups->firstInput;
        const float* const end = values + groups->inputs;
        const float* rows = weights + groups->start;
        Lanes even{}, odd{};
        for (; values + 2 <= end; values += 2, rows += 2 * kLanes) {
            even += values[0] * lanesAt(rows);
            odd += values[1] * lanesAt(rows + kLanes);
        }
        if (values < end) even += *values * lanesAt(rows);
        even += odd;
        if (first + kLanes <= outputs)
            lanesAt(out + first) = even;
        else
            std::memcpy(out + first, &even, (outputs - first) * sizeof(float));
    }
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

MelBank::MelBank(const MelShape& shape, double frequencyScale) : m_shape(shape), m_start{0} {
    const int bins = shape.stft.bins();
    const double low = hzToMel(shape.lowHz);
    const double step = (hzToMel(shape.highHz) - low) / (shape.bands + 1);
    const double binHz = static_cast<double>(shape.rate) / shape.stft.fftSize;
    const auto edge = [&](int index) { return melToHz(low + step * index) / frequencyScale; };
    for (int b = 0; b < shape.bands; ++b) {
        const double left = edge(b);
        const double centre = edge(b + 1);
        const double right = edge(b + 2);
        int firstBin = std::max(0, static_cast<int>(std::floor(left / binHz)) + 1);
        std::vector<float> weights;
        for (int k = firstBin; k < bins && k * binHz < right; ++k) {
            const double hz = k * binHz;
            const double weight = std::min((hz - left) / (centre - left), (right - hz) / (right - centre));
            weights.push_back(static_cast<float>(weight));
        }
        const double area = (right - left) / (2.0 * binHz);
        const double inside = std::accumulate(weights.begin(), weights.end(), 0.0);
        if (inside < 0.5 * area && right <= (bins - 1) * binHz) {
            const double position = centre / binHz;
            firstBin = std::min(static_cast<int>(position), bins - 2);
            const double fraction = position - firstBin;
            weights = {static_cast<float>(area * (1.0 - fraction)), static_cast<float>(area * fraction)};
        }
        if (weights.empty()) firstBin = 0;
        padToLanes(firstBin, weights, bins);
        m_firstBin.push_back(firstBin);
        m_weights.insert(m_weights.end(), weights.begin(), weights.end());
        m_start.push_back(m_weights.size());
    }
    groupSums();
}

void MelBank::groupSums() {
    const std::size_t bins = static_cast<std::size_t>(m_shape.stft.bins()), bands = m_firstBin.size();
    const std::vector<float> all = dense();
    const auto weight = [&](std::size_t band, std::size_t bin) { return all[band * bins + bin]; };
    // Those inputs that any of the outputs from `first` on takes.
    const auto addGroup = [](std::size_t first, std::size_t outputs, std::size_t inputs, const auto& weightOf,
                             std::vector<SumGroup>& groups, std::vector<float>& weights) {
        const std::size_t last = std::min(first + kLanes, outputs);
        const auto taken = [&](std::size_t input) {
            for (std::size_t o = first; o < last; ++o)
                if (weightOf(o, input) != 0.0F) return true;
            return false;
        };
        std::size_t from = 0, to = inputs;
        while (to > from && !taken(to - 1)) --to;
        while (from < to && !taken(from)) ++from;
        groups.push_back({from, to - from, weights.size()});
        for (std::size_t input = from; input < to; ++input)
            for (std::size_t o = first; o < first + kLanes; ++o)
                weights.push_back(o < last ? weightOf(o, input) : 0.0F);
    };
    for (std::size_t first = 0; first < bins; first += kLanes)
        addGroup(
            first, bins, bands, [&](std::size_t bin, std::size_t band) { return weight(band, bin); },
            m_binGroups, m_binWeights);
    for (std::size_t first = 0; first + kLanes <= bands; first += kLanes) {
        addGroup(first, bands, bins, weight, m_narrowGroups, m_narrowWeights);
        // Triangle by triangle costs its vectors, and as much again as eight for adding up each one's lanes.
        const std::size_t vectors = (m_start[first + kLanes] - m_start[first]) / kLanes + 8 * kLanes;
        if (m_narrowGroups.back().inputs <= vectors) continue;
        m_narrowWeights.resize(m_narrowGroups.back().start);
        m_narrowGroups.pop_back();
        break;
    }
}

void MelBank::apply(std::span<const float> magnitudes, std::span<float> out) const {
    const Triangles triangles{m_firstBin.data(), m_start.data(), m_weights.data()};
    const std::size_t bins = static_cast<std::size_t>(m_shape.stft.bins()), bands = m_firstBin.size();
    for (std::size_t t = 0; t < magnitudes.size() / bins; ++t) {
        const float* const row = magnitudes.data() + t * bins;
        float* const mel = out.data() + t * bands;
        applyGroups(m_narrowGroups.data(), m_narrowGroups.size() * kLanes, m_narrowWeights.data(), row, mel);
        applyTriangles(triangles, m_narrowGroups.size() * kLanes, bands, row, mel);
    }
}

void MelBank::applyTransposed(std::span<const float> mel, std::span<float> out) const {
    const std::size_t bins = static_cast<std::size_t>(m_shape.stft.bins()), bands = m_firstBin.size();
    for (std::size_t t = 0; t < mel.size() / bands; ++t)
        applyGroups(m_binGroups.data(), bins, m_binWeights.data(), mel.data() + t * bands,
                    out.data() + t * bins);
}

std::vector<float> MelBank::dense() const {
    const auto bins = static_cast<std::size_t>(m_shape.stft.bins());
    std::vector<float> weights(m_firstBin.size() * bins, 0.0F);
    for (std::size_t b = 0; b < m_firstBin.size(); ++b)
        std::copy(m_weights.begin() + static_cast<std::ptrdiff_t>(m_start[b]),
                  m_weights.begin() + static_cast<std::ptrdiff_t>(m_start[b + 1]),
                  weights.begin() + static_cast<std::ptrdiff_t>(b * bins) + m_firstBin[b]);
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
