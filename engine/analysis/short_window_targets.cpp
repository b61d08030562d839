#include "engine/analysis/short_window_targets.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace smidgen {
namespace {

/// Slots of the fine grid per frame of the long window.
constexpr std::size_t kSlotsPerFrame = 4;
constexpr int kDeconvolutions = 12;
constexpr float kTinyPower = 1e-12F;

/// The share of a frame's energy that each slot within its window has; slots are `slot` samples apart, the
/// middle one is the frame's centre. Sums to 1.
std::vector<float> slotShares(int window, int slot) {
    const int reach = window / 2 / slot;
    std::vector<double> shares;
    double sum = 0;
    for (int d = -reach; d <= reach; ++d) {
        double share = 0;
        for (int i = 0; i < slot; ++i) {
            const double place = (d - 0.5) * slot + i + 0.5;
            if (std::abs(place) >= window / 2.0) continue;
            const double hann = 0.5 + 0.5 * std::cos(2.0 * std::numbers::pi * place / window);
            share += hann * hann;
        }
        shares.push_back(share);
        sum += share;
    }
    std::vector<float> result;
    for (const double share : shares) result.push_back(static_cast<float>(share / sum));
    return result;
}

/// x⁰, x^¼, x^½, x^¾ towards y: the geometric way from one frame to the next, slot by slot.
void geometricSteps(const float* x, const float* y, std::size_t count, const std::array<float*, 4>& out) {
    for (std::size_t i = 0; i < count; ++i) {
        const float middle = std::sqrt(x[i]) * std::sqrt(y[i]);
        out[0][i] = x[i];
        out[1][i] = std::sqrt(x[i]) * std::sqrt(middle);
        out[2][i] = middle;
        out[3][i] = std::sqrt(middle) * std::sqrt(y[i]);
    }
}

/// rows: frames × width → ((frames − 1) · 4 + 1) × width.
std::vector<float> betweenFrames(std::span<const float> rows, std::size_t width) {
    const std::size_t frames = rows.size() / width;
    std::vector<float> slots(((frames - 1) * kSlotsPerFrame + 1) * width);
    for (std::size_t t = 0; t + 1 < frames; ++t) {
        float* const to = slots.data() + t * kSlotsPerFrame * width;
        geometricSteps(rows.data() + t * width, rows.data() + (t + 1) * width, width,
                       {to, to + width, to + 2 * width, to + 3 * width});
    }
    std::copy(rows.end() - static_cast<std::ptrdiff_t>(width), rows.end(),
              slots.end() - static_cast<std::ptrdiff_t>(width));
    return slots;
}

/// Calls visit(neighbour, share) for the rows around `centre` that exist; returns the sum of their shares.
template <typename Visit>
float forShares(std::span<const float> shares, std::size_t centre, std::size_t rows, Visit visit) {
    const auto reach = static_cast<std::ptrdiff_t>(shares.size() / 2);
    float sum = 0;
    for (std::ptrdiff_t d = -reach; d <= reach; ++d) {
        const std::ptrdiff_t row = static_cast<std::ptrdiff_t>(centre) + d;
        const float share = shares[static_cast<std::size_t>(d + reach)];
        if (row < 0 || row >= static_cast<std::ptrdiff_t>(rows) || share <= 0.0F) continue;
        visit(static_cast<std::size_t>(row), share);
        sum += share;
    }
    return sum;
}

void addScaled(float* __restrict to, const float* __restrict from, float factor, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) to[i] += factor * from[i];
}

void sharpen(float* __restrict slots, const float* __restrict factors, float scale, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        const float factor = scale * factors[i];
        slots[i] *= factor * std::sqrt(factor);
    }
}

/// Richardson–Lucy, its factors to the power 1.5 for speed: slot energies (slots × width, in and out) whose
/// sums under the window are the frames' `energies`.
void deconvolve(std::span<const float> energies, std::span<const float> shares, std::size_t width,
                std::vector<float>& slots) {
    const std::size_t frames = energies.size() / width;
    const std::size_t slotCount = slots.size() / width;
    std::vector<float> ratios(energies.size());
    std::vector<float> row(width);
    std::vector<float> weights(slotCount);
    std::vector<float> factors(slots.size());
    for (int iteration = 0; iteration < kDeconvolutions; ++iteration) {
        std::fill(factors.begin(), factors.end(), 0.0F);
        std::fill(weights.begin(), weights.end(), 0.0F);
        for (std::size_t t = 0; t < frames; ++t) {
            std::fill(row.begin(), row.end(), 0.0F);
            const std::size_t centre = t * kSlotsPerFrame;
            const float sum = forShares(shares, centre, slotCount, [&](std::size_t slot, float share) {
                addScaled(row.data(), slots.data() + slot * width, share, width);
            });
            float* const ratio = ratios.data() + t * width;
            for (std::size_t i = 0; i < width; ++i)
                ratio[i] = energies[t * width + i] * sum / (row[i] + kTinyPower);
            forShares(shares, centre, slotCount, [&](std::size_t slot, float share) {
                addScaled(factors.data() + slot * width, ratio, share, width);
                weights[slot] += share;
            });
        }
        for (std::size_t slot = 0; slot < slotCount; ++slot)
            sharpen(slots.data() + slot * width, factors.data() + slot * width, 1.0F / weights[slot], width);
    }
}

/// Where a short window's bin lies between band centres: gain = (1 − fraction) · [band] + fraction · [band +
/// 1].
struct BandPlace {
    std::size_t band = 0;
    float fraction = 0;
};

std::vector<BandPlace> bandPlaces(const MelBank& bank, int ratio) {
    const MelShape& shape = bank.shape();
    const auto toMel = [](double hz) { return 2595.0 * std::log10(1.0 + hz / 700.0); };
    const double low = toMel(shape.lowHz);
    const double step = (toMel(shape.highHz) - low) / (shape.bands + 1);
    const int bins = shape.stft.fftSize / ratio / 2 + 1;
    std::vector<BandPlace> places;
    for (int k = 0; k < bins; ++k) {
        const double hz = static_cast<double>(k) * ratio * shape.rate / shape.stft.fftSize;
        const double band = std::clamp((toMel(hz) - low) / step - 1.0, 0.0, shape.bands - 1.001);
        places.push_back({static_cast<std::size_t>(band), static_cast<float>(band - std::floor(band))});
    }
    return places;
}

}  // namespace

ShortWindowTargets::ShortWindowTargets(const MelBank& bank, std::span<const float> magnitudes,
                                       std::span<const float> mel)
    : m_bank(&bank),
      m_magnitudes(magnitudes),
      m_frames(mel.size() / static_cast<std::size_t>(bank.shape().bands)) {
    if (m_frames == 0) return;
    const auto bands = static_cast<std::size_t>(bank.shape().bands);
    std::vector<float> energies(mel.size());
    for (std::size_t i = 0; i < mel.size(); ++i) energies[i] = mel[i] * mel[i] + kTinyPower;
    m_gains = betweenFrames(energies, bands);
    const std::vector<float> between = m_gains;
    const int window = bank.shape().stft.fftSize;
    deconvolve(energies, slotShares(window, window / 16), bands, m_gains);
    for (std::size_t i = 0; i < m_gains.size(); ++i) m_gains[i] /= between[i];
}

std::vector<float> ShortWindowTargets::coarsePower(int ratio) const {
    const auto bins = static_cast<std::size_t>(m_bank->shape().stft.bins());
    const std::size_t coarse = (bins - 1) / static_cast<std::size_t>(ratio) + 1;
    std::vector<float> power(m_frames * coarse);
    for (std::size_t t = 0; t < m_frames; ++t) {
        const float* const row = m_magnitudes.data() + t * bins;
        for (std::size_t k = 0; k < coarse; ++k) {
            float sum = 0;
            float weights = 0;
            for (int d = -ratio; d <= ratio; ++d) {
                const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(k) * ratio + d;
                if (at < 0 || at >= static_cast<std::ptrdiff_t>(bins)) continue;
                const float weight = 1.0F - static_cast<float>(std::abs(d)) / static_cast<float>(ratio + 1);
                sum += weight * row[at] * row[at];
                weights += weight;
            }
            power[t * coarse + k] = sum / (weights * static_cast<float>(ratio));
        }
    }
    return power;
}

std::vector<float> ShortWindowTargets::magnitudes(int ratio, Samples samples) const {
    const int window = m_bank->shape().stft.fftSize / ratio;
    const auto width = static_cast<std::size_t>(window / 2 + 1);
    const std::size_t frames =
        1 + static_cast<std::size_t>(samples.value) / static_cast<std::size_t>(window / 4);
    std::vector<float> result(frames * width, 0.0F);
    if (m_frames == 0) return result;
    std::vector<float> slots = betweenFrames(coarsePower(ratio), width);
    const std::size_t slotCount = slots.size() / width;
    const std::vector<BandPlace> places = bandPlaces(*m_bank, ratio);
    const auto bands = static_cast<std::size_t>(m_bank->shape().bands);
    for (std::size_t slot = 0; slot < slotCount; ++slot) {
        const float* const gains = m_gains.data() + slot * bands;
        for (std::size_t k = 0; k < width; ++k) {
            const BandPlace& place = places[k];
            const float below = gains[place.band];
            slots[slot * width + k] *= below + place.fraction * (gains[place.band + 1] - below);
        }
    }
    const int slotSamples = m_bank->shape().stft.hop / static_cast<int>(kSlotsPerFrame);
    const std::vector<float> shares = slotShares(window, slotSamples);
    for (std::size_t t = 0; t < frames; ++t) {
        float* const row = result.data() + t * width;
        float weights = 0;
        // A frame of the shortest window may lie between two slots.
        const std::size_t place = t * static_cast<std::size_t>(window / 4);
        for (const std::size_t rounding : {std::size_t{0}, static_cast<std::size_t>(slotSamples - 1)}) {
            const std::size_t slot = (place + rounding) / static_cast<std::size_t>(slotSamples);
            weights += forShares(shares, std::min(slot, slotCount - 1), slotCount,
                                 [&](std::size_t near, float share) {
                                     addScaled(row, slots.data() + near * width, share, width);
                                 });
        }
        for (std::size_t k = 0; k < width; ++k) row[k] = std::sqrt(row[k] / weights);
    }
    return result;
}

}  // namespace smidgen
