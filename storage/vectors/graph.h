// A hierarchical navigable small world (Malkov & Yashunin 2018) over the rows of a table.
//
// Distances between two rows are true ranks from point to point: for hyperbolic space the inner product,
// which serves for a scan, is no distance in a graph (it finds almost nothing).
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "storage/vectors/exact_scan.h"
#include "storage/vectors/row_table.h"
#include "storage/vectors/upper_lists.h"
#include "storage/vectors/visited_set.h"

namespace smidgen::storage {

struct GraphShape {
    std::size_t links = 16;         ///< to each row on the upper levels; twice as many on the lowest
    std::size_t buildEffort = 200;  ///< rows kept in view while a row's neighbours are looked for
    std::uint64_t seed = 1;         ///< decides the levels

    bool operator==(const GraphShape&) const = default;
};

/// A row that a graph search reached: single-precision rank and slot in one number that sorts by both.
class Reached {
 public:
    Reached() = default;
    Reached(float rank, std::uint32_t slot);
    [[nodiscard]] float rank() const;
    [[nodiscard]] std::uint32_t slot() const { return static_cast<std::uint32_t>(m_value); }
    auto operator<=>(const Reached&) const = default;

 private:
    std::uint64_t m_value = 0;
};

/// Working memory of one search; one per thread, used again and again.
struct GraphScratch {
    VisitedSet visited;
    std::vector<Reached> frontier;
    std::vector<Reached> found;
    std::vector<std::uint32_t> slots;
    std::vector<const float*> rows;
    std::vector<float> ranks;
    std::size_t evaluations = 0;  ///< ranks computed since it was last set to 0
};

/// What a search may return and how much it may cost.
struct GraphSearch {
    std::size_t effort = 64;                 ///< rows kept in view (ef)
    const Filter* filter = nullptr;          ///< null: everything
    std::size_t mostEvaluations = SIZE_MAX;  ///< gives up beyond
};

/// Threads: extend() by one thread at a time (it may use several inside); searches by any number at once,
/// also while it runs: links are atomic, rows are published before the first link to them, and a search never
/// waits.
class Graph {
 public:
    /// The table needs 2 × links links a row. Keeps references.
    Graph(const RowTable& rows, const ScanSpace& space, GraphShape shape);

    /// Rows [0, covered()) are in the graph.
    [[nodiscard]] std::uint32_t covered() const { return m_covered.load(std::memory_order_acquire); }
    /// Takes in the rows up to `to` with `threads` threads. With one thread the same rows make the same
    /// graph. Errors: cancelled (what is in stays in), outOfMemory.
    [[nodiscard]] Status extend(std::uint32_t to, int threads, const CancelToken& cancel);

    /// The nearest living rows below `covered` that the filter allows, at most `effort`, nearest first, in
    /// scratch.found. False when it would have cost more than asked. Approximate.
    [[nodiscard]] bool search(const Query& query, const GraphSearch& wanted, std::uint32_t covered,
                              GraphScratch& scratch) const;

    [[nodiscard]] const GraphShape& shape() const { return m_shape; }
    [[nodiscard]] std::size_t bytes() const { return m_upper.bytes(); }
    /// The level a row of this key is given.
    [[nodiscard]] int levelOf(std::uint64_t key) const;

    /// For the index file: where searches start (slot + 1, 0 when empty) and the links as they are.
    [[nodiscard]] std::uint64_t entry() const { return m_entry.load(std::memory_order_acquire); }
    [[nodiscard]] std::span<std::uint32_t> list(std::uint32_t slot, int level) const;
    /// Makes room for the upper lists of a row that was read from a file. Errors: outOfMemory.
    [[nodiscard]] Status prepare(std::uint32_t slot);
    /// Declares the links that were read from a file whole.
    void restore(std::uint32_t covered, std::uint64_t entry);

 private:
    struct Chosen {
        int level;
        std::vector<std::uint32_t> neighbours;
    };

    [[nodiscard]] Status insert(std::uint32_t slot, GraphScratch& scratch);
    [[nodiscard]] Reached descend(const float* point, std::uint64_t entry, int toLevel,
                                  GraphScratch& scratch) const;
    template <typename Accept>
    bool explore(const float* point, Reached start, std::size_t effort, int level,
                 std::size_t mostEvaluations, GraphScratch& scratch, Accept accept) const;
    void exploreAll(const float* point, Reached start, int level, GraphScratch& scratch) const;
    void collectUnvisited(std::uint32_t slot, int level, GraphScratch& scratch) const;
    void rank(const float* point, GraphScratch& scratch) const;
    [[nodiscard]] std::vector<std::uint32_t> diverse(std::span<const Reached> sorted, std::size_t most) const;
    [[nodiscard]] std::vector<std::uint32_t> chooseNeighbours(std::span<const Reached> sorted,
                                                              std::uint32_t slot) const;
    void addLinks(std::uint32_t slot, int level, std::span<const std::uint32_t> neighbours);
    void linkBack(std::uint32_t from, std::uint32_t to, int level);
    void raiseEntry(std::uint32_t slot, int level);
    [[nodiscard]] std::size_t mostLinks(int level) const {
        return level == 0 ? 2 * m_shape.links : m_shape.links;
    }

    const RowTable& m_rows;
    ScanSpace m_space;
    GraphShape m_shape;
    UpperLists m_upper;
    std::atomic<std::uint32_t> m_covered{0};
    std::atomic<std::uint64_t> m_entry{0};  ///< level in the upper half, slot + 1 in the lower
    std::mutex m_raising;
};

}  // namespace smidgen::storage
