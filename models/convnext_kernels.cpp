#include "models/convnext_kernels.h"

#include <algorithm>
#include <cmath>

#include "models/vector_loops.h"

namespace smidgen::models {
namespace {

constexpr float kNormEpsilon = 1e-5F;

}  // namespace

SMIDGEN_VECTORISED
void filterAndNormalise(const BlockSize& size, const NormInputs& in, const NormOutputs& out) {
    const std::int64_t width = size.width;
    const std::int64_t half = size.taps / 2;
    for (std::int64_t sound = 0; sound < size.sounds; ++sound) {
        const float* x = in.x + sound * size.frames * width;
        for (std::int64_t t = 0; t < size.frames; ++t) {
            const std::int64_t row = sound * size.frames + t;
            float* y = out.out + row * width;
            std::copy(in.tapBias, in.tapBias + width, y);
            const std::int64_t first = std::max<std::int64_t>(0, half - t);
            const std::int64_t last = std::min(size.taps, size.frames - t + half);
            for (std::int64_t k = first; k < last; ++k) {
                const float* source = x + (t + k - half) * width;
                const float* tap = in.taps + k * width;
#pragma omp simd
                for (std::int64_t i = 0; i < width; ++i) y[i] += tap[i] * source[i];
            }
            float sum = 0;
#pragma omp simd reduction(+ : sum)
            for (std::int64_t i = 0; i < width; ++i) sum += y[i];
            const float mean = sum / static_cast<float>(width);
            float square = 0;
#pragma omp simd reduction(+ : square)
            for (std::int64_t i = 0; i < width; ++i) square += (y[i] - mean) * (y[i] - mean);
            const float inverse = 1.0F / std::sqrt(square / static_cast<float>(width) + kNormEpsilon);
            const std::int64_t group = row / in.rowsPerGroup;
            const float* gain = in.gain + group * width;
            const float* shift = in.shift + group * width;
            if (out.normal != nullptr) {
                float* normal = out.normal + row * width;
#pragma omp simd
                for (std::int64_t i = 0; i < width; ++i) normal[i] = (y[i] - mean) * inverse;
                out.inverse[row] = inverse;
            }
#pragma omp simd
            for (std::int64_t i = 0; i < width; ++i) y[i] = (y[i] - mean) * inverse * gain[i] + shift[i];
        }
    }
}

SMIDGEN_VECTORISED
void geluWithBias(std::int64_t rows, std::int64_t width, const float* bias, float* values, float* slope) {
    // x · σ(2k(x)) with k(x) = √(2/π) (x + 0.044715 x³) equals the tanh form.
    constexpr float kLinear = 1.59576912F;
    constexpr float kCubic = 0.0713548162F;
    for (std::int64_t row = 0; row < rows; ++row) {
        float* value = values + row * width;
        if (slope == nullptr) {
#pragma omp simd
            for (std::int64_t i = 0; i < width; ++i) {
                const float x = value[i] + bias[i];
                value[i] = x / (1.0F + exponential(-x * (kLinear + kCubic * x * x)));
            }
            continue;
        }
        float* derivative = slope + row * width;
#pragma omp simd
        for (std::int64_t i = 0; i < width; ++i) {
            const float x = value[i] + bias[i];
            const float sigmoid = 1.0F / (1.0F + exponential(-x * (kLinear + kCubic * x * x)));
            value[i] = x * sigmoid;
            derivative[i] = sigmoid + x * sigmoid * (1.0F - sigmoid) * (kLinear + 3.0F * kCubic * x * x);
        }
    }
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
void addScaled(std::int64_t rows, std::int64_t width, const float* x, const float* scale, const float* bias,
               float* h, float* y) {
    for (std::int64_t row = 0; row < rows; ++row) {
        const float* source = x + row * width;
        float* hidden = h + row * width;
        float* out = y + row * width;
#pragma omp simd
        for (std::int64_t i = 0; i < width; ++i) {
            hidden[i] += bias[i];
            out[i] = source[i] + scale[i] * hidden[i];
        }
    }
}

SMIDGEN_VECTORISED
void addScaledBackward(std::int64_t rows, std::int64_t width, const float* dy, const float* scale,
                       const float* h, float* dh, float* dScale, float* dBias) {
    for (std::int64_t row = 0; row < rows; ++row) {
        const float* gradient = dy + row * width;
        const float* hidden = h + row * width;
        float* out = dh + row * width;
#pragma omp simd
        for (std::int64_t i = 0; i < width; ++i) {
            const float scaled = gradient[i] * scale[i];
            out[i] = scaled;
            dScale[i] += gradient[i] * hidden[i];
            dBias[i] += scaled;
        }
    }
}

SMIDGEN_VECTORISED
void geluBackward(std::int64_t rows, std::int64_t width, const float* slope, float* values, float* dBias) {
    for (std::int64_t row = 0; row < rows; ++row) {
        const float* derivative = slope + row * width;
        float* value = values + row * width;
#pragma omp simd
        for (std::int64_t i = 0; i < width; ++i) {
            const float gradient = value[i] * derivative[i];
            value[i] = gradient;
            dBias[i] += gradient;
        }
    }
}

SMIDGEN_VECTORISED
void filterAndNormaliseBackward(const BlockSize& size, const NormInputs& in, const float* normal,
                                const float* inverse, float* dOut, const NormGradients& gradients) {
    const std::int64_t width = size.width;
    const std::int64_t half = size.taps / 2;
    const auto count = static_cast<float>(width);
    for (std::int64_t sound = 0; sound < size.sounds; ++sound) {
        const std::int64_t base = sound * size.frames;
        // Through gain, shift and normalisation: dOut becomes the gradient of the filter's output.
        for (std::int64_t row = base; row < base + size.frames; ++row) {
            const std::int64_t group = row / in.rowsPerGroup;
            const float* gain = in.gain + group * width;
            float* dGain = gradients.dGain + group * width;
            float* dShift = gradients.dShift + group * width;
            const float* unit = normal + row * width;
            float* d = dOut + row * width;
            float sum = 0;
            float dot = 0;
#pragma omp simd reduction(+ : sum, dot)
            for (std::int64_t i = 0; i < width; ++i) {
                dShift[i] += d[i];
                dGain[i] += d[i] * unit[i];
                d[i] *= gain[i];
                sum += d[i];
                dot += d[i] * unit[i];
            }
            const float mean = sum / count;
            const float slant = dot / count;
            const float scale = inverse[row];
            float* dTapBias = gradients.dTapBias;
#pragma omp simd
            for (std::int64_t i = 0; i < width; ++i) {
                d[i] = scale * (d[i] - mean - unit[i] * slant);
                dTapBias[i] += d[i];
            }
        }
        const float* x = in.x + base * width;
        float* dx = gradients.dx + base * width;
        for (std::int64_t t = 0; t < size.frames; ++t) {
            const float* d = dOut + (base + t) * width;
            const std::int64_t first = std::max<std::int64_t>(0, half - t);
            const std::int64_t last = std::min(size.taps, size.frames - t + half);
            for (std::int64_t k = first; k < last; ++k) {
                const float* source = x + (t + k - half) * width;
                float* target = dx + (t + k - half) * width;
                const float* tap = in.taps + k * width;
                float* dTap = gradients.dTaps + k * width;
#pragma omp simd
                for (std::int64_t i = 0; i < width; ++i) {
                    target[i] += tap[i] * d[i];
                    dTap[i] += source[i] * d[i];
                }
            }
        }
    }
}

}  // namespace smidgen::models
