#include "storage/vectors/graph.h"

#include <bit>
#include <functional>

#include "engine/foundation/random.h"

namespace smidgen::storage {
namespace {

using Link = std::atomic_ref<std::uint32_t>;

constexpr int kHighestLevel = 12;

std::uint32_t slotOfEntry(std::uint64_t entry) {
    return static_cast<std::uint32_t>(entry) - 1;
}
int levelOfEntry(std::uint64_t entry) {
    return static_cast<int>(entry >> 32U);
}

}  // namespace

// Ranks are not negative, so that their bits sort like they do.
Reached::Reached(float rank, std::uint32_t slot)
    : m_value((static_cast<std::uint64_t>(std::bit_cast<std::uint32_t>(rank)) << 32U) | slot) {}

float Reached::rank() const {
    return std::bit_cast<float>(static_cast<std::uint32_t>(m_value >> 32U));
}

Graph::Graph(const RowTable& rows, const ScanSpace& space, GraphShape shape)
    : m_rows(rows), m_space(space), m_shape(shape), m_upper(shape.links) {}

// One row in `links` is on the next level too.
int Graph::levelOf(std::uint64_t key) const {
    const std::uint64_t draw = mixSeed(m_shape.seed, key);
    std::uint64_t limit = UINT64_MAX / m_shape.links;
    int level = 0;
    while (level < kHighestLevel && draw < limit) {
        ++level;
        limit /= m_shape.links;
    }
    return level;
}

std::span<std::uint32_t> Graph::list(std::uint32_t slot, int level) const {
    if (level == 0) return {m_rows.linksOf(slot), mostLinks(0)};
    const std::uint32_t first = m_rows.mark(slot).load(std::memory_order_relaxed) - 1;
    return {m_upper.list(first + static_cast<std::uint32_t>(level) - 1), m_shape.links};
}

void Graph::collectUnvisited(std::uint32_t slot, int level, GraphScratch& scratch) const {
    scratch.slots.clear();
    scratch.rows.clear();
    for (std::uint32_t& each : list(slot, level)) {
        const std::uint32_t link = Link(each).load(std::memory_order_acquire);
        if (link == 0) break;
        if (!scratch.visited.insert(link - 1)) continue;
        const float* row = m_rows.row(link - 1);
        __builtin_prefetch(row);
        scratch.slots.push_back(link - 1);
        scratch.rows.push_back(row);
    }
}

void Graph::rank(const float* point, GraphScratch& scratch) const {
    scratch.ranks.resize(scratch.rows.size());
    m_space.kernels.rankRows(m_space.shape, point, scratch.rows.data(), scratch.rows.size(),
                             scratch.ranks.data());
    scratch.evaluations += scratch.rows.size();
}

Reached Graph::descend(const float* point, std::uint64_t entry, int toLevel, GraphScratch& scratch) const {
    scratch.slots.assign(1, slotOfEntry(entry));
    scratch.rows.assign(1, m_rows.row(slotOfEntry(entry)));
    rank(point, scratch);
    Reached nearest(scratch.ranks.front(), slotOfEntry(entry));
    // Rows seen on one level were no nearer than where the next begins.
    scratch.visited.clear(1);
    scratch.visited.insert(nearest.slot());
    for (int level = levelOfEntry(entry); level > toLevel; --level)
        for (bool moved = true; moved;) {
            moved = false;
            collectUnvisited(nearest.slot(), level, scratch);
            rank(point, scratch);
            for (std::size_t i = 0; i < scratch.slots.size(); ++i) {
                const Reached each(scratch.ranks[i], scratch.slots[i]);
                if (each.rank() < nearest.rank()) {
                    nearest = each;
                    moved = true;
                }
            }
        }
    return nearest;
}

/// Best-first: takes the nearest row of the frontier as long as it may lead to rows nearer than the farthest
/// found. Rows that are not accepted are passed through. `found` becomes a heap, the farthest on top.
template <typename Accept>
bool Graph::explore(const float* point, Reached start, std::size_t effort, int level,
                    std::size_t mostEvaluations, GraphScratch& scratch, Accept accept) const {
    constexpr std::greater<> kNearestOnTop;
    auto& frontier = scratch.frontier;
    auto& found = scratch.found;
    scratch.visited.clear(16 * effort);
    scratch.visited.insert(start.slot());
    frontier.assign(1, start);
    found.clear();
    if (accept(start.slot())) found.push_back(start);
    while (!frontier.empty()) {
        const Reached nearest = frontier.front();
        if (found.size() >= effort && found.front().rank() < nearest.rank()) break;
        if (scratch.evaluations > mostEvaluations) return false;
        std::pop_heap(frontier.begin(), frontier.end(), kNearestOnTop);
        frontier.pop_back();
        collectUnvisited(nearest.slot(), level, scratch);
        rank(point, scratch);
        for (std::size_t i = 0; i < scratch.slots.size(); ++i) {
            const Reached each(scratch.ranks[i], scratch.slots[i]);
            const bool full = found.size() >= effort;
            if (full && !(each < found.front())) continue;
            frontier.push_back(each);
            std::push_heap(frontier.begin(), frontier.end(), kNearestOnTop);
            if (!accept(each.slot())) continue;
            if (full) {
                std::pop_heap(found.begin(), found.end());
                found.back() = each;
            } else {
                found.push_back(each);
            }
            std::push_heap(found.begin(), found.end());
        }
    }
    return true;
}

/// The rows near `point` that a new row may be linked to, nearest first.
void Graph::exploreAll(const float* point, Reached start, int level, GraphScratch& scratch) const {
    explore(point, start, m_shape.buildEffort, level, SIZE_MAX, scratch, [](std::uint32_t) { return true; });
    std::sort(scratch.found.begin(), scratch.found.end());
}

bool Graph::search(const Query& query, const GraphSearch& wanted, std::uint32_t covered,
                   GraphScratch& scratch) const {
    scratch.evaluations = 0;
    scratch.found.clear();
    const std::uint64_t start = entry();
    if (start == 0) return true;
    const Reached near = descend(query.row(), start, 0, scratch);
    const auto living = [&](std::uint32_t slot) { return slot < covered && m_rows.alive(slot); };
    bool whole = true;
    if (wanted.filter == nullptr || wanted.filter->everything()) {
        whole = explore(query.row(), near, wanted.effort, 0, wanted.mostEvaluations, scratch, living);
    } else {
        whole = explore(
            query.row(), near, wanted.effort, 0, wanted.mostEvaluations, scratch,
            [&](std::uint32_t slot) { return living(slot) && wanted.filter->allows(m_rows.key(slot)); });
    }
    std::sort(scratch.found.begin(), scratch.found.end());
    return whole;
}

}  // namespace smidgen::storage
