#include "engine/collections/half_float.h"

#include <algorithm>
#include <bit>
#include <cstddef>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace smidgen {
namespace portable {

std::uint16_t toHalf(float value) {
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
    const auto sign = static_cast<std::uint16_t>((bits >> 16) & 0x8000U);
    const std::uint32_t magnitude = bits & 0x7fffffffU;
    if (magnitude > 0x7f800000U)  // not a number: keep it one, with the top of its payload
        return static_cast<std::uint16_t>(sign | 0x7e00U | ((magnitude >> 13) & 0x3ffU));
    if (magnitude >= 0x477ff000U) return static_cast<std::uint16_t>(sign | 0x7c00U);
    std::uint32_t mantissa = magnitude;
    int dropped = 13;
    if (magnitude < 0x38800000U) {  // below 2^-14: subnormal, steps of 2^-24
        const int exponent = static_cast<int>(magnitude >> 23);
        dropped = 126 - exponent;
        if (dropped > 24) return sign;
        mantissa = (magnitude & 0x7fffffU) | 0x800000U;
    } else {
        mantissa = magnitude - (112U << 23);
    }
    const std::uint32_t kept = mantissa >> dropped;
    const std::uint32_t rest = mantissa & ((1U << dropped) - 1U);
    const std::uint32_t half = 1U << (dropped - 1);
    const bool up = rest > half || (rest == half && (kept & 1U) != 0);
    return static_cast<std::uint16_t>(sign | (kept + (up ? 1U : 0U)));
}

float fromHalf(std::uint16_t half) {
    const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000U) << 16;
    const std::uint32_t exponent = (half >> 10) & 0x1fU;
    const std::uint32_t mantissa = half & 0x3ffU;
    if (exponent == 0) {
        const float magnitude = static_cast<float>(mantissa) * 0x1.0p-24F;
        return std::bit_cast<float>(std::bit_cast<std::uint32_t>(magnitude) | sign);
    }
    if (exponent == 31) return std::bit_cast<float>(sign | 0x7f800000U | (mantissa << 13));
    return std::bit_cast<float>(sign | ((exponent + 112U) << 23) | (mantissa << 13));
}

}  // namespace portable

namespace {

#if defined(__x86_64__)
bool processorConverts() {
    // Every processor with AVX2 has F16C, which Clang 14 cannot ask for.
    static const bool supported = __builtin_cpu_supports("avx2");
    return supported;
}

__attribute__((target("avx,f16c"))) std::size_t toHalfEights(std::span<const float> values,
                                                             std::uint16_t* halves) {
    std::size_t i = 0;
    for (; i + 8 <= values.size(); i += 8)
        _mm_storeu_si128(reinterpret_cast<__m128i*>(halves + i),
                         _mm256_cvtps_ph(_mm256_loadu_ps(values.data() + i), _MM_FROUND_TO_NEAREST_INT));
    return i;
}

__attribute__((target("avx,f16c"))) std::size_t fromHalfEights(std::span<const std::uint16_t> halves,
                                                               float* values) {
    std::size_t i = 0;
    for (; i + 8 <= halves.size(); i += 8)
        _mm256_storeu_ps(
            values + i,
            _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(halves.data() + i))));
    return i;
}
#endif

}  // namespace

void toHalf(std::span<const float> values, std::span<std::uint16_t> halves) {
    std::size_t i = 0;
#if defined(__x86_64__)
    if (processorConverts()) i = toHalfEights(values, halves.data());
#endif
    for (; i < values.size(); ++i) halves[i] = portable::toHalf(values[i]);
}

void fromHalf(std::span<const std::uint16_t> halves, std::span<float> values) {
    std::size_t i = 0;
#if defined(__x86_64__)
    if (processorConverts()) i = fromHalfEights(halves, values.data());
#endif
    for (; i < halves.size(); ++i) values[i] = portable::fromHalf(halves[i]);
}

}  // namespace smidgen
