// A node cut into 8 × 8 blocks, channel by channel; what reaches over the edge repeats the last row or
// column.
#pragma once

#include "storage/wavetable/dct_loops.h"
#include "storage/wavetable/node.h"

namespace smidgen::storage {

class BlockGrid {
 public:
    explicit BlockGrid(const NodeShape& shape)
        : m_shape(shape),
          m_down((shape.rows + kBlockSide - 1) / kBlockSide),
          m_across((shape.columns + kBlockSide - 1) / kBlockSide) {}

    /// Strips: one row of blocks of one channel.
    [[nodiscard]] std::size_t strips() const { return m_down * m_shape.channels; }
    [[nodiscard]] std::size_t blocksOfStrip() const { return m_across; }
    [[nodiscard]] std::size_t blocks() const { return strips() * m_across; }
    [[nodiscard]] bool fits() const {
        return m_shape.rows % kBlockSide == 0 && m_shape.columns % kBlockSide == 0;
    }

    /// The blocks of strip `strip`, one after the other.
    void cut(const float* values, std::size_t strip, float* blocks) const;
    /// Back into the node's values; what reaches over the edge is dropped.
    void place(const float* blocks, std::size_t strip, float* values) const;
    /// Gives `blocks` the values of `other` where they reach over the edge.
    void copyOverhang(const float* other, std::size_t strip, float* blocks) const;

 private:
    NodeShape m_shape;
    std::size_t m_down;
    std::size_t m_across;
};

}  // namespace smidgen::storage
