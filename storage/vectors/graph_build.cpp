// Taking rows into the graph.
#include <algorithm>
#include <array>
#include <thread>

#include "storage/vectors/graph.h"

namespace smidgen::storage {
namespace {

using Link = std::atomic_ref<std::uint32_t>;

/// Rows between two looks at the cancel token; covered() moves on in these steps.
constexpr std::uint32_t kStep = 1024;

std::uint64_t entryFor(std::uint32_t slot, int level) {
    return (static_cast<std::uint64_t>(level) << 32U) | (slot + 1U);
}

}  // namespace

Status Graph::extend(std::uint32_t to, int threads, const CancelToken& cancel) {
    while (covered() < to) {
        if (cancel.cancelled()) return failure(ErrorCode::cancelled, "Indexing the vectors was stopped.");
        const std::uint32_t from = covered();
        const std::uint32_t end = std::min(to, from + kStep);
        std::atomic<std::uint32_t> next{from};
        std::atomic<bool> failed{false};
        const auto work = [&] {
            GraphScratch scratch;
            for (std::uint32_t slot = next++; slot < end && !failed; slot = next++)
                if (!insert(slot, scratch)) failed = true;
        };
        {
            std::vector<std::jthread> others;
            for (int t = 1; t < threads; ++t) others.emplace_back(work);
            work();
        }
        if (failed)
            return failure(ErrorCode::outOfMemory,
                           "There is not enough memory for the index of the vectors.");
        m_covered.store(end, std::memory_order_release);
    }
    return {};
}

Status Graph::prepare(std::uint32_t slot) {
    const int level = levelOf(m_rows.key(slot));
    if (level == 0 || m_rows.mark(slot).load(std::memory_order_relaxed) != 0) return {};
    const auto first = m_upper.reserve(static_cast<std::uint32_t>(level));
    if (!first) return tl::unexpected<Error>(first.error());
    m_rows.mark(slot).store(*first + 1, std::memory_order_relaxed);
    return {};
}

void Graph::restore(std::uint32_t covered, std::uint64_t entry) {
    m_entry.store(entry, std::memory_order_release);
    m_covered.store(covered, std::memory_order_release);
}

void Graph::raiseEntry(std::uint32_t slot, int level) {
    const std::lock_guard guard(m_raising);
    const std::uint64_t now = entry();
    if (now == 0 || static_cast<int>(now >> 32U) < level)
        m_entry.store(entryFor(slot, level), std::memory_order_release);
}

// Neighbours are chosen for all levels before the first link is made, and levels are linked from the lowest
// up: whoever reaches this row on a level finds its way on from there.
Status Graph::insert(std::uint32_t slot, GraphScratch& scratch) {
    if (auto prepared = prepare(slot); !prepared) return prepared;
    const int level = levelOf(m_rows.key(slot));
    const std::uint64_t start = entry();
    if (start == 0) {
        raiseEntry(slot, level);
        if (entry() == entryFor(slot, level)) return {};
        return insert(slot, scratch);
    }
    const float* point = m_rows.row(slot);
    const int highest = static_cast<int>(start >> 32U);
    Reached near = descend(point, start, std::min(level, highest), scratch);
    std::vector<Chosen> chosen;
    for (int l = std::min(level, highest); l >= 0; --l) {
        exploreAll(point, near, l, scratch);
        near = scratch.found.front();
        chosen.push_back({l, chooseNeighbours(scratch.found, slot)});
    }
    for (auto each = chosen.rbegin(); each != chosen.rend(); ++each) {
        addLinks(slot, each->level, each->neighbours);
        for (const std::uint32_t neighbour : each->neighbours) linkBack(neighbour, slot, each->level);
    }
    if (level > highest) raiseEntry(slot, level);
    return {};
}

/// Of rows in order of distance, each that is nearer to the point than to all chosen before it: links lead in
/// all directions instead of into one crowd (algorithm 4 of the paper). Of rows in the same place one is
/// chosen.
std::vector<std::uint32_t> Graph::diverse(std::span<const Reached> sorted, std::size_t most) const {
    constexpr std::size_t kTogether = 4;
    std::vector<std::uint32_t> chosen;
    std::vector<const float*> rows;
    std::array<float, kTogether> ranks;
    for (const Reached& each : sorted) {
        if (chosen.size() == most) break;
        const float* row = m_rows.row(each.slot());
        bool apart = true;
        for (std::size_t i = 0; i < rows.size() && apart; i += kTogether) {
            const std::size_t count = std::min(kTogether, rows.size() - i);
            m_space.kernels.rankRows(m_space.shape, row, rows.data() + i, count, ranks.data());
            for (std::size_t j = 0; j < count; ++j) apart = apart && each.rank() < ranks[j];
        }
        if (!apart) continue;
        chosen.push_back(each.slot());
        rows.push_back(row);
    }
    return chosen;
}

/// Living neighbours, as long as there are enough of them to choose from.
std::vector<std::uint32_t> Graph::chooseNeighbours(std::span<const Reached> sorted,
                                                   std::uint32_t slot) const {
    std::vector<Reached> others;
    std::vector<Reached> living;
    for (const Reached& each : sorted) {
        if (each.slot() == slot) continue;
        others.push_back(each);
        if (m_rows.alive(each.slot())) living.push_back(each);
    }
    return diverse(living.size() >= m_shape.links ? living : others, m_shape.links);
}

void Graph::addLinks(std::uint32_t slot, int level, std::span<const std::uint32_t> neighbours) {
    m_rows.lock(slot);
    const std::span<std::uint32_t> links = list(slot, level);
    std::size_t at = 0;
    for (const std::uint32_t neighbour : neighbours) {
        bool there = false;
        for (; at < links.size(); ++at) {
            const std::uint32_t link = Link(links[at]).load(std::memory_order_relaxed);
            if (link == 0) break;
            there = there || link == neighbour + 1;
        }
        if (at == links.size()) break;
        if (!there) Link(links[at]).store(neighbour + 1, std::memory_order_release);
    }
    m_rows.unlock(slot);
}

void Graph::linkBack(std::uint32_t from, std::uint32_t to, int level) {
    m_rows.lock(from);
    const std::span<std::uint32_t> links = list(from, level);
    std::vector<const float*> rows;
    std::vector<std::uint32_t> slots;
    bool there = false;
    for (std::uint32_t& each : links) {
        const std::uint32_t link = Link(each).load(std::memory_order_relaxed);
        if (link == 0) break;
        there = there || link == to + 1;
        slots.push_back(link - 1);
        rows.push_back(m_rows.row(link - 1));
    }
    if (!there && slots.size() < links.size()) {
        Link(links[slots.size()]).store(to + 1, std::memory_order_release);
    } else if (!there) {
        // Full: the most useful of all stay.
        slots.push_back(to);
        rows.push_back(m_rows.row(to));
        std::vector<float> ranks(rows.size());
        m_space.kernels.rankRows(m_space.shape, m_rows.row(from), rows.data(), rows.size(), ranks.data());
        std::vector<Reached> sorted;
        for (std::size_t i = 0; i < slots.size(); ++i) sorted.emplace_back(ranks[i], slots[i]);
        std::sort(sorted.begin(), sorted.end());
        const std::vector<std::uint32_t> kept = diverse(sorted, links.size());
        for (std::size_t i = 0; i < links.size(); ++i)
            Link(links[i]).store(i < kept.size() ? kept[i] + 1 : 0, std::memory_order_release);
    }
    m_rows.unlock(from);
}

}  // namespace smidgen::storage
