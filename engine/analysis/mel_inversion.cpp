#include <algorithm>

#include "engine/analysis/mel.h"

namespace smidgen {
namespace {

/// Frames solved side by side, so that every inner loop is one vector operation and a block fits the L1
/// cache.
constexpr std::size_t kLanes = 8;
constexpr float kTiny = 1e-12F;

struct Entry {
    std::size_t index = 0;
    float weight = 0;
};

/// The bank's non-zero weights listed by band and by bin; the latter divided by their sum, as the update
/// wants.
struct SparseBank {
    explicit SparseBank(const MelBank& bank)
        : bands(static_cast<std::size_t>(bank.shape().bands)),
          bins(static_cast<std::size_t>(bank.shape().stft.bins())),
          byBand(bands),
          byBin(bins),
          bandSum(bands, 0.0F) {
        const std::vector<float> dense = bank.dense();
        std::vector<float> binSum(bins, 0.0F);
        for (std::size_t b = 0; b < bands; ++b) {
            for (std::size_t k = 0; k < bins; ++k) {
                const float weight = dense[b * bins + k];
                if (weight <= 0.0F) continue;
                byBand[b].push_back({k, weight});
                byBin[k].push_back({b, weight});
                bandSum[b] += weight;
                binSum[k] += weight;
            }
        }
        for (std::size_t k = 0; k < bins; ++k)
            for (Entry& entry : byBin[k]) entry.weight /= binSum[k];
    }
    std::size_t bands;
    std::size_t bins;
    std::vector<std::vector<Entry>> byBand;
    std::vector<std::vector<Entry>> byBin;
    std::vector<float> bandSum;
};

struct Lanes {
    float v[kLanes] = {};
};

/// Weighted sum of rows.
Lanes gather(const std::vector<Entry>& entries, const std::vector<Lanes>& rows) {
    Lanes sum;
    for (const Entry& entry : entries)
        for (std::size_t i = 0; i < kLanes; ++i) sum.v[i] += entry.weight * rows[entry.index].v[i];
    return sum;
}

void solveBlock(const SparseBank& bank, const std::vector<Lanes>& target, std::vector<Lanes>& x,
                int iterations) {
    std::vector<Lanes> ratio(bank.bands);
    for (std::size_t b = 0; b < bank.bands; ++b)
        for (std::size_t i = 0; i < kLanes; ++i)
            ratio[b].v[i] = target[b].v[i] / std::max(bank.bandSum[b], kTiny);
    for (std::size_t k = 0; k < bank.bins; ++k) x[k] = gather(bank.byBin[k], ratio);
    for (int iteration = 0; iteration < iterations; ++iteration) {
        for (std::size_t b = 0; b < bank.bands; ++b) {
            const Lanes estimate = gather(bank.byBand[b], x);
            for (std::size_t i = 0; i < kLanes; ++i) ratio[b].v[i] = target[b].v[i] / (estimate.v[i] + kTiny);
        }
        for (std::size_t k = 0; k < bank.bins; ++k) {
            const Lanes factor = gather(bank.byBin[k], ratio);
            for (std::size_t i = 0; i < kLanes; ++i) x[k].v[i] *= factor.v[i];
        }
    }
    // Bins that no band sees (0 Hz and half the rate) continue their neighbours.
    for (std::size_t k = 1; k < bank.bins; ++k)
        if (bank.byBin[k].empty()) x[k] = x[k - 1];
    for (std::size_t k = bank.bins - 1; k-- > 0;)
        if (bank.byBin[k].empty()) x[k] = x[k + 1];
}

}  // namespace

std::vector<float> invertMel(const MelBank& bank, std::span<const float> mel, int iterations) {
    const SparseBank sparse(bank);
    const std::size_t frames = mel.size() / sparse.bands;
    std::vector<float> magnitudes(frames * sparse.bins);
    std::vector<Lanes> target(sparse.bands);
    std::vector<Lanes> x(sparse.bins);
    for (std::size_t start = 0; start < frames; start += kLanes) {
        const std::size_t count = std::min(kLanes, frames - start);
        for (std::size_t b = 0; b < sparse.bands; ++b)
            for (std::size_t i = 0; i < kLanes; ++i) {
                const float value = i < count ? mel[(start + i) * sparse.bands + b] : 0.0F;
                target[b].v[i] = value > 0.0F ? value : 0.0F;
            }
        solveBlock(sparse, target, x, iterations);
        for (std::size_t i = 0; i < count; ++i)
            for (std::size_t k = 0; k < sparse.bins; ++k)
                magnitudes[(start + i) * sparse.bins + k] = x[k].v[i];
    }
    return magnitudes;
}

}  // namespace smidgen
