// A matrix of weights laid out for products with it. Torch-free; one thread; the same bits on the same
// machine every time, whatever the number of rows.
#pragma once

#include <cstdint>
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
    [[nodiscard]] std::int64_t outputs() const { return m_outputs; }
    /// Outputs with the filling: the width of a row of results.
    [[nodiscard]] std::int64_t paddedOutputs() const { return static_cast<std::int64_t>(m_bias.size()); }
    /// y = x · W + b. x: rows of inputs() values, `stride` apart; y: rows × paddedOutputs(). For few rows.
    void multiply(std::int64_t rows, const float* x, std::int64_t stride, float* y) const;
    /// The same for many rows: those of y hold outputs() values and lie `yStride` apart.
    void multiplyMany(std::int64_t rows, const float* x, std::int64_t stride, float* y,
                      std::int64_t yStride) const;

 private:
    std::int64_t m_inputs = 0, m_outputs = 0;
    std::vector<float> m_tiles, m_bias;
};

}  // namespace smidgen::models
