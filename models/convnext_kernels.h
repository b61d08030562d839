// The loops of a ConvNeXt block beside its matrix products, on plain 32-bit arrays. Torch-free; no allocation
// beyond a few rows; one thread; the same bits on the same machine every time.
//
// rows = sounds × frames, row-major, `width` values each. A sound's filter sees zeros beyond its ends.
#pragma once

#include <cstdint>

namespace smidgen::models {

/// Frames a depthwise filter of a block sees.
inline constexpr int kBlockKernel = 7;
/// Inner width of a block over its outer width.
inline constexpr int kBlockExpansion = 3;

struct BlockSize {
    std::int64_t sounds = 0;
    std::int64_t frames = 0;
    std::int64_t width = 0;
    std::int64_t taps = 0;  ///< of the depthwise filter, odd
};

/// Depthwise filter along time, layer normalisation, gain and shift.
struct NormInputs {
    const float* x = nullptr;        ///< rows × width
    const float* taps = nullptr;     ///< taps × width
    const float* tapBias = nullptr;  ///< width
    const float* gain = nullptr;     ///< per row group × width
    const float* shift = nullptr;    ///< per row group × width
    std::int64_t rowsPerGroup = 0;   ///< rows that share a gain: all, those of a sound, or one
};
struct NormOutputs {
    float* normal = nullptr;   ///< rows × width, before gain and shift; may be null when not kept
    float* inverse = nullptr;  ///< rows: 1 / deviation; may be null when not kept
    float* out = nullptr;      ///< rows × width
};
void filterAndNormalise(const BlockSize& size, const NormInputs& in, const NormOutputs& out);

/// values ← gelu(values + bias) in its tanh form; slope (may be null) ← its derivative there. rows × width.
void geluWithBias(std::int64_t rows, std::int64_t width, const float* bias, float* values, float* slope);

/// y = x + scale · (h + bias); h ← h + bias.
void addScaled(std::int64_t rows, std::int64_t width, const float* x, const float* scale, const float* bias,
               float* h, float* y);

/// dh = dy · scale; dScale += Σ dy · h; dBias += Σ dh.
void addScaledBackward(std::int64_t rows, std::int64_t width, const float* dy, const float* scale,
                       const float* h, float* dh, float* dScale, float* dBias);

/// values ← values · slope; dBias += their sum over rows.
void geluBackward(std::int64_t rows, std::int64_t width, const float* slope, float* values, float* dBias);

/// y = (x − mean) / deviation · gain + bias for each row.
void normaliseRows(std::int64_t rows, std::int64_t width, const float* x, const float* gain,
                   const float* bias, float* y);

struct NormGradients {
    float* dGain = nullptr;     ///< per row group × width, summed into
    float* dShift = nullptr;    ///< per row group × width, summed into
    float* dTaps = nullptr;     ///< taps × width, summed into
    float* dTapBias = nullptr;  ///< width, summed into
    float* dx = nullptr;        ///< rows × width, summed into
};
/// dOut: rows × width, gradient of NormOutputs::out; overwritten.
void filterAndNormaliseBackward(const BlockSize& size, const NormInputs& in, const float* normal,
                                const float* inverse, float* dOut, const NormGradients& gradients);

}  // namespace smidgen::models
