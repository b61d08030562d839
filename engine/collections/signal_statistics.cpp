#include "engine/collections/signal_statistics.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace smidgen {
namespace {

constexpr std::int64_t kShortestRun = 3;
constexpr std::int64_t kLongest = std::int64_t{1} << 55;  ///< so that column arithmetic cannot overflow
constexpr double kWindowSeconds = 0.05;
constexpr double kSilentPower = 1e-6;  // −60 dBFS

float largestMagnitude(std::span<const float> values) {
    float largest = 0;
    for (const float x : values) largest = std::abs(x) > largest ? std::abs(x) : largest;
    return largest;
}

std::int64_t countNotFinite(std::span<const float> values) {
    std::uint32_t count = 0;
    for (const float x : values)
        count += (std::bit_cast<std::uint32_t>(x) & 0x7f800000U) == 0x7f800000U ? 1U : 0U;
    return count;
}

float energyOf(std::span<const float> values) {
    float lanes[8] = {};
    std::size_t i = 0;
    for (; i + 8 <= values.size(); i += 8)
        for (std::size_t lane = 0; lane < 8; ++lane) lanes[lane] += values[i + lane] * values[i + lane];
    float sum = 0;
    for (; i < values.size(); ++i) sum += values[i] * values[i];
    for (const float lane : lanes) sum += lane;
    return sum;
}

}  // namespace

SignalStatistics::SignalStatistics(int rate, int channels, Samples expected, float fullScale)
    : m_rate(rate),
      m_channels(static_cast<std::size_t>(channels)),
      m_expected(std::clamp<std::int64_t>(expected.value, 1, kLongest)),
      m_fullScale(fullScale),
      m_runs(m_channels, 0),
      m_windowFrames(std::max<std::int64_t>(1, std::llround(kWindowSeconds * m_rate))),
      m_columns(kThumbnailColumns) {}

void SignalStatistics::append(std::span<const float> interleaved) {
    const std::size_t frames = interleaved.size() / m_channels;
    m_invalid += countNotFinite(interleaved);
    const float largest = largestMagnitude(interleaved);
    m_peak = std::max(m_peak, largest);
    if (largest >= m_fullScale) {
        countClipping(interleaved);
    } else {
        std::fill(m_runs.begin(), m_runs.end(), 0);
    }
    m_mono.resize(frames);
    if (m_channels == 1) {
        std::copy(interleaved.begin(), interleaved.end(), m_mono.begin());
    } else if (m_channels == 2) {
        for (std::size_t i = 0; i < frames; ++i)
            m_mono[i] = 0.5F * (interleaved[2 * i] + interleaved[2 * i + 1]);
    } else {
        const float scale = 1.0F / static_cast<float>(m_channels);
        for (std::size_t i = 0; i < frames; ++i) {
            float sum = 0;
            for (std::size_t c = 0; c < m_channels; ++c) sum += interleaved[i * m_channels + c];
            m_mono[i] = sum * scale;
        }
    }
    measureWindows(interleaved);
    drawColumns();
    m_frames += static_cast<std::int64_t>(frames);
}

void SignalStatistics::countClipping(std::span<const float> interleaved) {
    for (std::size_t c = 0; c < m_channels; ++c) {
        std::int64_t& run = m_runs[c];
        for (std::size_t i = c; i < interleaved.size(); i += m_channels) {
            if (std::abs(interleaved[i]) < m_fullScale) {
                run = 0;
                continue;
            }
            ++run;
            if (run == kShortestRun) m_clipped += kShortestRun;
            if (run > kShortestRun) ++m_clipped;
        }
    }
}

void SignalStatistics::measureWindows(std::span<const float> interleaved) {
    while (!interleaved.empty()) {
        const std::int64_t room = m_windowFrames - m_inWindow;
        const std::int64_t here = std::min(room, static_cast<std::int64_t>(interleaved.size() / m_channels));
        const auto samples = static_cast<std::size_t>(here) * m_channels;
        m_windowEnergy += static_cast<double>(energyOf(interleaved.first(samples)));
        interleaved = interleaved.subspan(samples);
        m_inWindow += here;
        if (m_inWindow < m_windowFrames) continue;
        const double power =
            m_windowEnergy / static_cast<double>(m_windowFrames) / static_cast<double>(m_channels);
        ++m_windows;
        if (power < kSilentPower) ++m_silentWindows;
        m_inWindow = 0;
        m_windowEnergy = 0;
    }
}

void SignalStatistics::drawColumns() {
    const auto columns = static_cast<std::int64_t>(kThumbnailColumns);
    std::size_t at = 0;
    while (at < m_mono.size()) {
        const auto position = m_frames + static_cast<std::int64_t>(at);
        const std::int64_t column = std::min(position * columns / m_expected, columns - 1);
        const std::int64_t next = ((column + 1) * m_expected + columns - 1) / columns;
        std::size_t count = m_mono.size() - at;
        if (column < columns - 1)
            count = std::min(count, static_cast<std::size_t>(std::max<std::int64_t>(1, next - position)));
        const auto [low, high] = std::minmax_element(m_mono.data() + at, m_mono.data() + at + count);
        if (!m_columnStarted || static_cast<std::size_t>(column) != m_openColumn) {
            // A sound with fewer samples than columns repeats what came before in those it skips.
            const std::size_t from = m_columnStarted ? m_openColumn + 1 : 0;
            const PeakPair before = m_columnStarted ? m_columns[m_openColumn] : PeakPair{*low, *high};
            for (std::size_t c = from; c < static_cast<std::size_t>(column); ++c) m_columns[c] = before;
            m_openColumn = static_cast<std::size_t>(column);
            m_columns[m_openColumn] = {*low, *high};
            m_columnStarted = true;
        } else {
            PeakPair& open = m_columns[m_openColumn];
            open = {std::min(open.low, *low), std::max(open.high, *high)};
        }
        at += count;
    }
}

double SignalStatistics::peakDb() const {
    return 20.0 * std::log10(static_cast<double>(m_peak));
}

double SignalStatistics::clippedShare() const {
    const double samples = static_cast<double>(m_frames) * static_cast<double>(m_channels);
    return samples > 0 ? static_cast<double>(m_clipped) / samples : 0;
}

double SignalStatistics::silenceShare() const {
    std::int64_t windows = m_windows, silent = m_silentWindows;
    if (m_inWindow * 2 >= m_windowFrames || (windows == 0 && m_inWindow > 0)) {
        const double power =
            m_windowEnergy / static_cast<double>(m_inWindow) / static_cast<double>(m_channels);
        ++windows;
        if (power < kSilentPower) ++silent;
    }
    return windows > 0 ? static_cast<double>(silent) / static_cast<double>(windows) : 0;
}

}  // namespace smidgen
