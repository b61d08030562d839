#include "models/codebook_average.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace smidgen::models {

CodebookAverage::CodebookAverage(int size, int dims, const CodebookSettings& settings)
    : m_size(size), m_dims(dims), m_settings(settings) {
    const auto n = static_cast<std::size_t>(size);
    m_codes.assign(n * static_cast<std::size_t>(dims), 0.0F);
    m_sums = m_codes;
    m_counts.assign(n, 0.0F);
    m_idle.assign(n, 0);
}

void CodebookAverage::start(std::span<const float> centroids, std::span<const float> counts) {
    std::copy(counts.begin(), counts.end(), m_counts.begin());
    for (int code = 0; code < m_size; ++code) {
        const auto at = static_cast<std::size_t>(code) * static_cast<std::size_t>(m_dims);
        const auto dims = static_cast<std::size_t>(m_dims);
        std::copy_n(centroids.begin() + static_cast<std::ptrdiff_t>(at), dims,
                    m_sums.begin() + static_cast<std::ptrdiff_t>(at));
        setCode(code);
        for (std::size_t d = at; d < at + dims; ++d)
            m_sums[d] = m_codes[d] * m_counts[static_cast<std::size_t>(code)];
    }
    std::ranges::fill(m_idle, 0);
}

void CodebookAverage::update(std::span<const float> sums, std::span<const float> counts) {
    const auto keep = static_cast<float>(m_settings.decay);
    const auto take = static_cast<float>(1.0 - m_settings.decay);
    for (std::size_t i = 0; i < m_sums.size(); ++i) m_sums[i] = keep * m_sums[i] + take * sums[i];
    for (std::size_t i = 0; i < m_counts.size(); ++i) m_counts[i] = keep * m_counts[i] + take * counts[i];
    const float all = std::accumulate(m_counts.begin(), m_counts.end(), 0.0F);
    const float least = static_cast<float>(m_settings.deadShare) * all / static_cast<float>(m_size);
    for (int code = 0; code < m_size; ++code) {
        setCode(code);
        std::int64_t& idle = m_idle[static_cast<std::size_t>(code)];
        idle = m_counts[static_cast<std::size_t>(code)] < least ? idle + 1 : 0;
    }
}

void CodebookAverage::remember(std::span<const float> vectors) {
    const auto dims = static_cast<std::size_t>(m_dims);
    const auto room = static_cast<std::size_t>(m_settings.reservoirVectors);
    for (std::size_t at = 0; at + dims <= vectors.size(); at += dims) {
        const auto vector = vectors.subspan(at, dims);
        if (m_reservoir.size() < room * dims) {
            m_reservoir.insert(m_reservoir.end(), vector.begin(), vector.end());
        } else {
            std::copy(vector.begin(), vector.end(),
                      m_reservoir.begin() + static_cast<std::ptrdiff_t>(m_next * dims));
        }
        m_next = (m_next + 1) % room;
    }
}

int CodebookAverage::revive(Random& random) {
    const auto dims = static_cast<std::size_t>(m_dims);
    const std::size_t remembered = m_reservoir.size() / std::max<std::size_t>(dims, 1);
    if (remembered == 0) return 0;
    const float all = std::accumulate(m_counts.begin(), m_counts.end(), 0.0F);
    int revived = 0;
    for (std::size_t code = 0; code < m_idle.size(); ++code) {
        if (m_idle[code] < m_settings.deadSteps) continue;
        const std::size_t chosen = random.below(remembered);
        const float count = all / static_cast<float>(m_size);
        std::copy_n(m_reservoir.begin() + static_cast<std::ptrdiff_t>(chosen * dims), dims,
                    m_sums.begin() + static_cast<std::ptrdiff_t>(code * dims));
        setCode(static_cast<int>(code));
        for (std::size_t d = 0; d < dims; ++d) m_sums[code * dims + d] = m_codes[code * dims + d] * count;
        m_counts[code] = count;
        m_idle[code] = 0;
        ++revived;
    }
    return revived;
}

/// The direction of the running sum; a sum of nothing leaves the code as it was.
void CodebookAverage::setCode(int code) {
    const auto dims = static_cast<std::size_t>(m_dims);
    const std::size_t at = static_cast<std::size_t>(code) * dims;
    double square = 0;
    for (std::size_t d = at; d < at + dims; ++d) square += static_cast<double>(m_sums[d]) * m_sums[d];
    const double norm = std::sqrt(square);
    if (!(norm > 1e-20)) return;
    for (std::size_t d = at; d < at + dims; ++d) m_codes[d] = static_cast<float>(m_sums[d] / norm);
}

CodebookAverage::Memory CodebookAverage::memory() const {
    Memory memory{m_codes, m_sums, m_counts, m_reservoir, m_idle};
    memory.idle.push_back(static_cast<std::int64_t>(m_next));
    return memory;
}

bool CodebookAverage::restore(const Memory& memory) {
    const auto dims = static_cast<std::size_t>(m_dims);
    const auto room = static_cast<std::size_t>(m_settings.reservoirVectors);
    const bool fits = memory.codes.size() == m_codes.size() && memory.sums.size() == m_sums.size() &&
                      memory.counts.size() == m_counts.size() && memory.idle.size() == m_idle.size() + 1 &&
                      memory.reservoir.size() <= room * dims && memory.reservoir.size() % dims == 0 &&
                      memory.idle.back() >= 0 && static_cast<std::size_t>(memory.idle.back()) < room;
    if (!fits) return false;
    m_codes = memory.codes;
    m_sums = memory.sums;
    m_counts = memory.counts;
    m_reservoir = memory.reservoir;
    m_idle.assign(memory.idle.begin(), memory.idle.end() - 1);
    m_next = static_cast<std::size_t>(memory.idle.back());
    return true;
}

}  // namespace smidgen::models
