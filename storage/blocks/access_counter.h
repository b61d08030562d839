// Reads are counted in memory and written down now and then: a read must not wait for the disk.
#pragma once

#include <cstdint>
#include <mutex>
#include <unordered_map>

#include "storage/blocks/connection.h"

namespace smidgen::storage {

struct AccessCount {
    std::uint64_t count = 0;
    std::int64_t time = 0;  ///< of the last, milliseconds since 1970, UTC
};

/// Thread-safe.
class AccessCounter {
 public:
    void note(std::int64_t block, std::int64_t time) {
        const std::lock_guard lock(m_mutex);
        AccessCount& count = m_counts[block];
        ++count.count;
        count.time = time;
    }
    /// What was noted since the last call.
    [[nodiscard]] std::unordered_map<std::int64_t, AccessCount> take() {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_counts, {});
    }
    [[nodiscard]] AccessCount pending(std::int64_t block) {
        const std::lock_guard lock(m_mutex);
        const auto at = m_counts.find(block);
        return at == m_counts.end() ? AccessCount{} : at->second;
    }
    [[nodiscard]] bool empty() {
        const std::lock_guard lock(m_mutex);
        return m_counts.empty();
    }

 private:
    std::mutex m_mutex;
    std::unordered_map<std::int64_t, AccessCount> m_counts;
};

/// Adds to the rows of `access`; within a write transaction.
[[nodiscard]] Status writeAccess(Connection& connection,
                                 const std::unordered_map<std::int64_t, AccessCount>& counts);
[[nodiscard]] Result<AccessCount> readAccess(Connection& connection, std::int64_t block);

}  // namespace smidgen::storage
