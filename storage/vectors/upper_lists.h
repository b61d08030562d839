// Link lists of the upper levels of a graph: few rows have any.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>

#include "engine/foundation/result.h"

namespace smidgen::storage {

/// Lists of a fixed number of links that never move. reserve() by any thread; lists by any, through
/// std::atomic_ref.
class UpperLists {
 public:
    explicit UpperLists(std::size_t links) : m_links(links) {}
    UpperLists(const UpperLists&) = delete;
    UpperLists& operator=(const UpperLists&) = delete;
    ~UpperLists();

    /// `count` lists in a row, zeroed; the number of the first. Errors: outOfMemory.
    [[nodiscard]] Result<std::uint32_t> reserve(std::uint32_t count);
    [[nodiscard]] std::uint32_t* list(std::uint32_t number) const {
        return m_chunks[number / kChunkLists].load(std::memory_order_acquire) +
               number % kChunkLists * m_links;
    }
    [[nodiscard]] std::size_t bytes() const {
        return m_used.load(std::memory_order_relaxed) * m_links * sizeof(std::uint32_t);
    }

 private:
    static constexpr std::uint32_t kChunkLists = 1U << 14U;

    std::size_t m_links;
    std::mutex m_reserving;
    std::atomic<std::uint32_t> m_used{0};
    std::array<std::atomic<std::uint32_t*>, 4096> m_chunks{};
};

}  // namespace smidgen::storage
