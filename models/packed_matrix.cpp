#include "models/packed_matrix.h"

#include <algorithm>
#include <cstring>

#include "engine/foundation/vectorised.h"

namespace smidgen::models {
namespace {

constexpr std::int64_t kTile = PackedMatrix::kTile;
/// A register of so many floats, at any address.
template <int Count>
struct Register {
    typedef float Lanes __attribute__((vector_size(Count * sizeof(float)), aligned(sizeof(float))));
};

/// `Rows` rows against `Parts` registers of a tile's columns. Every sum runs over the inputs in order,
/// however many rows and columns there are.
template <int Rows, int Parts, int Count>
[[gnu::always_inline]] inline void multiplyPart(std::int64_t inputs, const float* x, std::int64_t xStride,
                                                const float* tile, const float* bias, float* y,
                                                std::int64_t yStride) {
    using Lanes = typename Register<Count>::Lanes;
    Lanes sum[Rows][Parts];
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 16
        for (int p = 0; p < Parts; ++p) sum[r][p] = reinterpret_cast<const Lanes*>(bias)[p];
    for (std::int64_t i = 0; i < inputs; ++i, tile += kTile) {
        const Lanes* const weights = reinterpret_cast<const Lanes*>(tile);
#pragma GCC unroll 16
        for (int r = 0; r < Rows; ++r) {
            const float value = x[r * xStride + i];
#pragma GCC unroll 16
            for (int p = 0; p < Parts; ++p) sum[r][p] += value * weights[p];
        }
    }
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 16
        for (int p = 0; p < Parts; ++p) reinterpret_cast<Lanes*>(y + r * yStride)[p] = sum[r][p];
}

struct Product {
    std::int64_t rows, inputs, tiles;
    const float* x;
    std::int64_t xStride;
    const float *weights, *bias;
    float* y;
    std::int64_t yStride;
};

/// Those of `Rows` rows, from `row` on, against one tile.
template <int Rows, int Parts, int Count>
[[gnu::always_inline]] inline void multiplyRows(const Product& p, std::int64_t tile, std::int64_t& row) {
    for (; row + Rows <= p.rows; row += Rows)
        for (std::int64_t start = 0; start < kTile; start += Parts * Count)
            multiplyPart<Rows, Parts, Count>(
                p.inputs, p.x + row * p.xStride, p.xStride, p.weights + tile * p.inputs * kTile + start,
                p.bias + tile * kTile + start, p.y + row * p.yStride + tile * kTile + start, p.yStride);
}

/// `lanes`: floats in a register. As many sums at once as there are registers: 32 of the widest, else 16.
SMIDGEN_VECTORISED
void multiplyTiles(const Product& p, int lanes) {
    for (std::int64_t tile = 0; tile < p.tiles; ++tile) {
        std::int64_t row = 0;
        if (lanes == 16) {
            multiplyRows<6, 4, 16>(p, tile, row);
            multiplyRows<2, 4, 16>(p, tile, row);
            multiplyRows<1, 4, 16>(p, tile, row);
        } else if (lanes == 8) {
            multiplyRows<6, 2, 8>(p, tile, row);
            multiplyRows<2, 4, 8>(p, tile, row);
            multiplyRows<1, 8, 8>(p, tile, row);
        } else {
            multiplyRows<4, 2, 4>(p, tile, row);
            multiplyRows<1, 8, 4>(p, tile, row);
        }
    }
}

int lanesHere() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) return 16;
    if (__builtin_cpu_supports("avx2")) return 8;
#endif
    return 4;
}

}  // namespace

PackedMatrix::PackedMatrix(std::int64_t inputs, std::int64_t outputs, const float* weights, const float* bias)
    : m_inputs(inputs), m_outputs(outputs) {
    const std::int64_t tiles = (outputs + kTile - 1) / kTile;
    m_tiles.resize(static_cast<std::size_t>(tiles * inputs * kTile));
    m_bias.resize(static_cast<std::size_t>(tiles * kTile));
    for (std::int64_t i = 0; i < inputs; ++i)
        for (std::int64_t o = 0; o < outputs; ++o)
            m_tiles[static_cast<std::size_t>((o / kTile * inputs + i) * kTile + o % kTile)] =
                weights[i * outputs + o];
    if (bias != nullptr) std::copy(bias, bias + outputs, m_bias.begin());
}

void PackedMatrix::multiply(std::int64_t rows, const float* x, std::int64_t stride, float* y) const {
    const std::int64_t padded = paddedOutputs();
    multiplyTiles({rows, m_inputs, padded / kTile, x, stride, m_tiles.data(), m_bias.data(), y, padded},
                  lanesHere());
}

void PackedMatrix::multiplyMany(std::int64_t rows, const float* x, std::int64_t stride, float* y,
                                std::int64_t yStride) const {
    const int lanes = lanesHere();
    const std::int64_t whole = m_outputs / kTile, rest = m_outputs % kTile;
    multiplyTiles({rows, m_inputs, whole, x, stride, m_tiles.data(), m_bias.data(), y, yStride}, lanes);
    if (rest == 0) return;
    std::vector<float> last(static_cast<std::size_t>(rows * kTile));
    multiplyTiles({rows, m_inputs, 1, x, stride, m_tiles.data() + whole * m_inputs * kTile,
                   m_bias.data() + whole * kTile, last.data(), kTile},
                  lanes);
    for (std::int64_t r = 0; r < rows; ++r)
        std::copy_n(last.data() + r * kTile, rest, y + r * yStride + whole * kTile);
}

}  // namespace smidgen::models
