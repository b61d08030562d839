#include "engine/collections/fingerprint.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace smidgen {
namespace {

constexpr double kRangeDb = 50.0;
constexpr std::size_t kMostSteps = 4096;
constexpr double kFineUpToSeconds = 10.0;
constexpr double kMiddleUpToSeconds = 60.0;

MelShape shapeFor(int rate, Samples expected) {
    MelShape shape;
    // The window nearest to 43 ms, whatever the rate.
    const double wanted = 2048.0 * rate / kSampleRate;
    shape.stft.fftSize = 1 << std::clamp(static_cast<int>(std::lround(std::log2(wanted))), 6, 16);
    const double seconds = static_cast<double>(expected.value) / rate;
    const int part = seconds <= kFineUpToSeconds ? 8 : seconds <= kMiddleUpToSeconds ? 2 : 1;
    shape.stft.hop = shape.stft.fftSize / part;
    shape.bands = kFingerprintBands;
    shape.lowHz = 80.0;
    shape.highHz = 10000.0;
    shape.rate = rate;
    return shape;
}

/// Mean of rows [from, to) of `cells`, fractional ends weighted.
void meanRows(std::span<const float> cells, double from, double to, std::span<float> out) {
    std::fill(out.begin(), out.end(), 0.0F);
    const auto rows = static_cast<std::int64_t>(cells.size() / out.size());
    for (auto row = static_cast<std::int64_t>(from); row < rows && static_cast<double>(row) < to; ++row) {
        const double begin = std::max(from, static_cast<double>(row));
        const double end = std::min(to, static_cast<double>(row + 1));
        const auto weight = static_cast<float>(std::max(0.0, end - begin) / (to - from));
        const auto offset = static_cast<std::size_t>(row) * out.size();
        for (std::size_t b = 0; b < out.size(); ++b) out[b] += weight * cells[offset + b];
    }
}

}  // namespace

/// A whole window of silence before and after, so that edges look like those of a sound amid silence.
FingerprintBuilder::FingerprintBuilder(int rate, Samples expected)
    : m_rate(rate),
      m_shape(shapeFor(rate, expected)),
      m_stft(m_shape.stft),
      m_bank(m_shape),
      m_pending(static_cast<std::size_t>(m_shape.stft.fftSize), 0.0F),
      m_next(m_shape.stft.fftSize / 2),
      m_magnitudes(static_cast<std::size_t>(m_shape.stft.bins())),
      m_group(kFingerprintBands, 0.0F) {}

void FingerprintBuilder::append(std::span<const float> mono) {
    m_pending.insert(m_pending.end(), mono.begin(), mono.end());
    analyse(static_cast<std::int64_t>(m_pending.size()));
}

void FingerprintBuilder::analyse(std::int64_t available) {
    const std::int64_t reach = m_shape.stft.fftSize / 2;
    std::vector<float> bands(kFingerprintBands);
    for (; m_next + reach <= available; m_next += m_shape.stft.hop) {
        m_stft.frameMagnitudes(m_pending, m_next, m_magnitudes);
        for (float& x : m_magnitudes) x *= x;
        m_bank.apply(m_magnitudes, bands);
        for (std::size_t b = 0; b < bands.size(); ++b) m_group[b] += bands[b];
        if (++m_groupFrames < m_framesPerStep) continue;
        for (float& x : m_group) x /= static_cast<float>(m_framesPerStep);
        m_cells.insert(m_cells.end(), m_group.begin(), m_group.end());
        std::fill(m_group.begin(), m_group.end(), 0.0F);
        m_groupFrames = 0;
        if (m_cells.size() >= kMostSteps * kFingerprintBands) halve();
    }
    const std::int64_t done = std::min(m_next - reach, static_cast<std::int64_t>(m_pending.size()));
    m_pending.erase(m_pending.begin(), m_pending.begin() + done);
    m_next -= done;
}

void FingerprintBuilder::halve() {
    const std::size_t steps = m_cells.size() / kFingerprintBands / 2;
    for (std::size_t i = 0; i < steps; ++i)
        for (std::size_t b = 0; b < kFingerprintBands; ++b)
            m_cells[i * kFingerprintBands + b] = 0.5F * (m_cells[2 * i * kFingerprintBands + b] +
                                                         m_cells[(2 * i + 1) * kFingerprintBands + b]);
    m_cells.resize(steps * kFingerprintBands);
    m_framesPerStep *= 2;
}

std::vector<float> FingerprintBuilder::finish() {
    m_pending.resize(m_pending.size() + static_cast<std::size_t>(m_shape.stft.fftSize), 0.0F);
    analyse(static_cast<std::int64_t>(m_pending.size()));
    const std::size_t steps = m_cells.size() / kFingerprintBands;
    std::vector<double> power(steps, 0.0);
    for (std::size_t i = 0; i < m_cells.size(); ++i)
        power[i / kFingerprintBands] += static_cast<double>(m_cells[i]);
    const double loudest = steps > 0 ? *std::max_element(power.begin(), power.end()) : 0.0;
    if (!(loudest > 1e-12) || !std::isfinite(loudest)) return {};
    const auto sounding = [&](double p) { return p >= loudest * std::pow(10.0, -kRangeDb / 10.0); };
    const auto first = std::find_if(power.begin(), power.end(), sounding) - power.begin();
    const auto last = power.rend() - std::find_if(power.rbegin(), power.rend(), sounding);

    const double length = static_cast<double>(last - first);
    const double stepSeconds = static_cast<double>(m_shape.stft.hop) * m_framesPerStep / m_rate;
    std::vector<float> print(kFingerprintSize);
    print[0] = static_cast<float>(std::log(length * stepSeconds));
    for (int i = 0; i < kFingerprintSlices; ++i) {
        const double from = static_cast<double>(first) + length * i / kFingerprintSlices;
        const double to = static_cast<double>(first) + length * (i + 1) / kFingerprintSlices;
        meanRows(
            m_cells, from, to,
            std::span(print).subspan(1 + static_cast<std::size_t>(i) * kFingerprintBands, kFingerprintBands));
    }
    const float strongest = *std::max_element(print.begin() + 1, print.end());
    for (std::size_t i = 1; i < print.size(); ++i) {
        const double db = 10.0 * std::log10(static_cast<double>(print[i] / strongest) + 1e-12);
        print[i] = static_cast<float>(std::max(0.0, db + kRangeDb));
    }
    return print;
}

double fingerprintDistance(std::span<const float> a, std::span<const float> b) {
    constexpr double kFar = std::numeric_limits<double>::infinity();
    if (a.size() != kFingerprintSize || b.size() != kFingerprintSize) return kFar;
    const double secondsA = std::exp(static_cast<double>(a[0])),
                 secondsB = std::exp(static_cast<double>(b[0]));
    if (!(std::abs(secondsA - secondsB) <= 0.03 * std::max(secondsA, secondsB) + 0.02)) return kFar;
    float sum = 0;
    float cells = 0;
    for (std::size_t i = 1; i < kFingerprintSize; ++i) {
        sum += std::abs(a[i] - b[i]);
        cells += a[i] > 0 || b[i] > 0 ? 1.0F : 0.0F;
    }
    return cells > 0 ? static_cast<double>(sum / cells) : kFar;
}

}  // namespace smidgen
