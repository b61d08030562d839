#include "storage/wavetable/block_grid.h"

#include <algorithm>

namespace smidgen::storage {

void BlockGrid::cut(const float* values, std::size_t strip, float* blocks) const {
    const std::size_t channel = strip / m_down;
    const std::size_t top = strip % m_down * kBlockSide;
    for (std::size_t i = 0; i < kBlockSide; ++i) {
        const std::size_t r = std::min<std::size_t>(top + i, m_shape.rows - 1);
        const float* row = values + r * m_shape.rowCount() + channel;
        for (std::size_t b = 0; b < m_across; ++b) {
            float* to = blocks + b * kBlockSize + i * kBlockSide;
            for (std::size_t j = 0; j < kBlockSide; ++j) {
                const std::size_t c = std::min<std::size_t>(b * kBlockSide + j, m_shape.columns - 1);
                to[j] = row[c * m_shape.channels];
            }
        }
    }
}

void BlockGrid::place(const float* blocks, std::size_t strip, float* values) const {
    const std::size_t channel = strip / m_down;
    const std::size_t top = strip % m_down * kBlockSide;
    for (std::size_t i = 0; i < kBlockSide && top + i < m_shape.rows; ++i) {
        float* row = values + (top + i) * m_shape.rowCount() + channel;
        for (std::size_t b = 0; b < m_across; ++b) {
            const float* from = blocks + b * kBlockSize + i * kBlockSide;
            const std::size_t width = std::min<std::size_t>(kBlockSide, m_shape.columns - b * kBlockSide);
            for (std::size_t j = 0; j < width; ++j) row[(b * kBlockSide + j) * m_shape.channels] = from[j];
        }
    }
}

void BlockGrid::copyOverhang(const float* other, std::size_t strip, float* blocks) const {
    if (fits()) return;
    const std::size_t top = strip % m_down * kBlockSide;
    for (std::size_t b = 0; b < m_across; ++b) {
        for (std::size_t i = 0; i < kBlockSide; ++i) {
            for (std::size_t j = 0; j < kBlockSide; ++j) {
                const std::size_t at = b * kBlockSize + i * kBlockSide + j;
                if (top + i >= m_shape.rows || b * kBlockSide + j >= m_shape.columns) blocks[at] = other[at];
            }
        }
    }
}

}  // namespace smidgen::storage
