// The k nearest of what was offered.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <limits>
#include <vector>

namespace smidgen::storage {

/// A row that was reached, with its true rank. Ordered by rank, then key: a total order, the same for every
/// way of searching.
struct Candidate {
    double rank = 0.0;
    std::uint64_t key = 0;
    std::uint32_t slot = 0;

    [[nodiscard]] std::strong_ordering operator<=>(const Candidate& other) const {
        if (rank < other.rank) return std::strong_ordering::less;
        if (rank > other.rank) return std::strong_ordering::greater;
        if (const auto byKey = key <=> other.key; byKey != 0) return byKey;
        return slot <=> other.slot;
    }
    bool operator==(const Candidate& other) const { return (*this <=> other) == 0; }
};

/// What a list takes in: nothing of a rank above `ceiling`, nothing that is not behind (`afterRank`,
/// `afterKey`).
struct RankWindow {
    double ceiling = std::numeric_limits<double>::infinity();
    double afterRank = -1.0;
    std::uint64_t afterKey = 0;

    [[nodiscard]] bool contains(double rank, std::uint64_t key) const {
        return rank <= ceiling && (rank > afterRank || (rank == afterRank && key > afterKey));
    }
};

class NearestList {
 public:
    explicit NearestList(std::size_t most, RankWindow window = {}) : m_most(most), m_window(window) {}

    /// No row of a higher rank will be taken.
    [[nodiscard]] double worst() const {
        return m_heap.size() < m_most ? m_window.ceiling : m_heap.front().rank;
    }
    /// Whether the list changed.
    bool offer(const Candidate& candidate) {
        if (!m_window.contains(candidate.rank, candidate.key)) return false;
        if (m_heap.size() < m_most) {
            m_heap.push_back(candidate);
            if (m_heap.size() == m_most) std::make_heap(m_heap.begin(), m_heap.end());
            return true;
        }
        if (m_most == 0 || !(candidate < m_heap.front())) return false;
        std::pop_heap(m_heap.begin(), m_heap.end());
        m_heap.back() = candidate;
        std::push_heap(m_heap.begin(), m_heap.end());
        return true;
    }
    /// From the nearest on; a key that was met twice, because it was moved meanwhile, at its later place
    /// only. `moved` tells whether that happened. Leaves the list empty.
    [[nodiscard]] std::vector<Candidate> take(bool& moved) {
        std::vector<Candidate> sorted = std::move(m_heap);
        m_heap.clear();
        std::sort(sorted.begin(), sorted.end(), [](const Candidate& a, const Candidate& b) {
            return a.key != b.key ? a.key < b.key : a.slot > b.slot;
        });
        const auto end = std::unique(sorted.begin(), sorted.end(),
                                     [](const Candidate& a, const Candidate& b) { return a.key == b.key; });
        moved = end != sorted.end();
        sorted.erase(end, sorted.end());
        std::sort(sorted.begin(), sorted.end());
        return sorted;
    }

 private:
    std::size_t m_most;
    RankWindow m_window;
    std::vector<Candidate> m_heap;
};

}  // namespace smidgen::storage
