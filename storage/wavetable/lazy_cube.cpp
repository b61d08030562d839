#include "storage/wavetable/lazy_cube.h"

#include <algorithm>
#include <utility>

namespace smidgen::storage {

LazyCube::LazyCube(std::shared_ptr<const NodeStorage> storage, std::size_t cacheBytes)
    : m_storage(std::move(storage)),
      m_cacheBytes(cacheBytes),
      m_presence(m_storage->layout().pointCount(), 0) {
    for (const StoredNode& node : m_storage->nodes()) m_presence[m_storage->layout().indexOf(node.point)] = 1;
}

std::optional<std::size_t> LazyCube::numberAt(const GridPoint& point) const {
    const CubeLayout& grid = m_storage->layout();
    if (!grid.contains(point)) return std::nullopt;
    const auto nodes = m_storage->nodes();
    const auto at = std::lower_bound(
        nodes.begin(), nodes.end(), grid.indexOf(point),
        [&grid](const StoredNode& node, std::size_t index) { return grid.indexOf(node.point) < index; });
    if (at == nodes.end() || !(at->point == point)) return std::nullopt;
    return static_cast<std::size_t>(at - nodes.begin());
}

std::optional<NodeShape> LazyCube::shapeAt(const GridPoint& point) const {
    const auto number = numberAt(point);
    return number ? std::optional(m_storage->nodes()[*number].header.shape) : std::nullopt;
}

Result<NodePointer> LazyCube::load(const GridPoint& point) const {
    const auto number = numberAt(point);
    if (!number) return failure(ErrorCode::notFound, "Nothing lies at " + pointText(point) + " of the cube.");
    if (NodePointer node = cached(*number)) return node;
    auto stream = m_storage->read(*number);
    if (!stream) return propagate(stream);
    auto node = decodeNode(*stream);
    if (node) keep(*number, *node);
    return node;
}

NodePointer LazyCube::cached(std::size_t number) const {
    const std::lock_guard lock(m_lock);
    const auto found = m_held.find(number);
    if (found == m_held.end()) {
        ++m_counts.misses;
        return nullptr;
    }
    ++m_counts.hits;
    m_recent.splice(m_recent.begin(), m_recent, found->second.place);
    return found->second.node;
}

void LazyCube::keep(std::size_t number, const NodePointer& node) const {
    const std::size_t bytes = node->shape.bytes();
    const std::lock_guard lock(m_lock);
    if (bytes > m_cacheBytes || m_held.contains(number)) return;
    while (m_counts.bytes + bytes > m_cacheBytes) {
        const auto oldest = m_held.find(m_recent.back());
        m_counts.bytes -= oldest->second.node->shape.bytes();
        m_held.erase(oldest);
        m_recent.pop_back();
    }
    m_recent.push_front(number);
    m_held.emplace(number, Held{node, m_recent.begin()});
    m_counts.bytes += bytes;
}

CacheCounts LazyCube::counts() const {
    const std::lock_guard lock(m_lock);
    return m_counts;
}

}  // namespace smidgen::storage
