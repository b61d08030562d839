#include "storage/vectors/row_table.h"

#include <sys/mman.h>

#include <algorithm>
#include <new>
#include <thread>

namespace smidgen::storage {
namespace {

constexpr std::size_t kLargePage = std::size_t{2} << 20U;

std::size_t roundedUp(std::size_t bytes, std::size_t border) {
    return (bytes + border - 1) / border * border;
}

/// Offsets of the arrays of a chunk.
struct ChunkPlan {
    std::size_t records, fine, keys, alive, marks, locks, end;

    ChunkPlan(std::size_t columns, std::size_t recordBytes) {
        constexpr std::size_t kRows = RowTable::kChunkRows;
        std::size_t at = columns * kRows * sizeof(float);
        const auto next = [&](std::size_t bytes) {
            const std::size_t here = roundedUp(at, 64);
            at = here + bytes;
            return here;
        };
        records = next(kRows * recordBytes);
        fine = next(kRows * columns * sizeof(std::int16_t));
        keys = next(kRows * sizeof(std::uint64_t));
        alive = next(kRows / 8);
        marks = next(kRows * sizeof(std::uint32_t));
        locks = next(kRows);
        end = roundedUp(at, kLargePage);
    }
};

}  // namespace

RowTable::RowTable(const RankShape& shape, std::size_t links)
    : m_columns(shape.columns()),
      m_rowFloats(shape.rowFloats()),
      m_links(links),
      m_linkOffset(shape.rowFloats() * sizeof(float)),
      m_recordBytes(roundedUp(m_linkOffset + links * sizeof(std::uint32_t), 64)),
      m_chunkBytes(ChunkPlan(m_columns, m_recordBytes).end) {}

RowTable::~RowTable() {
    for (auto& each : m_chunks) {
        const Chunk* chunk = each.load(std::memory_order_relaxed);
        if (chunk == nullptr) break;
        ::munmap(chunk->memory, m_chunkBytes);
        delete chunk;
    }
}

std::size_t RowTable::bytes() const {
    const std::size_t perRow = m_columns * (sizeof(float) + sizeof(std::int16_t)) + m_recordBytes +
                               sizeof(std::uint64_t) + sizeof(std::uint32_t) + 1;
    return rows() * perRow + rows() / 8 + sizeof(*this);
}

Status RowTable::addChunk(std::uint32_t number) {
    const auto outOfMemory = [] {
        return failure(ErrorCode::outOfMemory, "There is not enough memory for more vectors.");
    };
    // Zero pages, which cost nothing until they are written.
    void* memory = ::mmap(nullptr, m_chunkBytes, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) return outOfMemory();
#if defined(MADV_HUGEPAGE)
    // Graph searches jump about; a small index keeps small pages.
    if (number > 0) ::madvise(memory, m_chunkBytes, MADV_HUGEPAGE);
#endif
    auto* chunk = new (std::nothrow) Chunk;
    if (chunk == nullptr) {
        ::munmap(memory, m_chunkBytes);
        return outOfMemory();
    }
    const ChunkPlan plan(m_columns, m_recordBytes);
    auto* base = static_cast<std::byte*>(memory);
    chunk->memory = base;
    chunk->blocks = reinterpret_cast<float*>(base);
    chunk->records = base + plan.records;
    chunk->fine = reinterpret_cast<std::int16_t*>(base + plan.fine);
    chunk->keys = reinterpret_cast<std::uint64_t*>(base + plan.keys);
    chunk->alive = reinterpret_cast<std::atomic<std::uint64_t>*>(base + plan.alive);
    chunk->marks = reinterpret_cast<std::atomic<std::uint32_t>*>(base + plan.marks);
    chunk->locks = reinterpret_cast<std::atomic<bool>*>(base + plan.locks);
    m_chunks[number].store(chunk, std::memory_order_release);
    return {};
}

Result<std::uint32_t> RowTable::append(std::uint64_t key, PackedView point) {
    const std::uint32_t slot = m_rows.load(std::memory_order_relaxed);
    if (slot == kMostRows)
        return failure(ErrorCode::invalidArgument, "A vector index holds at most 134 million vectors.");
    const std::uint32_t at = slot % kChunkRows;
    if (at == 0) {
        if (auto added = addChunk(slot / kChunkRows); !added) return propagate(added);
    }
    const Chunk& to = chunk(slot);
    auto* row = reinterpret_cast<float*>(to.records + at * m_recordBytes);
    float* lane = to.blocks + at / kLanes * (m_columns * kLanes) + at % kLanes;
    for (std::size_t i = 0; i < m_columns; ++i) {
        row[i] = point.coarse[i];
        lane[i * kLanes] = point.coarse[i];
        to.fine[at * m_columns + i] = point.fine[i];
    }
    to.keys[at] = key;
    aliveWord(slot).fetch_or(std::uint64_t{1} << (slot % 64U), std::memory_order_relaxed);
    m_rows.store(slot + 1, std::memory_order_release);
    return slot;
}

void RowTable::kill(std::uint32_t slot) {
    const std::uint64_t bit = std::uint64_t{1} << (slot % 64U);
    const std::uint64_t before = aliveWord(slot).fetch_and(~bit, std::memory_order_acq_rel);
    if ((before & bit) != 0) m_dead.fetch_add(1, std::memory_order_relaxed);
}

PackedView RowTable::point(std::uint32_t slot) const {
    return {std::span(row(slot), m_columns),
            std::span(chunk(slot).fine + slot % kChunkRows * m_columns, m_columns)};
}

void RowTable::lock(std::uint32_t slot) const {
    std::atomic<bool>& flag = chunk(slot).locks[slot % kChunkRows];
    while (flag.exchange(true, std::memory_order_acquire)) std::this_thread::yield();
}

void RowTable::unlock(std::uint32_t slot) const {
    chunk(slot).locks[slot % kChunkRows].store(false, std::memory_order_release);
}

}  // namespace smidgen::storage
