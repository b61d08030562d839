// Blocks as they were last read, for as long as the database still says the same.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "storage/blocks/access_counter.h"
#include "storage/blocks/block_table.h"

namespace smidgen::storage {

/// The header of the write-ahead log's index (SQLite's file format, "walformat"), which every commit of every
/// process changes, and which never is again what it was. Equal marks: nothing was committed between.
using LogMark = std::array<std::uint32_t, 12>;

struct CachedBlock {
    std::shared_ptr<const StoredBlock> stored;  ///< without content
    bool hasVectors = false;
    std::optional<AccessCount> written;  ///< nothing: there may be later counts, which change no block
};

/// Thread-safe. Holds what was read until it changes, or `mostBytes` are exceeded: then what was not asked
/// for the longest goes.
class BlockCache {
 public:
    explicit BlockCache(std::size_t mostBytes) : m_mostBytes(mostBytes) {}

    /// Nothing when the block is not held, or not known to be what the database says at `now`. Also when its
    /// vectors are wanted and it was read without.
    [[nodiscard]] std::optional<CachedBlock> find(const BlockId& id, bool withVectors, const LogMark& now);

    /// Lets go of what was changed since, so that the rest holds at `mark`, which was read before the
    /// transaction of `connection` saw anything; `isNow` says whether it is the mark still. When another
    /// commit came between, nothing happens.
    [[nodiscard]] Status follow(Connection& connection, const LogMark& mark,
                                const std::function<bool()>& isNow);
    /// Keeps what was read in a transaction that began and ended at `mark`.
    void keep(CachedBlock block, const LogMark& mark);

 private:
    struct Held {
        CachedBlock block;
        std::size_t bytes = 0;
        std::uint64_t round = 0;  ///< in which its count was read
    };
    using Order = std::list<Held>;  ///< the last asked for first

    void drop(Order::iterator held);

    std::size_t m_mostBytes;
    std::mutex m_mutex;
    LogMark m_mark{};
    std::uint64_t m_change = 0;  ///< up to which everything held has been followed
    std::uint64_t m_round = 0;   ///< of following
    std::size_t m_bytes = 0;
    Order m_order;
    std::unordered_map<BlockId, Order::iterator> m_at;
};

}  // namespace smidgen::storage
