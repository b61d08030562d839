#include "storage/wavetable/codec_loops.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "storage/wavetable/processor_versions.h"

namespace smidgen::storage {
namespace {

/// Sums run in this many lanes, so that their order is the same on every processor.
constexpr std::size_t kLanes = 16;

[[gnu::always_inline]] inline std::uint32_t zigzagged(std::uint32_t v) {
    return (v << 1) ^ (0U - (v >> 31));
}
[[gnu::always_inline]] inline std::uint32_t unzigzagged(std::uint32_t v) {
    return (v >> 1) ^ (0U - (v & 1U));
}

/// Rounded; the same bits everywhere, wrapping around instead of overflowing.
[[gnu::always_inline]] inline std::uint32_t predicted(std::int32_t left, const std::int32_t* above,
                                                      std::size_t i, const Weights& weights,
                                                      std::size_t stride, std::size_t count) {
    const std::int32_t right = i + stride < count ? above[i + stride] : above[i];
    const std::int64_t sum = std::int64_t{weights.left} * left + std::int64_t{weights.up} * above[i] +
                             std::int64_t{weights.upLeft} * above[i - stride] +
                             std::int64_t{weights.upRight} * right;
    return static_cast<std::uint32_t>((sum + kWeightUnit / 2) >> kWeightBits);
}

}  // namespace

SMIDGEN_EACH_PROCESSOR
Difference differenceOf(const float* a, const float* b, std::size_t count) {
    float largest[kLanes] = {};
    double squares[kLanes] = {};
    std::size_t i = 0;
    for (; i + kLanes <= count; i += kLanes) {
        for (std::size_t k = 0; k < kLanes; ++k) {
            const float d = std::fabs(a[i + k] - b[i + k]);
            largest[k] = largest[k] < d ? d : largest[k];
            squares[k] += static_cast<double>(d) * static_cast<double>(d);
        }
    }
    for (; i < count; ++i) {
        const float d = std::fabs(a[i] - b[i]);
        largest[0] = largest[0] < d ? d : largest[0];
        squares[0] += static_cast<double>(d) * static_cast<double>(d);
    }
    Difference total;
    for (std::size_t k = 0; k < kLanes; ++k) {
        total.largest = std::max(total.largest, largest[k]);
        total.squares += squares[k];
    }
    return total;
}

SMIDGEN_EACH_PROCESSOR
std::size_t finiteCount(const float* values, std::size_t count) {
    std::size_t finite = 0;
    for (std::size_t i = 0; i < count; ++i)
        finite += (std::bit_cast<std::uint32_t>(values[i]) & 0x7F800000U) != 0x7F800000U ? 1 : 0;
    return finite;
}

SMIDGEN_EACH_PROCESSOR
float largestMagnitude(const float* values, std::size_t count) {
    std::uint32_t largest = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t magnitude = std::bit_cast<std::uint32_t>(values[i]) & 0x7FFFFFFFU;
        largest = largest < magnitude ? magnitude : largest;
    }
    return std::bit_cast<float>(largest);
}

SMIDGEN_EACH_PROCESSOR
void quantise(const float* __restrict values, float step, std::int32_t* __restrict steps, std::size_t count) {
    const float scale = 1.0F / step;
    for (std::size_t i = 0; i < count; ++i)
        steps[i] = static_cast<std::int32_t>(__builtin_rintf(values[i] * scale));
}

SMIDGEN_EACH_PROCESSOR
void quantiseDeadZone(const float* __restrict values, float step, float deadZone,
                      std::int32_t* __restrict steps, std::size_t count) {
    const float scale = 1.0F / step;
    for (std::size_t i = 0; i < count; ++i) {
        const float scaled = values[i] * scale;
        steps[i] = std::fabs(scaled) < deadZone ? 0 : static_cast<std::int32_t>(__builtin_rintf(scaled));
    }
}

SMIDGEN_EACH_PROCESSOR
void restore(const std::int32_t* __restrict steps, float step, float* __restrict values, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<float>(steps[i]) * step;
}

SMIDGEN_EACH_PROCESSOR
void requantise(const float* __restrict values, float step, float* __restrict restored, std::size_t count) {
    const float scale = 1.0F / step;
    for (std::size_t i = 0; i < count; ++i)
        restored[i] =
            static_cast<float>(static_cast<std::int32_t>(__builtin_rintf(values[i] * scale))) * step;
}

SMIDGEN_EACH_PROCESSOR
void lorenzoRow(const std::int32_t* __restrict row, const std::int32_t* __restrict above,
                std::uint32_t* __restrict residuals, std::size_t stride, std::size_t count) {
    const auto u = [](std::int32_t v) { return static_cast<std::uint32_t>(v); };
    const std::size_t first = std::min(stride, count);
    if (above == nullptr) {
        for (std::size_t i = 0; i < first; ++i) residuals[i] = zigzagged(u(row[i]));
        for (std::size_t i = first; i < count; ++i) residuals[i] = zigzagged(u(row[i]) - u(row[i - stride]));
        return;
    }
    for (std::size_t i = 0; i < first; ++i) residuals[i] = zigzagged(u(row[i]) - u(above[i]));
    for (std::size_t i = first; i < count; ++i)
        residuals[i] = zigzagged(u(row[i]) - u(row[i - stride]) - u(above[i]) + u(above[i - stride]));
}

void lorenzoRestoreRow(const std::uint32_t* __restrict residuals, const std::int32_t* __restrict above,
                       std::int32_t* __restrict row, std::size_t stride, std::size_t count) {
    // row − above is the running sum of the residuals.
    const std::size_t first = std::min(stride, count);
    for (std::size_t lane = 0; lane < first; ++lane) {
        std::uint32_t sum = 0;
        if (above == nullptr) {
            for (std::size_t i = lane; i < count; i += stride) {
                sum += unzigzagged(residuals[i]);
                row[i] = static_cast<std::int32_t>(sum);
            }
        } else {
            for (std::size_t i = lane; i < count; i += stride) {
                sum += unzigzagged(residuals[i]);
                row[i] = static_cast<std::int32_t>(sum + static_cast<std::uint32_t>(above[i]));
            }
        }
    }
}

void predictRow(const std::int32_t* __restrict row, const std::int32_t* __restrict above,
                const Weights& weights, std::uint32_t* __restrict residuals, std::size_t stride,
                std::size_t count) {
    if (above == nullptr) return lorenzoRow(row, above, residuals, stride, count);
    const std::size_t first = std::min(stride, count);
    for (std::size_t i = 0; i < first; ++i)
        residuals[i] = zigzagged(static_cast<std::uint32_t>(row[i]) - static_cast<std::uint32_t>(above[i]));
    for (std::size_t i = first; i < count; ++i)
        residuals[i] = zigzagged(static_cast<std::uint32_t>(row[i]) -
                                 predicted(row[i - stride], above, i, weights, stride, count));
}

void predictRestoreRow(const std::uint32_t* __restrict residuals, const std::int32_t* __restrict above,
                       const Weights& weights, std::int32_t* __restrict row, std::size_t stride,
                       std::size_t count) {
    if (above == nullptr) return lorenzoRestoreRow(residuals, above, row, stride, count);
    const std::size_t first = std::min(stride, count);
    for (std::size_t i = 0; i < first; ++i)
        row[i] = static_cast<std::int32_t>(unzigzagged(residuals[i]) + static_cast<std::uint32_t>(above[i]));
    for (std::size_t i = first; i < count; ++i)
        row[i] = static_cast<std::int32_t>(unzigzagged(residuals[i]) +
                                           predicted(row[i - stride], above, i, weights, stride, count));
}

SMIDGEN_EACH_PROCESSOR
void zigzag(const std::int32_t* __restrict from, std::uint32_t* __restrict to, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) to[i] = zigzagged(static_cast<std::uint32_t>(from[i]));
}

SMIDGEN_EACH_PROCESSOR
void unzigzag(const std::uint32_t* __restrict from, std::int32_t* __restrict to, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) to[i] = static_cast<std::int32_t>(unzigzagged(from[i]));
}

SMIDGEN_EACH_PROCESSOR
void takePlane(const std::uint32_t* __restrict values, unsigned plane, std::byte* __restrict bytes,
               std::size_t count) {
    const unsigned shift = 8 * plane;
    for (std::size_t i = 0; i < count; ++i)
        bytes[i] = static_cast<std::byte>(static_cast<std::uint8_t>(values[i] >> shift));
}

SMIDGEN_EACH_PROCESSOR
void addPlane(const std::byte* __restrict bytes, unsigned plane, std::uint32_t* __restrict values,
              std::size_t count) {
    const unsigned shift = 8 * plane;
    for (std::size_t i = 0; i < count; ++i)
        values[i] |= static_cast<std::uint32_t>(static_cast<std::uint8_t>(bytes[i])) << shift;
}

SMIDGEN_EACH_PROCESSOR
std::uint32_t bitsUsed(const std::uint32_t* values, std::size_t count) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < count; ++i) bits |= values[i];
    return bits;
}

}  // namespace smidgen::storage
