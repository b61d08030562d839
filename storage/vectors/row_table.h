// Where an index keeps its rows: append-only, in chunks that never move, so that any number of readers go
// through them while one writer adds.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>

#include "engine/foundation/result.h"
#include "storage/geometry/packed_point.h"
#include "storage/vectors/rank_kernels.h"

namespace smidgen::storage {

/// A row is a slot number, its key, its point (by itself, and as a lane of a block), whether it is alive, and
/// room for the links of a graph. Slots below rows() never change but for alive and links.
///
/// Threads: append by one thread at a time; kill, links and the rest by any.
class RowTable {
 public:
    static constexpr std::uint32_t kChunkRows = 1U << 15U;
    static constexpr std::uint32_t kMostRows = kChunkRows * 4096U;

    /// `links` per row.
    RowTable(const RankShape& shape, std::size_t links);
    RowTable(const RowTable&) = delete;
    RowTable& operator=(const RowTable&) = delete;
    ~RowTable();

    /// Slots that readers may use.
    [[nodiscard]] std::uint32_t rows() const { return m_rows.load(std::memory_order_acquire); }
    [[nodiscard]] std::uint32_t deadRows() const { return m_dead.load(std::memory_order_relaxed); }
    [[nodiscard]] std::size_t links() const { return m_links; }
    /// Bytes that the rows take, with the unused rest of the last chunk left out.
    [[nodiscard]] std::size_t bytes() const;

    /// The new row's slot; alive and visible on return. Errors: outOfMemory, invalidArgument (table full).
    [[nodiscard]] Result<std::uint32_t> append(std::uint64_t key, PackedView point);
    /// A dead row stays where it is, for the graph to pass through.
    void kill(std::uint32_t slot);

    [[nodiscard]] bool alive(std::uint32_t slot) const {
        const std::uint64_t word = aliveWord(slot).load(std::memory_order_acquire);
        return ((word >> (slot % 64U)) & 1U) != 0;
    }
    [[nodiscard]] std::uint64_t key(std::uint32_t slot) const { return chunk(slot).keys[slot % kChunkRows]; }
    /// RankShape::rowFloats() floats on a 64-byte border.
    [[nodiscard]] const float* row(std::uint32_t slot) const {
        return reinterpret_cast<const float*>(chunk(slot).records + slot % kChunkRows * m_recordBytes);
    }
    [[nodiscard]] PackedView point(std::uint32_t slot) const;
    /// The blocks of one chunk: kChunkRows / kLanes of them. Only blocks whose rows are all below rows() may
    /// be read.
    [[nodiscard]] const float* blocks(std::uint32_t chunkNumber) const {
        return m_chunks[chunkNumber].load(std::memory_order_acquire)->blocks;
    }
    /// links() numbers, zero at first. Accessed through std::atomic_ref only.
    [[nodiscard]] std::uint32_t* linksOf(std::uint32_t slot) const {
        return reinterpret_cast<std::uint32_t*>(chunk(slot).records + slot % kChunkRows * m_recordBytes +
                                                m_linkOffset);
    }
    /// One number per row for the graph, zero at first.
    [[nodiscard]] std::atomic<std::uint32_t>& mark(std::uint32_t slot) const {
        return chunk(slot).marks[slot % kChunkRows];
    }
    /// Holds others off the links of a row; a spin lock for sections of well under a microsecond.
    void lock(std::uint32_t slot) const;
    void unlock(std::uint32_t slot) const;

 private:
    struct Chunk {
        std::byte* memory = nullptr;
        float* blocks = nullptr;
        std::byte* records = nullptr;  ///< the row's floats, then its links
        std::int16_t* fine = nullptr;
        std::uint64_t* keys = nullptr;
        std::atomic<std::uint64_t>* alive = nullptr;
        std::atomic<std::uint32_t>* marks = nullptr;
        std::atomic<bool>* locks = nullptr;
    };

    [[nodiscard]] const Chunk& chunk(std::uint32_t slot) const {
        return *m_chunks[slot / kChunkRows].load(std::memory_order_acquire);
    }
    [[nodiscard]] std::atomic<std::uint64_t>& aliveWord(std::uint32_t slot) const {
        return chunk(slot).alive[slot % kChunkRows / 64U];
    }
    [[nodiscard]] Status addChunk(std::uint32_t number);

    std::size_t m_columns;
    std::size_t m_rowFloats;
    std::size_t m_links;
    std::size_t m_linkOffset;
    std::size_t m_recordBytes;
    std::size_t m_chunkBytes = 0;
    std::atomic<std::uint32_t> m_rows{0};
    std::atomic<std::uint32_t> m_dead{0};
    std::array<std::atomic<Chunk*>, kMostRows / kChunkRows> m_chunks{};
};

}  // namespace smidgen::storage
