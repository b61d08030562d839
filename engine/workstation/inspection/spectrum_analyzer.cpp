#include "engine/workstation/inspection/spectrum_analyzer.h"

#include <algorithm>
#include <cmath>

namespace smidgen {
namespace {

constexpr double kStepsPerDb = 255.0 / -SpectrumTile::kFloorDb;

std::uint8_t levelOf(double power) {
    if (!(power > 0)) return 0;
    const double db = 10.0 * std::log10(power);
    return static_cast<std::uint8_t>(
        std::clamp(std::lround((db - SpectrumTile::kFloorDb) * kStepsPerDb), 0L, 255L));
}

const std::array<double, 256>& powerOfLevel() {
    static const std::array<double, 256> table = [] {
        std::array<double, 256> values{};
        for (std::size_t i = 1; i < values.size(); ++i)
            values[i] =
                std::pow(10.0, (static_cast<double>(i) / kStepsPerDb + SpectrumTile::kFloorDb) / 10.0);
        return values;
    }();
    return table;
}

}  // namespace

SpectrumColumn poolColumns(std::span<const SpectrumColumn> columns) {
    SpectrumColumn pooled{};
    if (columns.empty()) return pooled;
    const auto& power = powerOfLevel();
    for (std::size_t b = 0; b < pooled.size(); ++b) {
        double sum = 0;
        for (const SpectrumColumn& column : columns) sum += power[column[b]];
        pooled[b] = levelOf(sum / static_cast<double>(columns.size()));
    }
    return pooled;
}

SpectrumAnalyzer::SpectrumAnalyzer(int rate)
    : m_stft({kWindow, kWindow / 4}), m_window(kWindow), m_magnitudes(kWindow / 2 + 1) {
    const double binWidth = static_cast<double>(rate) / kWindow;
    for (int b = 0; b < SpectrumTile::kBands; ++b) {
        const auto binAt = [&](double position) {
            return spectrumFrequency(position / SpectrumTile::kBands, rate) / binWidth;
        };
        const double low = binAt(b);
        const double high = binAt(b + 1);
        Band& band = m_bands[static_cast<std::size_t>(b)];
        band.first = static_cast<int>(std::ceil(low));
        band.last = std::min(static_cast<int>(std::floor(high)), kWindow / 2);
        if (band.last < band.first) {
            const double middle = binAt(b + 0.5);
            band.first = static_cast<int>(middle);
            band.last = band.first - 1;
            band.between = static_cast<float>(middle - band.first);
        }
    }
}

void SpectrumAnalyzer::addWindow(std::span<const float> signal, std::int64_t start) {
    const auto length = static_cast<std::int64_t>(signal.size());
    for (std::int64_t i = 0; i < kWindow; ++i) {
        const std::int64_t at = start + i;
        const float sample = at >= 0 && at < length ? signal[static_cast<std::size_t>(at)] : 0.0F;
        m_window[static_cast<std::size_t>(i)] = std::isfinite(sample) ? sample : 0.0F;
    }
    m_stft.frameMagnitudes(m_window, kWindow / 2, m_magnitudes);
    // The periodic Hann window sums to kWindow / 2: a sine of amplitude 1 shows as kWindow / 4.
    constexpr double kScale = 4.0 / kWindow;
    for (std::size_t b = 0; b < m_bands.size(); ++b) {
        const Band& band = m_bands[b];
        const float* bins = m_magnitudes.data() + band.first;
        const float magnitude = band.last < band.first
                                    ? bins[0] + band.between * (bins[1] - bins[0])
                                    : *std::max_element(bins, bins + band.last - band.first + 1);
        const double amplitude = magnitude * kScale;
        m_power[b] += amplitude * amplitude;
    }
}

SpectrumColumn SpectrumAnalyzer::column(std::span<const float> signal, std::int64_t start,
                                        std::int64_t stride) {
    m_power.fill(0);
    const std::int64_t windows = std::max<std::int64_t>(1, stride / kWindow);
    if (stride < kWindow) {
        addWindow(signal, start + stride / 2 - kWindow / 2);
    } else {
        for (std::int64_t w = 0; w < windows; ++w) addWindow(signal, start + w * kWindow);
    }
    SpectrumColumn levels{};
    for (std::size_t b = 0; b < levels.size(); ++b)
        levels[b] = levelOf(m_power[b] / static_cast<double>(windows));
    return levels;
}

}  // namespace smidgen
