#include "storage/vectors/upper_lists.h"

#include <new>

namespace smidgen::storage {

UpperLists::~UpperLists() {
    for (auto& chunk : m_chunks) delete[] chunk.load(std::memory_order_relaxed);
}

Result<std::uint32_t> UpperLists::reserve(std::uint32_t count) {
    const std::lock_guard guard(m_reserving);
    const std::uint32_t first = m_used.load(std::memory_order_relaxed);
    const auto outOfMemory = [] {
        return failure(ErrorCode::outOfMemory, "There is not enough memory for the index of the vectors.");
    };
    if ((first + count - 1) / kChunkLists >= m_chunks.size()) return outOfMemory();
    for (std::uint32_t c = first / kChunkLists; c <= (first + count - 1) / kChunkLists; ++c) {
        if (m_chunks[c].load(std::memory_order_relaxed) != nullptr) continue;
        auto* lists = new (std::nothrow) std::uint32_t[kChunkLists * m_links]();
        if (lists == nullptr) return outOfMemory();
        m_chunks[c].store(lists, std::memory_order_release);
    }
    m_used.store(first + count, std::memory_order_relaxed);
    return first;
}

}  // namespace smidgen::storage
