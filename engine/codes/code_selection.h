// Cells of one channel of a grid that are chosen.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/codes/code_document.h"

namespace smidgen {

class CodeSpace;

/// Levels [level, level + levels), frames [frame, frame + frames).
struct CodeRegion {
    int channel = 0;
    int level = 0;
    int levels = 0;
    std::int64_t frame = 0;
    std::int64_t frames = 0;
    [[nodiscard]] bool empty() const { return levels <= 0 || frames <= 0; }
    [[nodiscard]] bool contains(const CodeCell& cell) const {
        return cell.channel == channel && cell.level >= level && cell.level < level + levels &&
               cell.frame >= frame && cell.frame < frame + frames;
    }
    bool operator==(const CodeRegion&) const = default;
};

/// The smallest region with both cells.
[[nodiscard]] CodeRegion regionBetween(const CodeCell& a, const CodeCell& b);

/// A value. Cells outside of the grid cannot be in it.
class CodeSelection {
 public:
    CodeSelection() = default;
    CodeSelection(int levels, Frames frames, int channel);
    explicit CodeSelection(const CodeDocument& document, int channel = 0)
        : CodeSelection(document.levels(), document.frames(), channel) {}

    [[nodiscard]] int channel() const { return m_channel; }
    [[nodiscard]] bool empty() const { return m_count == 0; }
    [[nodiscard]] std::int64_t count() const { return m_count; }
    [[nodiscard]] bool has(const CodeCell& cell) const;
    void set(const CodeCell& cell, bool chosen);
    void add(const CodeRegion& region);
    void addLane(int level);
    void addColumn(std::int64_t frame);
    void addAll();
    /// Every cell of the lane of `cell` whose code is no further from its code than `distance`.
    void addAlike(const CodeDocument& document, const CodeSpace& space, const CodeCell& cell,
                  double distance);

    /// The smallest region with all of them.
    [[nodiscard]] CodeRegion bounds() const;
    /// Frame by frame, level by level.
    [[nodiscard]] std::vector<CodeCell> cells() const;
    bool operator==(const CodeSelection&) const = default;

 private:
    [[nodiscard]] bool inside(const CodeCell& cell) const;
    [[nodiscard]] std::size_t indexOf(int level, std::int64_t frame) const;

    int m_levels = 0;
    std::int64_t m_frames = 0;
    int m_channel = 0;
    std::int64_t m_count = 0;
    std::vector<std::uint8_t> m_chosen;  ///< frames × levels
};

}  // namespace smidgen
