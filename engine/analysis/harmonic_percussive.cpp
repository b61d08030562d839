#include "engine/analysis/harmonic_percussive.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "engine/analysis/sorting_network.h"
#include "engine/foundation/vectorised.h"

namespace smidgen {
namespace {

constexpr std::size_t kLength = HarmonicPercussive::kLength;
constexpr std::size_t kBins = HarmonicPercussive::kBins;
constexpr std::size_t kStride = kBins + 2 * HarmonicPercussive::kReach;
constexpr std::size_t kMiddle = kLength / 2;
constexpr std::size_t kLanes = 16;
/// Sixteen non-negative floats by their bits, which order as integers do.
using Lanes = std::int32_t __attribute__((vector_size(4 * kLanes)));
using Floats = float __attribute__((vector_size(4 * kLanes)));

/// Median of the kLength numbers `step` apart from `from` on, for sixteen places.
[[gnu::always_inline]] inline void medianOf(const float* const* from, std::size_t at, Floats& out) {
    Lanes v[kLength];
    for (std::size_t k = 0; k < kLength; ++k) std::memcpy(&v[k], from[k] + at, sizeof v[k]);
    sortByNetwork(v);
    std::memcpy(&out, &v[kMiddle], sizeof out);
}

/// along[k], across[k]: the frames, and the shifted middle frame. Adds to the sums of the weights, which are
/// √magnitude, and of their percussive share.
SMIDGEN_VECTORISED
void split(const float* const* along, const float* const* across, float* all, float* percussive) {
    for (std::size_t at = 0; at < kBins; at += kLanes) {
        Floats steady, struck, magnitude, weight, sum, share;
        medianOf(along, at, steady);
        medianOf(across, at, struck);
        std::memcpy(&magnitude, along[kMiddle] + at, sizeof magnitude);
        std::memcpy(&sum, all + at, sizeof sum);
        std::memcpy(&share, percussive + at, sizeof share);
        for (std::size_t l = 0; l < kLanes; ++l) weight[l] = std::sqrt(magnitude[l]);
        const Floats p = struck * struck, h = steady * steady;
        sum += weight;
        share += weight * (p + 1e-20F) / (p + h + 2e-20F);
        std::memcpy(all + at, &sum, sizeof sum);
        std::memcpy(percussive + at, &share, sizeof share);
    }
}

}  // namespace

double countsAtLevel(double decibels) {
    constexpr double kWhole = -60, kNothing = -80;
    return std::clamp((decibels - kNothing) / (kWhole - kNothing), 0.0, 1.0);
}

HarmonicPercussive::HarmonicPercussive() : m_rows(kLength * kStride), m_all(kBins), m_percussive(kBins) {}

void HarmonicPercussive::start() {
    std::ranges::fill(m_rows, 0.0F);
    std::ranges::fill(m_all, 0.0F);
    std::ranges::fill(m_percussive, 0.0F);
    m_pushed = 0;
}

float* HarmonicPercussive::row(std::size_t frame) {
    return m_rows.data() + (frame % kLength) * kStride + kReach;
}

void HarmonicPercussive::add(std::size_t frame) {
    const float* along[kLength];
    const float* across[kLength];
    for (std::size_t k = 0; k < kLength; ++k) {
        along[k] = row(frame + kLength + k - kReach);
        across[k] = row(frame) + k - kReach;
    }
    split(along, across, m_all.data(), m_percussive.data());
}

void HarmonicPercussive::push(std::span<const float> magnitudes) {
    std::copy_n(magnitudes.begin(), kBins, row(m_pushed));
    ++m_pushed;
    if (m_pushed > kReach) add(m_pushed - 1 - kReach);
}

double HarmonicPercussive::finish() {
    const std::size_t frames = m_pushed;
    const std::vector<float> silence(kBins);
    while (m_pushed < frames + kReach) push(silence);
    const float strongest = *std::ranges::max_element(m_all);
    if (!(strongest > 0)) return 0;
    double whole = 0, percussive = 0;
    for (std::size_t k = 1; k < kBins; ++k) {
        if (!(m_all[k] > 0)) continue;
        const double decibels = 40 * std::log10(static_cast<double>(m_all[k] / strongest));
        const double counts = countsAtLevel(decibels) / static_cast<double>(k);
        whole += counts;
        percussive += counts * static_cast<double>(m_percussive[k] / m_all[k]);
    }
    return whole > 0 ? std::clamp(percussive / whole, 0.0, 1.0) : 0;
}

}  // namespace smidgen
