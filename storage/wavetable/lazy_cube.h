// A cube larger than memory: nodes are decoded when they are asked for and kept as long as there is room.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "storage/wavetable/node_source.h"
#include "storage/wavetable/node_storage.h"

namespace smidgen::storage {

struct CacheCounts {
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
    std::size_t bytes = 0;  ///< of decoded values held now
};

/// Any thread; two threads may decode the same node at once, one of them in vain.
class LazyCube final : public NodeSource {
 public:
    /// Holds at most `cacheBytes` of decoded values (beside what callers hold); a node larger than that is
    /// decoded at every call.
    LazyCube(std::shared_ptr<const NodeStorage> storage, std::size_t cacheBytes);

    [[nodiscard]] const CubeLayout& layout() const override { return m_storage->layout(); }
    [[nodiscard]] std::span<const std::uint8_t> presence() const override { return m_presence; }
    [[nodiscard]] std::optional<NodeShape> shapeAt(const GridPoint& point) const override;
    [[nodiscard]] Result<NodePointer> load(const GridPoint& point) const override;

    [[nodiscard]] CacheCounts counts() const;

 private:
    [[nodiscard]] std::optional<std::size_t> numberAt(const GridPoint& point) const;
    [[nodiscard]] NodePointer cached(std::size_t number) const;
    void keep(std::size_t number, const NodePointer& node) const;

    std::shared_ptr<const NodeStorage> m_storage;
    std::size_t m_cacheBytes;
    std::vector<std::uint8_t> m_presence;

    struct Held {
        NodePointer node;
        std::list<std::size_t>::iterator place;
    };
    mutable std::mutex m_lock;
    mutable std::list<std::size_t> m_recent;  ///< numbers, the latest first
    mutable std::unordered_map<std::size_t, Held> m_held;
    mutable CacheCounts m_counts;
};

}  // namespace smidgen::storage
