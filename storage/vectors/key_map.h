// From keys to slots: open addressing over slot numbers alone, the keys being in the rows already.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "storage/vectors/row_table.h"

namespace smidgen::storage {

/// Not thread-safe. About 8 bytes a key.
class KeyMap {
 public:
    explicit KeyMap(const RowTable& rows) : m_rows(&rows), m_places(64) {}

    [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t key) const;
    /// The key of the row in `slot` now means that slot.
    void assign(std::uint32_t slot);
    void erase(std::uint64_t key);
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] std::size_t bytes() const { return m_places.size() * sizeof(std::uint32_t); }

 private:
    [[nodiscard]] std::size_t home(std::uint64_t key) const;
    /// Where the key is, or the free place where it would go.
    [[nodiscard]] std::size_t placeOf(std::uint64_t key) const;
    void grow();

    const RowTable* m_rows;
    std::vector<std::uint32_t> m_places;  ///< slot + 1, 0 free; a power of two of them
    std::size_t m_size = 0;
};

}  // namespace smidgen::storage
