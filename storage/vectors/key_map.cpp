#include "storage/vectors/key_map.h"

#include <utility>

#include "engine/foundation/random.h"

namespace smidgen::storage {

std::size_t KeyMap::home(std::uint64_t key) const {
    return static_cast<std::size_t>(mixSeed(key)) & (m_places.size() - 1);
}

std::size_t KeyMap::placeOf(std::uint64_t key) const {
    std::size_t place = home(key);
    while (m_places[place] != 0 && m_rows->key(m_places[place] - 1) != key)
        place = (place + 1) & (m_places.size() - 1);
    return place;
}

std::optional<std::uint32_t> KeyMap::find(std::uint64_t key) const {
    const std::uint32_t found = m_places[placeOf(key)];
    if (found == 0) return std::nullopt;
    return found - 1;
}

void KeyMap::assign(std::uint32_t slot) {
    if (4 * (m_size + 1) > 3 * m_places.size()) grow();
    std::uint32_t& place = m_places[placeOf(m_rows->key(slot))];
    if (place == 0) ++m_size;
    place = slot + 1;
}

void KeyMap::erase(std::uint64_t key) {
    const std::size_t mask = m_places.size() - 1;
    std::size_t hole = placeOf(key);
    if (m_places[hole] == 0) return;
    --m_size;
    // What stands behind the hole moves up, unless it would then stand before its home.
    for (std::size_t next = (hole + 1) & mask; m_places[next] != 0; next = (next + 1) & mask) {
        const std::size_t wanted = home(m_rows->key(m_places[next] - 1));
        if (((next - wanted) & mask) < ((next - hole) & mask)) continue;
        m_places[hole] = m_places[next];
        hole = next;
    }
    m_places[hole] = 0;
}

void KeyMap::grow() {
    std::vector<std::uint32_t> old(2 * m_places.size());
    std::swap(old, m_places);
    for (const std::uint32_t each : old)
        if (each != 0) m_places[placeOf(m_rows->key(each - 1))] = each;
}

}  // namespace smidgen::storage
