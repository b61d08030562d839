#include "engine/analysis/mel_skeleton.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/foundation/random.h"

namespace smidgen {
namespace {

constexpr float kLevelScale = 0.2F;
constexpr float kShapeScale = 0.5F;

double toMel(double hz) {
    return 2595.0 * std::log10(1.0 + hz / 700.0);
}

}  // namespace

MelSkeleton::MelSkeleton(const MelBank& bank, std::vector<int> ratios)
    : m_shape(bank.shape()), m_ratios(std::move(ratios)) {
    const std::vector<float> dense = bank.dense();
    const auto longBins = static_cast<std::size_t>(m_shape.stft.bins());
    for (std::size_t b = 0; b < static_cast<std::size_t>(m_shape.bands); ++b) {
        const auto row = dense.begin() + static_cast<std::ptrdiff_t>(b * longBins);
        const float area = std::accumulate(row, row + static_cast<std::ptrdiff_t>(longBins), 0.0F);
        m_bandOffset.push_back(area > 0.0F ? -std::log(area) : 0.0F);
    }
    const double low = toMel(m_shape.lowHz);
    const double step = (toMel(m_shape.highHz) - low) / (m_shape.bands + 1);
    for (const int ratio : m_ratios) {
        const StftShape shape{m_shape.stft.fftSize / ratio, m_shape.stft.hop / ratio};
        m_stfts.emplace_back(shape);
        std::vector<Place> places;
        for (int k = 0; k < shape.bins(); ++k) {
            const double hz = static_cast<double>(k) * m_shape.rate / shape.fftSize;
            const double band = std::clamp((toMel(hz) - low) / step - 1.0, 0.0, m_shape.bands - 1.001);
            places.push_back({static_cast<std::size_t>(band), static_cast<float>(band - std::floor(band))});
        }
        m_places.push_back(std::move(places));
        m_outputs += ratio * shape.bins();
    }
}

void MelSkeleton::describe(std::span<const float> logMel, std::vector<float>& out) const {
    const auto bands = static_cast<std::size_t>(m_shape.bands);
    const auto frames = static_cast<std::ptrdiff_t>(logMel.size() / bands);
    std::vector<double> sums(static_cast<std::size_t>(frames) + 1, 0.0);
    for (std::ptrdiff_t t = 0; t < frames; ++t) {
        const auto row = logMel.subspan(static_cast<std::size_t>(t) * bands, bands);
        sums[static_cast<std::size_t>(t) + 1] =
            sums[static_cast<std::size_t>(t)] + std::accumulate(row.begin(), row.end(), 0.0);
    }
    out.resize(static_cast<std::size_t>(frames) * (bands + 1));
    for (std::ptrdiff_t t = 0; t < frames; ++t) {
        const auto from = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, t - kLevelReach));
        const auto to = static_cast<std::size_t>(std::min(frames, t + kLevelReach + 1));
        const auto level =
            static_cast<float>((sums[to] - sums[from]) / static_cast<double>((to - from) * bands));
        const float* const row = logMel.data() + static_cast<std::size_t>(t) * bands;
        float* const to_ = out.data() + static_cast<std::size_t>(t) * (bands + 1);
        for (std::size_t b = 0; b < bands; ++b) to_[b] = kShapeScale * (row[b] - level);
        to_[bands] = kLevelScale * level;
    }
}

void MelSkeleton::interpolate(std::span<const float> logMel, std::vector<float>& out) const {
    const auto bands = static_cast<std::size_t>(m_shape.bands);
    const std::size_t frames = logMel.size() / bands;
    out.resize(frames * static_cast<std::size_t>(m_outputs));
    std::vector<float> lines;
    std::size_t offset = 0;
    for (std::size_t r = 0; r < m_ratios.size(); ++r) {
        const std::vector<Place>& places = m_places[r];
        const auto ratio = static_cast<std::size_t>(m_ratios[r]);
        const float loss = 0.5F * std::log(static_cast<float>(ratio));
        const std::size_t bins = places.size();
        lines.resize(ratio == 1 ? 0 : frames * bins);
        for (std::size_t t = 0; t < frames; ++t) {
            const float* const row = logMel.data() + t * bands;
            // With one line a frame, that is the result.
            float* const line = ratio == 1 ? out.data() + t * static_cast<std::size_t>(m_outputs) + offset
                                           : lines.data() + t * bins;
            for (std::size_t k = 0; k < bins; ++k) {
                const std::size_t b = places[k].band;
                const float below = row[b] + m_bandOffset[b];
                const float above = row[b + 1] + m_bandOffset[b + 1];
                line[k] = below + places[k].fraction * (above - below) - loss;
            }
        }
        for (std::size_t t = 0; t < frames && ratio > 1; ++t) {
            for (std::size_t i = 0; i < ratio; ++i) {
                // The frame's place among mel frames, −½ … ½ from t.
                const float place = static_cast<float>(i) / static_cast<float>(ratio) -
                                    static_cast<float>(ratio / 2) / static_cast<float>(ratio);
                const std::size_t other = place < 0.0F ? (t > 0 ? t - 1 : 0) : std::min(t + 1, frames - 1);
                const float share = std::abs(place);
                const float* const here = lines.data() + t * bins;
                const float* const there = lines.data() + other * bins;
                float* const to = out.data() + t * static_cast<std::size_t>(m_outputs) + offset + i * bins;
                for (std::size_t k = 0; k < bins; ++k) to[k] = here[k] + share * (there[k] - here[k]);
            }
        }
        offset += ratio * bins;
    }
}

void MelSkeleton::measure(std::span<const float> signal, std::vector<float>& out) {
    const std::size_t frames = 1 + signal.size() / static_cast<std::size_t>(m_shape.stft.hop);
    out.resize(frames * static_cast<std::size_t>(m_outputs));
    std::vector<float> magnitudes;
    std::size_t offset = 0;
    for (std::size_t r = 0; r < m_ratios.size(); ++r) {
        m_stfts[r].magnitudes(signal, magnitudes);
        const auto ratio = static_cast<std::ptrdiff_t>(m_ratios[r]);
        const auto bins = static_cast<std::size_t>(m_stfts[r].shape().bins());
        const auto last = static_cast<std::ptrdiff_t>(magnitudes.size() / bins) - 1;
        for (std::size_t t = 0; t < frames; ++t) {
            for (std::ptrdiff_t i = 0; i < ratio; ++i) {
                const std::ptrdiff_t number = std::clamp<std::ptrdiff_t>(
                    static_cast<std::ptrdiff_t>(t) * ratio - ratio / 2 + i, 0, last);
                const float* const from = magnitudes.data() + static_cast<std::size_t>(number) * bins;
                float* const to = out.data() + t * static_cast<std::size_t>(m_outputs) + offset +
                                  static_cast<std::size_t>(i) * bins;
                for (std::size_t k = 0; k < bins; ++k) to[k] = std::log(std::max(from[k], kMelFloor));
            }
        }
        offset += static_cast<std::size_t>(ratio) * bins;
    }
}

std::vector<float> MelSkeleton::magnitudes(std::span<const float> rows, std::size_t ratioIndex,
                                           Samples samples) const {
    const auto outputs = static_cast<std::size_t>(m_outputs);
    const auto frames = static_cast<std::ptrdiff_t>(rows.size() / outputs);
    std::size_t offset = 0;
    for (std::size_t r = 0; r < ratioIndex; ++r)
        offset += static_cast<std::size_t>(m_ratios[r]) * m_places[r].size();
    const auto ratio = static_cast<std::ptrdiff_t>(m_ratios[ratioIndex]);
    const std::size_t bins = m_places[ratioIndex].size();
    const auto count = static_cast<std::size_t>(m_stfts[ratioIndex].frameCount(samples).value);
    std::vector<float> result(count * bins, 0.0F);
    if (frames == 0) return result;
    for (std::size_t j = 0; j < count; ++j) {
        const std::ptrdiff_t slot = static_cast<std::ptrdiff_t>(j) + ratio / 2;
        const std::ptrdiff_t t = std::min(slot / ratio, frames - 1);
        const float* const from = rows.data() + static_cast<std::size_t>(t) * outputs + offset +
                                  static_cast<std::size_t>(slot % ratio) * bins;
        for (std::size_t k = 0; k < bins; ++k) result[j * bins + k] = std::exp(from[k]);
    }
    return result;
}

void describeForDecoder(const MelSkeleton& skeleton, std::span<const float> logMel, int noise,
                        std::uint64_t seed, std::vector<float>& out, std::int64_t firstRow) {
    std::vector<float> rows;
    skeleton.describe(logMel, rows);
    const auto width = static_cast<std::size_t>(skeleton.inputs());
    const std::size_t frames = rows.size() / width;
    out.clear();
    out.reserve(frames * (width + static_cast<std::size_t>(noise)));
    for (std::size_t t = 0; t < frames; ++t) {
        const auto row = rows.begin() + static_cast<std::ptrdiff_t>(t * width);
        out.insert(out.end(), row, row + static_cast<std::ptrdiff_t>(width));
        Random random(mixSeed(seed, 0x7068617365ULL, static_cast<std::uint64_t>(firstRow) + t));
        for (int i = 0; i < noise; ++i) out.push_back(static_cast<float>(random.normal()));
    }
}

}  // namespace smidgen
