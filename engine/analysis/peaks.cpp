#include "engine/analysis/peaks.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace smidgen {
namespace {

constexpr std::size_t kTopLevelPairs = 64;
constexpr PeakPair kNothing{std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity()};

void extend(PeakPair& pair, const PeakPair& other) {
    pair.low = std::min(pair.low, other.low);
    pair.high = std::max(pair.high, other.high);
}

PeakPair orSilence(const PeakPair& pair) {
    return pair.low <= pair.high ? pair : PeakPair{};
}

}  // namespace

void PeakPyramid::append(std::span<const float> mono) {
    if (m_levels.empty()) m_levels.emplace_back();
    m_length += Samples(static_cast<std::int64_t>(mono.size()));
    for (const float sample : mono) {
        if (m_openCount == 0) m_open = kNothing;
        if (std::isfinite(sample)) extend(m_open, {sample, sample});
        if (++m_openCount == kBaseBlock) {
            m_levels.front().push_back(orSilence(m_open));
            m_openCount = 0;
        }
    }
}

void PeakPyramid::finish() {
    if (m_levels.empty()) return;
    if (m_openCount > 0) m_levels.front().push_back(orSilence(m_open));
    m_openCount = 0;
    while (m_levels.back().size() > kTopLevelPairs) {
        const std::vector<PeakPair>& below = m_levels.back();
        std::vector<PeakPair> level((below.size() + kFactor - 1) / kFactor, kNothing);
        for (std::size_t i = 0; i < below.size(); ++i) extend(level[i / kFactor], below[i]);
        m_levels.push_back(std::move(level));
    }
}

void PeakPyramid::columns(double startSample, double spanSamples, std::span<PeakPair> out) const {
    std::fill(out.begin(), out.end(), PeakPair{});
    if (m_levels.empty() || out.empty() || !std::isfinite(startSample) || !(spanSamples > 0)) return;
    const double width = spanSamples / static_cast<double>(out.size());
    std::size_t chosen = 0;
    double block = kBaseBlock;
    while (chosen + 1 < m_levels.size() && block * kFactor <= width) {
        ++chosen;
        block *= kFactor;
    }
    const std::vector<PeakPair>& pairs = m_levels[chosen];
    const auto count = static_cast<double>(pairs.size());
    const auto length = static_cast<double>(m_length.value);
    for (std::size_t c = 0; c < out.size(); ++c) {
        const double from = std::max(0.0, startSample + width * static_cast<double>(c));
        const double to = std::min(length, startSample + width * static_cast<double>(c + 1));
        if (!(from < to)) continue;
        const auto first = static_cast<std::size_t>(std::min(std::floor(from / block), count - 1));
        const auto last = static_cast<std::size_t>(std::clamp(std::ceil(to / block), 1.0, count));
        PeakPair extremes = kNothing;
        for (std::size_t i = first; i < std::max(last, first + 1); ++i) extend(extremes, pairs[i]);
        out[c] = orSilence(extremes);
    }
}

}  // namespace smidgen
