#include "engine/codes/code_selection.h"

#include <algorithm>
#include <cstdlib>

#include "engine/codes/code_space.h"

namespace smidgen {

CodeRegion regionBetween(const CodeCell& a, const CodeCell& b) {
    return {a.channel, std::min(a.level, b.level), std::abs(a.level - b.level) + 1,
            std::min(a.frame, b.frame), std::abs(a.frame - b.frame) + 1};
}

CodeSelection::CodeSelection(int levels, Frames frames, int channel)
    : m_levels(levels),
      m_frames(frames.value),
      m_channel(channel),
      m_chosen(static_cast<std::size_t>(levels * frames.value)) {}

bool CodeSelection::inside(const CodeCell& cell) const {
    return cell.channel == m_channel && cell.level >= 0 && cell.level < m_levels && cell.frame >= 0 &&
           cell.frame < m_frames;
}

std::size_t CodeSelection::indexOf(int level, std::int64_t frame) const {
    return static_cast<std::size_t>(frame * m_levels + level);
}

bool CodeSelection::has(const CodeCell& cell) const {
    return inside(cell) && m_chosen[indexOf(cell.level, cell.frame)] != 0;
}

void CodeSelection::set(const CodeCell& cell, bool chosen) {
    if (!inside(cell) || has(cell) == chosen) return;
    m_chosen[indexOf(cell.level, cell.frame)] = chosen ? 1 : 0;
    m_count += chosen ? 1 : -1;
}

void CodeSelection::add(const CodeRegion& region) {
    const std::int64_t last = std::min(region.frame + region.frames, m_frames);
    const int lastLevel = std::min(region.level + region.levels, m_levels);
    for (std::int64_t frame = std::max<std::int64_t>(region.frame, 0); frame < last; ++frame)
        for (int level = std::max(region.level, 0); level < lastLevel; ++level)
            set({region.channel, level, frame}, true);
}

void CodeSelection::addLane(int level) {
    add({m_channel, level, 1, 0, m_frames});
}

void CodeSelection::addColumn(std::int64_t frame) {
    add({m_channel, 0, m_levels, frame, 1});
}

void CodeSelection::addAll() {
    add({m_channel, 0, m_levels, 0, m_frames});
}

void CodeSelection::addAlike(const CodeDocument& document, const CodeSpace& space, const CodeCell& cell,
                             double distance) {
    if (!document.contains(cell)) return;
    const int code = document.code(cell);
    for (std::int64_t frame = 0; frame < m_frames; ++frame) {
        const CodeCell other{cell.channel, cell.level, frame};
        if (space.distance(cell.level, code, document.code(other)) <= distance) set(other, true);
    }
}

CodeRegion CodeSelection::bounds() const {
    if (m_count == 0) return {m_channel, 0, 0, 0, 0};
    int low = m_levels, high = -1;
    std::int64_t first = m_frames, last = -1;
    for (std::int64_t frame = 0; frame < m_frames; ++frame)
        for (int level = 0; level < m_levels; ++level) {
            if (m_chosen[indexOf(level, frame)] == 0) continue;
            low = std::min(low, level);
            high = std::max(high, level);
            first = std::min(first, frame);
            last = frame;
        }
    return {m_channel, low, high - low + 1, first, last - first + 1};
}

std::vector<CodeCell> CodeSelection::cells() const {
    std::vector<CodeCell> all;
    all.reserve(static_cast<std::size_t>(m_count));
    for (std::int64_t frame = 0; frame < m_frames; ++frame)
        for (int level = 0; level < m_levels; ++level)
            if (m_chosen[indexOf(level, frame)] != 0) all.push_back({m_channel, level, frame});
    return all;
}

}  // namespace smidgen
