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

/// along[k], across[k]: the frames, and the shifted middle frame. → sums of the weights and of their
/// percussive share; a bin's weight is (magnitude · evenness)^¼.
SMIDGEN_VECTORISED
void split(const float* const* along, const float* const* across, const float* evenness, float* sums) {
    Floats all{}, percussive{};
    for (std::size_t at = 0; at < kBins; at += kLanes) {
        Floats steady, struck, magnitude;
        medianOf(along, at, steady);
        medianOf(across, at, struck);
        Floats weight;
        std::memcpy(&magnitude, along[kMiddle] + at, sizeof magnitude);
        std::memcpy(&weight, evenness + at, sizeof weight);
        magnitude *= weight;
        for (std::size_t l = 0; l < kLanes; ++l) weight[l] = std::sqrt(std::sqrt(magnitude[l]));
        const Floats p = struck * struck, h = steady * steady;
        all += weight;
        percussive += weight * (p + 1e-20F) / (p + h + 2e-20F);
    }
    sums[0] = sums[1] = 0;
    for (std::size_t l = 0; l < kLanes; ++l) {
        sums[0] += all[l];
        sums[1] += percussive[l];
    }
}

}  // namespace

HarmonicPercussive::HarmonicPercussive() : m_rows(kLength * kStride), m_evenness(kBins) {
    for (std::size_t k = 1; k < kBins; ++k) m_evenness[k] = 1 / std::pow(static_cast<float>(k), 4.0F);
}

void HarmonicPercussive::start() {
    std::fill(m_rows.begin(), m_rows.end(), 0.0F);
    m_pushed = 0;
}

float* HarmonicPercussive::row(std::size_t frame) {
    return m_rows.data() + (frame % kLength) * kStride + kReach;
}

float HarmonicPercussive::shareOf(std::size_t frame) {
    const float* along[kLength];
    const float* across[kLength];
    for (std::size_t k = 0; k < kLength; ++k) {
        along[k] = row(frame + kLength + k - kReach);
        across[k] = row(frame) + k - kReach;
    }
    float sums[2];
    split(along, across, m_evenness.data(), sums);
    return sums[0] > 0 ? std::clamp(sums[1] / sums[0], 0.0F, 1.0F) : 0.0F;
}

void HarmonicPercussive::push(std::span<const float> magnitudes, std::vector<float>& shares) {
    std::copy_n(magnitudes.begin(), kBins, row(m_pushed));
    ++m_pushed;
    if (m_pushed > kReach) shares.push_back(shareOf(m_pushed - 1 - kReach));
}

void HarmonicPercussive::finish(std::vector<float>& shares) {
    const std::size_t frames = m_pushed;
    const std::vector<float> silence(kBins);
    while (m_pushed < frames + kReach) {
        std::vector<float> share;
        push(silence, share);
        if (m_pushed - 1 - kReach < frames && m_pushed > kReach)
            shares.insert(shares.end(), share.begin(), share.end());
    }
}

}  // namespace smidgen
