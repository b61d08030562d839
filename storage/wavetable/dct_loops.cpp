#include "storage/wavetable/dct_loops.h"

#include <array>
#include <cmath>
#include <numbers>

#include "storage/wavetable/processor_versions.h"

namespace smidgen::storage {
namespace {

struct CosineTable {
    std::array<float, kBlockSize> rows{};     ///< (k, i): basis k at place i
    std::array<float, kBlockSize> columns{};  ///< (i, k)

    CosineTable() {
        for (std::size_t k = 0; k < kBlockSide; ++k) {
            for (std::size_t i = 0; i < kBlockSide; ++i) {
                const double scale = k == 0 ? std::sqrt(1.0 / 8) : 0.5;
                const double angle = std::numbers::pi * static_cast<double>((2 * i + 1) * k) / 16;
                rows[k * kBlockSide + i] = static_cast<float>(scale * std::cos(angle));
                columns[i * kBlockSide + k] = rows[k * kBlockSide + i];
            }
        }
    }
};

const CosineTable& table() {
    static const CosineTable kTable;
    return kTable;
}

/// to = left · from · right for 8 × 8 matrices.
SMIDGEN_EACH_PROCESSOR
void sandwich(const float* __restrict left, const float* __restrict right, const float* __restrict from,
              float* __restrict to, std::size_t blocks) {
    for (std::size_t b = 0; b < blocks; ++b) {
        const float* in = from + b * kBlockSize;
        float* out = to + b * kBlockSize;
        float half[kBlockSize];
        for (std::size_t i = 0; i < kBlockSide; ++i) {
            float sum[kBlockSide] = {};
            for (std::size_t m = 0; m < kBlockSide; ++m) {
                for (std::size_t j = 0; j < kBlockSide; ++j)
                    sum[j] += left[i * kBlockSide + m] * in[m * kBlockSide + j];
            }
            for (std::size_t j = 0; j < kBlockSide; ++j) half[i * kBlockSide + j] = sum[j];
        }
        for (std::size_t i = 0; i < kBlockSide; ++i) {
            float sum[kBlockSide] = {};
            for (std::size_t m = 0; m < kBlockSide; ++m) {
                for (std::size_t j = 0; j < kBlockSide; ++j)
                    sum[j] += half[i * kBlockSide + m] * right[m * kBlockSide + j];
            }
            for (std::size_t j = 0; j < kBlockSide; ++j) out[i * kBlockSide + j] = sum[j];
        }
    }
}

}  // namespace

void cosineForward(const float* from, float* to, std::size_t blocks) {
    sandwich(table().rows.data(), table().columns.data(), from, to, blocks);
}

void cosineInverse(const float* from, float* to, std::size_t blocks) {
    sandwich(table().columns.data(), table().rows.data(), from, to, blocks);
}

}  // namespace smidgen::storage
