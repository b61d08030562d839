#include "models/spectrum_kernels.h"

#include <cmath>

#include "models/vector_loops.h"

namespace smidgen::models {
namespace {

/// Beside a squared length: the same as in runWaveNetwork().
constexpr float kTinyDirection = 1e-6F;

}  // namespace

SMIDGEN_VECTORISED
void placeSpectra(std::int64_t rows, std::int64_t bins, float least, float most, const float* magnitude,
                  const float* skeleton, float* directions) {
    for (std::int64_t row = 0; row < rows; ++row) {
        const float* const a = magnitude + row * bins;
        const float* const b = skeleton + row * bins;
        float* const d = directions + row * bins * 2;
#pragma omp simd
        for (std::int64_t k = 0; k < bins; ++k) {
            float level = a[k] + b[k];
            level = level < most ? level : most;
            level = level > least ? level : least;
            const float x = d[2 * k], y = d[2 * k + 1];
            const float sign = static_cast<float>(1 - 2 * (k & 1));
            const float gain = sign * exponential(level) / std::sqrt(x * x + y * y + kTinyDirection);
            d[2 * k] = x * gain;
            d[2 * k + 1] = y * gain;
        }
    }
}

}  // namespace smidgen::models
