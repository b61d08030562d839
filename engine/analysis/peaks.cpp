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
    if (m_levels.empty()) {
        m_levels.emplace_back();
        m_powers.emplace_back();
    }
    m_length += Samples(static_cast<std::int64_t>(mono.size()));
    for (const float sample : mono) {
        if (m_openCount == 0) {
            m_open = kNothing;
            m_openPower = 0;
        }
        if (std::isfinite(sample)) {
            extend(m_open, {sample, sample});
            m_openPower += static_cast<double>(sample) * static_cast<double>(sample);
        }
        if (++m_openCount == kBaseBlock) {
            m_levels.front().push_back(orSilence(m_open));
            m_powers.front().push_back(static_cast<float>(m_openPower / kBaseBlock));
            m_openCount = 0;
        }
    }
}

void PeakPyramid::finish() {
    if (m_levels.empty()) return;
    if (m_openCount > 0) {
        m_levels.front().push_back(orSilence(m_open));
        m_powers.front().push_back(static_cast<float>(m_openPower / m_openCount));
    }
    m_openCount = 0;
    while (m_levels.back().size() > kTopLevelPairs) {
        const std::size_t below = m_levels.size() - 1;
        const std::size_t count = m_levels[below].size();
        const std::size_t blocks = (count + kFactor - 1) / kFactor;
        std::vector<PeakPair> level(blocks, kNothing);
        std::vector<double> sums(blocks), lengths(blocks);
        for (std::size_t i = 0; i < count; ++i) {
            extend(level[i / kFactor], m_levels[below][i]);
            const double length = blockLength(below, i);
            sums[i / kFactor] += length * static_cast<double>(m_powers[below][i]);
            lengths[i / kFactor] += length;
        }
        std::vector<float> powers(blocks);
        for (std::size_t i = 0; i < blocks; ++i) powers[i] = static_cast<float>(sums[i] / lengths[i]);
        m_levels.push_back(std::move(level));
        m_powers.push_back(std::move(powers));
    }
}

double PeakPyramid::blockLength(std::size_t level, std::size_t index) const {
    const auto block = static_cast<double>(std::int64_t{kBaseBlock} << (2 * level));  // kFactor is 4
    return std::min(block, static_cast<double>(m_length.value) - block * static_cast<double>(index));
}

template <typename Visit>
void PeakPyramid::eachColumn(double startSample, double spanSamples, std::size_t columns, Visit visit) const {
    if (m_levels.empty() || columns == 0 || !std::isfinite(startSample) || !(spanSamples > 0)) return;
    const double width = spanSamples / static_cast<double>(columns);
    std::size_t chosen = 0;
    double block = kBaseBlock;
    while (chosen + 1 < m_levels.size() && block * kFactor <= width) {
        ++chosen;
        block *= kFactor;
    }
    const auto count = static_cast<double>(m_levels[chosen].size());
    const auto length = static_cast<double>(m_length.value);
    for (std::size_t c = 0; c < columns; ++c) {
        const double from = std::max(0.0, startSample + width * static_cast<double>(c));
        const double to = std::min(length, startSample + width * static_cast<double>(c + 1));
        if (!(from < to)) continue;
        const auto first = static_cast<std::size_t>(std::min(std::floor(from / block), count - 1));
        const auto last = static_cast<std::size_t>(std::clamp(std::ceil(to / block), 1.0, count));
        visit(c, chosen, first, std::max(last, first + 1));
    }
}

void PeakPyramid::columns(double startSample, double spanSamples, std::span<PeakPair> out) const {
    std::fill(out.begin(), out.end(), PeakPair{});
    eachColumn(startSample, spanSamples, out.size(),
               [&](std::size_t column, std::size_t level, std::size_t first, std::size_t end) {
                   PeakPair extremes = kNothing;
                   for (std::size_t i = first; i < end; ++i) extend(extremes, m_levels[level][i]);
                   out[column] = orSilence(extremes);
               });
}

void PeakPyramid::powers(double startSample, double spanSamples, std::span<float> out) const {
    std::fill(out.begin(), out.end(), 0.0F);
    eachColumn(startSample, spanSamples, out.size(),
               [&](std::size_t column, std::size_t level, std::size_t first, std::size_t end) {
                   double sum = 0, length = 0;
                   for (std::size_t i = first; i < end; ++i) {
                       const double block = blockLength(level, i);
                       sum += block * static_cast<double>(m_powers[level][i]);
                       length += block;
                   }
                   out[column] = static_cast<float>(sum / length);
               });
}

}  // namespace smidgen
