#include "storage/blocks/block_cache.h"

#include "storage/blocks/change_log.h"

namespace smidgen::storage {
namespace {

/// With more changes than this it is cheaper to begin again.
constexpr std::size_t kMostFollowed = 1000;

std::size_t bytesOf(const CachedBlock& cached) {
    const Block& block = cached.stored->block;
    std::size_t bytes = sizeof(StoredBlock) + 300 + block.name.capacity() + block.mimeType.capacity() +
                        block.metadata.capacity() + block.project.capacity() + block.owner.capacity() +
                        16 * block.lineage.capacity();
    for (const auto* texts : {&block.tags, &block.sharedWith})
        for (const std::string& text : *texts) bytes += sizeof text + text.capacity();
    for (const Permission& permission : block.permissions)
        bytes += sizeof permission + permission.principal.capacity();
    for (const BlockVector& vector : block.vectors)
        bytes += sizeof vector + vector.space.capacity() + sizeof(float) * vector.values.capacity();
    return bytes;
}

}  // namespace

std::optional<CachedBlock> BlockCache::find(const BlockId& id, bool withVectors, const LogMark& now) {
    const std::lock_guard lock(m_mutex);
    if (m_mark != now) return std::nullopt;
    const auto at = m_at.find(id);
    if (at == m_at.end() || (withVectors && !at->second->block.hasVectors)) return std::nullopt;
    m_order.splice(m_order.begin(), m_order, at->second);
    CachedBlock found = at->second->block;
    if (at->second->round != m_round) found.written.reset();
    return found;
}

Status BlockCache::follow(Connection& connection, const LogMark& mark, const std::function<bool()>& isNow) {
    const std::lock_guard lock(m_mutex);
    if (m_mark == mark) return {};
    auto page = readChanges(connection, m_change, kMostFollowed);
    if (!page) return propagate(page);
    const bool tooMany = page->changes.size() >= kMostFollowed;
    std::uint64_t last = page->next;
    if (tooMany) {
        auto newest = connection.integerOf("SELECT max(seq) FROM audit");
        if (!newest) return propagate(newest);
        last = static_cast<std::uint64_t>(newest->value_or(0));
    }
    if (!isNow()) return {};
    if (tooMany)
        while (!m_order.empty()) drop(m_order.begin());
    for (const BlockChange& change : page->changes)
        if (const auto at = m_at.find(change.id); at != m_at.end()) drop(at->second);
    m_change = last;
    m_mark = mark;
    ++m_round;
    return {};
}

void BlockCache::keep(CachedBlock block, const LogMark& mark) {
    const std::size_t bytes = bytesOf(block);
    const BlockId id = block.stored->block.id;
    const std::lock_guard lock(m_mutex);
    if (m_mark != mark || bytes > m_mostBytes / 4) return;
    if (const auto at = m_at.find(id); at != m_at.end()) drop(at->second);
    m_order.push_front({std::move(block), bytes, m_round});
    m_at.emplace(id, m_order.begin());
    m_bytes += bytes;
    while (m_bytes > m_mostBytes) drop(std::prev(m_order.end()));
}

void BlockCache::drop(Order::iterator held) {
    m_bytes -= held->bytes;
    m_at.erase(held->block.stored->block.id);
    m_order.erase(held);
}

}  // namespace smidgen::storage
