// The slots that one search has seen.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace smidgen::storage {

/// Open addressing, small enough for the nearest caches; grows with the search. Not thread-safe.
class VisitedSet {
 public:
    /// Forgets everything. `expected` slots fit without growing; forgetting costs as much as the latest
    /// search needed, not as the largest ever did.
    void clear(std::size_t expected) {
        std::fill(m_places.begin(), m_places.begin() + static_cast<std::ptrdiff_t>(m_capacity), 0U);
        m_size = 0;
        setCapacity(std::bit_ceil(std::clamp<std::size_t>(2 * expected, 1024, std::size_t{1} << 16U)));
    }
    /// Whether the slot was not there yet.
    bool insert(std::uint32_t slot) {
        if (2 * m_size >= m_capacity) grow();
        if (!place(slot + 1)) return false;
        ++m_size;
        return true;
    }

 private:
    void setCapacity(std::size_t capacity) {
        m_capacity = capacity;
        m_shift = 32U - static_cast<unsigned>(std::countr_zero(capacity));
        if (m_places.size() < capacity) m_places.resize(capacity);
    }
    bool place(std::uint32_t value) {
        std::size_t at = (value * 0x9E3779B1U) >> m_shift;
        while (m_places[at] != 0) {
            if (m_places[at] == value) return false;
            at = (at + 1) & (m_capacity - 1);
        }
        m_places[at] = value;
        return true;
    }
    void grow() {
        const auto end = m_places.begin() + static_cast<std::ptrdiff_t>(m_capacity);
        const std::vector<std::uint32_t> old(m_places.begin(), end);
        std::fill(m_places.begin(), end, 0U);
        setCapacity(2 * m_capacity);
        for (const std::uint32_t value : old)
            if (value != 0) place(value);
    }

    std::vector<std::uint32_t> m_places =
        std::vector<std::uint32_t>(1024);  ///< slot + 1; 0 beyond m_capacity
    std::size_t m_capacity = 1024;
    unsigned m_shift = 22;  ///< 32 − log2 of the capacity
    std::size_t m_size = 0;
};

}  // namespace smidgen::storage
