// The loops of the prior's inference on plain 32-bit arrays: few rows against large matrices. Torch-free; one
// thread; the same bits on the same machine every time, whatever the number of rows.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace smidgen::models {

/// A matrix inputs × outputs cut into tiles of kTile outputs, each inputs × kTile, so that a product reads
/// its memory once from start to end. The last tile is filled up with zeros.
class PackedMatrix {
 public:
    static constexpr std::int64_t kTile = 64;

    PackedMatrix() = default;
    /// `bias` may be null.
    PackedMatrix(std::int64_t inputs, std::int64_t outputs, const float* weights, const float* bias);

    [[nodiscard]] std::int64_t inputs() const { return m_inputs; }
    /// Outputs with the filling: the width of a row of results.
    [[nodiscard]] std::int64_t paddedOutputs() const { return static_cast<std::int64_t>(m_bias.size()); }
    /// y = x · W + b. x: rows of inputs() values, `stride` apart; y: rows × paddedOutputs().
    void multiply(std::int64_t rows, const float* x, std::int64_t stride, float* y) const;

 private:
    std::int64_t m_inputs = 0;
    std::vector<float> m_tiles, m_bias;
};

/// y = (x − mean) / deviation · gain + bias for each row.
void normaliseRows(std::int64_t rows, std::int64_t width, const float* x, const float* gain,
                   const float* bias, float* y);

/// Turns each head's pairs (i, i + half) by the angle whose cosine and sine are given (half values each).
void rotateHeads(std::int64_t heads, std::int64_t half, const float* cosine, const float* sine, float* x);

/// Keys and values of one kind of neighbours. Keys: heads × head × capacity, values: heads × capacity × head.
struct AttendedSpan {
    const float* keys = nullptr;
    const float* values = nullptr;
    std::int64_t capacity = 0;
    std::int64_t first = 0;  ///< places [first, first + count) are looked at
    std::int64_t count = 0;
};

/// One query (heads × head, scaled) over all spans at once: softmax of the products, mean of the values.
/// `scores`: room for the sum of the counts.
void attend(std::int64_t heads, std::int64_t head, const float* query, std::span<const AttendedSpan> spans,
            float* scores, float* out);

}  // namespace smidgen::models
