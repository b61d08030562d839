#include "models/code_prior_kernels.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "models/vector_loops.h"

namespace smidgen::models {
namespace {

constexpr std::int64_t kTile = PackedMatrix::kTile;
constexpr float kNormEpsilon = 1e-5F;

/// `Rows` rows against one tile. Every sum runs over the inputs in order, however many rows there are.
template <int Rows>
[[gnu::always_inline]] inline void multiplyTile(std::int64_t inputs, const float* x, std::int64_t xStride,
                                                const float* tile, const float* bias, float* y,
                                                std::int64_t yStride) {
    constexpr std::int64_t kPart = Rows > 2 ? 32 : 64;
    for (std::int64_t start = 0; start < kTile; start += kPart) {
        float sum[Rows][kPart];
        for (int r = 0; r < Rows; ++r)
            for (std::int64_t j = 0; j < kPart; ++j) sum[r][j] = bias[start + j];
        const float* weights = tile + start;
        for (std::int64_t i = 0; i < inputs; ++i, weights += kTile) {
            for (int r = 0; r < Rows; ++r) {
                const float value = x[r * xStride + i];
#pragma omp simd
                for (std::int64_t j = 0; j < kPart; ++j) sum[r][j] += value * weights[j];
            }
        }
        for (int r = 0; r < Rows; ++r)
            for (std::int64_t j = 0; j < kPart; ++j) y[r * yStride + start + j] = sum[r][j];
    }
}

SMIDGEN_VECTORISED
void multiplyRows(std::int64_t rows, std::int64_t inputs, std::int64_t tiles, const float* x,
                  std::int64_t xStride, const float* weights, const float* bias, float* y) {
    const std::int64_t stride = tiles * kTile;
    for (std::int64_t t = 0; t < tiles; ++t) {
        const float* tile = weights + t * inputs * kTile;
        const float* tileBias = bias + t * kTile;
        float* out = y + t * kTile;
        std::int64_t r = 0;
        for (; r + 4 <= rows; r += 4)
            multiplyTile<4>(inputs, x + r * xStride, xStride, tile, tileBias, out + r * stride, stride);
        for (; r + 2 <= rows; r += 2)
            multiplyTile<2>(inputs, x + r * xStride, xStride, tile, tileBias, out + r * stride, stride);
        for (; r < rows; ++r)
            multiplyTile<1>(inputs, x + r * xStride, xStride, tile, tileBias, out + r * stride, stride);
    }
}

}  // namespace

PackedMatrix::PackedMatrix(std::int64_t inputs, std::int64_t outputs, const float* weights, const float* bias)
    : m_inputs(inputs) {
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
    multiplyRows(rows, m_inputs, paddedOutputs() / kTile, x, stride, m_tiles.data(), m_bias.data(), y);
}

SMIDGEN_VECTORISED
void normaliseRows(std::int64_t rows, std::int64_t width, const float* x, const float* gain,
                   const float* bias, float* y) {
    for (std::int64_t row = 0; row < rows; ++row, x += width, y += width) {
        float sum = 0;
#pragma omp simd reduction(+ : sum)
        for (std::int64_t i = 0; i < width; ++i) sum += x[i];
        const float mean = sum / static_cast<float>(width);
        float square = 0;
#pragma omp simd reduction(+ : square)
        for (std::int64_t i = 0; i < width; ++i) square += (x[i] - mean) * (x[i] - mean);
        const float inverse = 1.0F / std::sqrt(square / static_cast<float>(width) + kNormEpsilon);
#pragma omp simd
        for (std::int64_t i = 0; i < width; ++i) y[i] = (x[i] - mean) * inverse * gain[i] + bias[i];
    }
}

SMIDGEN_VECTORISED
void rotateHeads(std::int64_t heads, std::int64_t half, const float* cosine, const float* sine, float* x) {
    for (std::int64_t h = 0; h < heads; ++h, x += 2 * half) {
#pragma omp simd
        for (std::int64_t i = 0; i < half; ++i) {
            const float low = x[i];
            const float high = x[half + i];
            x[i] = low * cosine[i] - high * sine[i];
            x[half + i] = low * sine[i] + high * cosine[i];
        }
    }
}

SMIDGEN_VECTORISED
void attend(std::int64_t heads, std::int64_t head, const float* query, std::span<const AttendedSpan> spans,
            float* scores, float* out) {
    for (std::int64_t h = 0; h < heads; ++h, query += head, out += head) {
        float* score = scores;
        for (const AttendedSpan& span : spans) {
            std::fill(score, score + span.count, 0.0F);
            for (std::int64_t d = 0; d < head; ++d) {
                const float* key = span.keys + (h * head + d) * span.capacity + span.first;
                const float q = query[d];
#pragma omp simd
                for (std::int64_t j = 0; j < span.count; ++j) score[j] += q * key[j];
            }
            score += span.count;
        }
        const std::int64_t all = score - scores;
        float most = scores[0];
#pragma omp simd reduction(max : most)
        for (std::int64_t j = 0; j < all; ++j) most = scores[j] > most ? scores[j] : most;
        float sum = 0;
#pragma omp simd reduction(+ : sum)
        for (std::int64_t j = 0; j < all; ++j) {
            scores[j] = exponential(scores[j] - most);
            sum += scores[j];
        }
        const float share = 1.0F / sum;
        std::fill(out, out + head, 0.0F);
        score = scores;
        for (const AttendedSpan& span : spans) {
            const float* value = span.values + (h * span.capacity + span.first) * head;
            for (std::int64_t j = 0; j < span.count; ++j, value += head) {
                const float weight = score[j];
#pragma omp simd
                for (std::int64_t d = 0; d < head; ++d) out[d] += weight * value[d];
            }
            score += span.count;
        }
#pragma omp simd
        for (std::int64_t d = 0; d < head; ++d) out[d] *= share;
    }
}

}  // namespace smidgen::models
