// The slots that one search has seen.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace smidgen::storage {

/// Open addressing, small enough for the nearest caches; grows with the search. Not thread-safe.
class VisitedSet {
 public:
    VisitedSet() : m_places(1024), m_shift(22) {}

    void clear() {
        std::fill(m_places.begin(), m_places.end(), 0U);
        m_size = 0;
    }
    /// Whether the slot was not there yet.
    bool insert(std::uint32_t slot) {
        if (2 * m_size >= m_places.size()) grow();
        if (!place(slot + 1)) return false;
        ++m_size;
        return true;
    }

 private:
    bool place(std::uint32_t value) {
        const std::size_t mask = m_places.size() - 1;
        std::size_t at = (value * 0x9E3779B1U) >> m_shift;
        while (m_places[at] != 0) {
            if (m_places[at] == value) return false;
            at = (at + 1) & mask;
        }
        m_places[at] = value;
        return true;
    }
    void grow() {
        std::vector<std::uint32_t> old(2 * m_places.size());
        std::swap(old, m_places);
        --m_shift;
        for (const std::uint32_t value : old)
            if (value != 0) place(value);
    }

    std::vector<std::uint32_t> m_places;
    unsigned m_shift;  ///< 32 − log2 of the places
    std::size_t m_size = 0;
};

}  // namespace smidgen::storage
