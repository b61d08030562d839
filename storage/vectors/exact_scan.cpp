#include "storage/vectors/exact_scan.h"

#include <array>

namespace smidgen::storage {
namespace {

class Scan {
 public:
    Scan(const RowTable& rows, const ScanSpace& space, const Query& query, const Filter& filter,
         NearestList& nearest)
        : m_rows(rows), m_space(space), m_query(query), m_filter(filter), m_nearest(nearest) {
        m_threshold = query.bound().coarse(nearest.worst());
    }

    /// Whole blocks of one chunk, numbered within it.
    void blocks(std::uint32_t chunk, std::size_t from, std::size_t to) {
        const float* base = m_rows.blocks(chunk);
        const std::size_t stride = m_space.shape.columns() * kLanes;
        std::array<float, kLanes> ranks{};
        for (std::size_t b = from; b < to; ++b) {
            b = m_space.kernels.findBlock(m_space.shape, m_query.row(), base, b, to, m_threshold);
            if (b == to) return;
            m_space.kernels.rankBlock(m_space.shape, m_query.row(), base + b * stride, ranks.data());
            const auto first = static_cast<std::uint32_t>(chunk * RowTable::kChunkRows + b * kLanes);
            for (std::uint32_t lane = 0; lane < kLanes; ++lane)
                if (ranks[lane] <= m_threshold) consider(first + lane);
        }
    }
    /// Fewer rows than a block.
    void loose(std::uint32_t from, std::uint32_t to) {
        std::array<const float*, kLanes> pointers{};
        std::array<float, kLanes> ranks{};
        for (std::uint32_t i = from; i < to; ++i) pointers[i - from] = m_rows.row(i);
        m_space.kernels.rankRows(m_space.shape, m_query.row(), pointers.data(), to - from, ranks.data());
        for (std::uint32_t i = from; i < to; ++i)
            if (ranks[i - from] <= m_threshold) consider(i);
    }

 private:
    void consider(std::uint32_t slot) {
        if (!m_rows.alive(slot)) return;
        const std::uint64_t key = m_rows.key(slot);
        if (!m_filter.allows(key)) return;
        const double before = m_nearest.worst();
        m_nearest.offer({m_query.rankOf(m_rows.point(slot)), key, slot});
        if (m_nearest.worst() < before) m_threshold = m_query.bound().coarse(m_nearest.worst());
    }

    const RowTable& m_rows;
    const ScanSpace& m_space;
    const Query& m_query;
    const Filter& m_filter;
    NearestList& m_nearest;
    float m_threshold = 0.0F;
};

}  // namespace

void scanRows(const RowTable& rows, const ScanSpace& space, const Query& query, std::uint32_t from,
              std::uint32_t to, const Filter& filter, NearestList& nearest) {
    constexpr auto kBlock = static_cast<std::uint32_t>(kLanes);
    Scan scan(rows, space, query, filter, nearest);
    std::uint32_t at = from;
    if (const std::uint32_t head = std::min(to, (from + kBlock - 1) / kBlock * kBlock); head > at) {
        scan.loose(at, head);
        at = head;
    }
    while (at + kBlock <= to) {
        const std::uint32_t chunk = at / RowTable::kChunkRows;
        const std::uint32_t end = std::min(to / kBlock * kBlock, (chunk + 1) * RowTable::kChunkRows);
        const std::uint32_t first = chunk * RowTable::kChunkRows;
        scan.blocks(chunk, (at - first) / kBlock, (end - first) / kBlock);
        at = end;
    }
    if (at < to) scan.loose(at, to);
}

void scanSlots(const RowTable& rows, const Query& query, std::span<const std::uint32_t> slots,
               NearestList& nearest) {
    for (const std::uint32_t slot : slots)
        if (rows.alive(slot)) nearest.offer({query.rankOf(rows.point(slot)), rows.key(slot), slot});
}

}  // namespace smidgen::storage
