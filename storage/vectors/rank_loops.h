// The loops of rank_kernels.cpp, which compiles them once for each kind of processor: kWidth floats make one
// of its registers.
#pragma once

#include <cstring>

#include "storage/vectors/rank_kernels.h"

#define SMIDGEN_INLINE [[gnu::always_inline]] inline

namespace smidgen::storage::loops {

template <std::size_t kWidth>
struct RegisterTypes;
template <>
struct RegisterTypes<4> {
    using Floats = float __attribute__((vector_size(16), may_alias));
    using Bits = std::int32_t __attribute__((vector_size(16), may_alias));
};
template <>
struct RegisterTypes<8> {
    using Floats = float __attribute__((vector_size(32), may_alias));
    using Bits = std::int32_t __attribute__((vector_size(32), may_alias));
};
template <>
struct RegisterTypes<16> {
    using Floats = float __attribute__((vector_size(64), may_alias));
    using Bits = std::int32_t __attribute__((vector_size(64), may_alias));
};

template <std::size_t kWidth>
struct Registers : RegisterTypes<kWidth> {
    using typename RegisterTypes<kWidth>::Floats;
    using typename RegisterTypes<kWidth>::Bits;
    static constexpr std::size_t kPerBlock = kLanes / kWidth;
    /// One number of each row of a block.
    Floats part[kPerBlock];
};

template <std::size_t kWidth>
SMIDGEN_INLINE const typename Registers<kWidth>::Floats& floatsAt(const float* from) {
    return *reinterpret_cast<const typename Registers<kWidth>::Floats*>(from);
}

/// Whether a lane of `ranks` is ≤ `threshold`.
template <std::size_t kWidth>
SMIDGEN_INLINE bool anyWithin(const Registers<kWidth>& ranks, float threshold) {
    typename Registers<kWidth>::Bits within = ranks.part[0] <= threshold;
    for (std::size_t r = 1; r < Registers<kWidth>::kPerBlock; ++r) within |= ranks.part[r] <= threshold;
    std::int64_t words[kWidth / 2];
    std::memcpy(words, &within, sizeof words);
    std::int64_t all = 0;
    for (const std::int64_t word : words) all |= word;
    return all != 0;
}

/// Squared differences of `count` columns of a block.
template <std::size_t kWidth>
SMIDGEN_INLINE void addSquares(const float* point, const float* block, std::size_t count,
                               Registers<kWidth>& sum) {
    constexpr std::size_t kParts = Registers<kWidth>::kPerBlock;
    Registers<kWidth> odd = {};
    sum = {};
    std::size_t i = 0;
    for (; i + 2 <= count; i += 2)
        for (std::size_t r = 0; r < kParts; ++r) {
            const auto first = floatsAt<kWidth>(block + i * kLanes + r * kWidth) - point[i];
            const auto second = floatsAt<kWidth>(block + (i + 1) * kLanes + r * kWidth) - point[i + 1];
            sum.part[r] += first * first;
            odd.part[r] += second * second;
        }
    if (i < count)
        for (std::size_t r = 0; r < kParts; ++r) {
            const auto last = floatsAt<kWidth>(block + i * kLanes + r * kWidth) - point[i];
            sum.part[r] += last * last;
        }
    for (std::size_t r = 0; r < kParts; ++r) sum.part[r] += odd.part[r];
}

/// Multiplies by one column of a block times `factor`.
template <std::size_t kWidth>
SMIDGEN_INLINE void scaleByColumn(const float* column, float factor, Registers<kWidth>& ranks) {
    for (std::size_t r = 0; r < Registers<kWidth>::kPerBlock; ++r)
        ranks.part[r] *= floatsAt<kWidth>(column + r * kWidth) * factor;
}

/// Natural logarithm of 1 + t, t ≥ 0, to 3e-7 relative (polynomial of Cephes' logf), without a branch.
SMIDGEN_INLINE float logOnePlus(float t) {
    const float u = 1.0F + t;
    const auto bits = __builtin_bit_cast(std::int32_t, u) - 0x3F3504F3;  // the mantissa in [√½, √2)
    const auto exponent = static_cast<float>(bits >> 23);
    const float m = __builtin_bit_cast(float, (bits & 0x007FFFFF) + 0x3F3504F3);
    const float x = m - 1.0F;
    float p = 7.0376836292E-2F;
    p = p * x - 1.1514610310E-1F;
    p = p * x + 1.1676998740E-1F;
    p = p * x - 1.2420140846E-1F;
    p = p * x + 1.4249322787E-1F;
    p = p * x - 1.6668057665E-1F;
    p = p * x + 2.0000714765E-1F;
    p = p * x - 2.4999993993E-1F;
    p = p * x + 3.3333331174E-1F;
    const float log = x + x * x * (p * x - 0.5F) + exponent * 0.693147181F;
    // What 1 + t lost in rounding.
    return log + (t - (u - 1.0F)) / u;
}

/// Arcsine of x in [0, 1] (polynomial of Cephes' asinf).
SMIDGEN_INLINE float arcsine(float x) {
    const bool far = x > 0.5F;
    const float square = far ? 0.5F * (1.0F - x) : x * x;
    const float root = far ? __builtin_sqrtf(square) : x;
    float p = 4.2163199048E-2F;
    p = p * square + 2.4181311049E-2F;
    p = p * square + 4.5470025998E-2F;
    p = p * square + 7.4953002686E-2F;
    p = p * square + 1.6666752422E-1F;
    const float near = root + root * square * p;
    return far ? 1.57079632679F - 2.0F * near : near;
}

/// The squared distance that a squared difference (hyperbolic: a gap) of one factor stands for.
SMIDGEN_INLINE float squaredDistance(FactorKind kind, float curvature, float value) {
    if (kind == FactorKind::hyperbolic) {
        const float a = logOnePlus(value + __builtin_sqrtf(value) * __builtin_sqrtf(value + 2.0F));
        return a * a / curvature;
    }
    if (kind == FactorKind::spherical) {
        const float half = 0.5F * __builtin_sqrtf(value);
        const float angle = 2.0F * arcsine(half < 1.0F ? half : 1.0F);
        return angle * angle / curvature;
    }
    return value;
}

template <std::size_t kWidth>
SMIDGEN_INLINE void productBlock(const RankShape& shape, const float* point, const float* block,
                                 Registers<kWidth>& rank) {
    rank = {};
    for (const RankShape::Part& part : shape.parts()) {
        Registers<kWidth> value;
        addSquares<kWidth>(point + part.first, block + part.first * kLanes, part.count, value);
        if (part.kind == FactorKind::hyperbolic) {
            const std::size_t alpha = part.first + part.count;
            scaleByColumn<kWidth>(block + alpha * kLanes, 2.0F * part.curvature * point[alpha], value);
        }
        float values[kLanes];
        std::memcpy(values, &value, sizeof values);
        for (float& each : values) each = squaredDistance(part.kind, part.curvature, each);
        std::memcpy(&value, values, sizeof values);
        for (std::size_t r = 0; r < Registers<kWidth>::kPerBlock; ++r) rank.part[r] += value.part[r];
    }
}

template <std::size_t kWidth, RankShape::Form kForm>
SMIDGEN_INLINE void ranksOfBlock(const RankShape& shape, const float* point, const float* block,
                                 Registers<kWidth>& rank) {
    if constexpr (kForm == RankShape::Form::product) {
        productBlock<kWidth>(shape, point, block, rank);
    } else {
        const std::size_t count = shape.parts().front().count;
        addSquares<kWidth>(point, block, count, rank);
        if constexpr (kForm == RankShape::Form::gap)
            scaleByColumn<kWidth>(block + count * kLanes,
                                  2.0F * shape.parts().front().curvature * point[count], rank);
    }
}

template <std::size_t kWidth, RankShape::Form kForm>
SMIDGEN_INLINE std::size_t firstBlock(const RankShape& shape, const float* point, const float* blocks,
                                      std::size_t from, std::size_t to, float threshold) {
    const std::size_t stride = shape.columns() * kLanes;
    for (std::size_t b = from; b < to; ++b) {
        Registers<kWidth> rank;
        ranksOfBlock<kWidth, kForm>(shape, point, blocks + b * stride, rank);
        if (anyWithin<kWidth>(rank, threshold)) return b;
    }
    return to;
}

template <std::size_t kWidth>
SMIDGEN_INLINE std::size_t findBlock(const RankShape& shape, const float* point, const float* blocks,
                                     std::size_t from, std::size_t to, float threshold) {
    using Form = RankShape::Form;
    switch (shape.form()) {
        case Form::gap:
            return firstBlock<kWidth, Form::gap>(shape, point, blocks, from, to, threshold);
        case Form::difference:
            return firstBlock<kWidth, Form::difference>(shape, point, blocks, from, to, threshold);
        case Form::product:
            break;
    }
    return firstBlock<kWidth, Form::product>(shape, point, blocks, from, to, threshold);
}

template <std::size_t kWidth>
SMIDGEN_INLINE void rankBlock(const RankShape& shape, const float* point, const float* block, float* ranks) {
    using Form = RankShape::Form;
    Registers<kWidth> rank = {};
    switch (shape.form()) {
        case Form::gap:
            ranksOfBlock<kWidth, Form::gap>(shape, point, block, rank);
            break;
        case Form::difference:
            ranksOfBlock<kWidth, Form::difference>(shape, point, block, rank);
            break;
        case Form::product:
            ranksOfBlock<kWidth, Form::product>(shape, point, block, rank);
            break;
    }
    std::memcpy(ranks, &rank, sizeof rank);
}

template <std::size_t kWidth>
SMIDGEN_INLINE float sumOf(const typename Registers<kWidth>::Floats& floats) {
    if constexpr (kWidth == 4) {
        return (floats[0] + floats[2]) + (floats[1] + floats[3]);
    } else {
        typename Registers<kWidth / 2>::Floats halves[2];
        std::memcpy(halves, &floats, sizeof halves);
        return sumOf<kWidth / 2>(halves[0] + halves[1]);
    }
}

/// Σ(x − y)² over the first `count` numbers of two padded rows.
template <std::size_t kWidth>
SMIDGEN_INLINE float rowSquares(const float* point, const float* row, std::size_t count) {
    using Floats = typename Registers<kWidth>::Floats;
    using Bits = typename Registers<kWidth>::Bits;
    Floats sum = {};
    std::size_t i = 0;
    for (; i + kWidth <= count; i += kWidth) {
        const Floats difference = floatsAt<kWidth>(row + i) - floatsAt<kWidth>(point + i);
        sum += difference * difference;
    }
    if (i < count) {
        // What lies behind the last number counts nothing.
        constexpr std::int32_t kIndex[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
        Bits index;
        std::memcpy(&index, kIndex, sizeof index);
        const Bits wanted = index < static_cast<std::int32_t>(count - i);
        const Floats difference = floatsAt<kWidth>(row + i) - floatsAt<kWidth>(point + i);
        const Bits kept = wanted & __builtin_bit_cast(Bits, difference);
        const Floats last = __builtin_bit_cast(Floats, kept);
        sum += last * last;
    }
    return sumOf<kWidth>(sum);
}

SMIDGEN_INLINE float productRow(const RankShape& shape, const float* point, const float* row) {
    float total = 0.0F;
    for (const RankShape::Part& part : shape.parts()) {
        float value = 0.0F;
        for (std::size_t i = part.first; i < part.first + part.count; ++i) {
            const float difference = row[i] - point[i];
            value += difference * difference;
        }
        const std::size_t alpha = part.first + part.count;
        if (part.kind == FactorKind::hyperbolic) value *= 2.0F * part.curvature * point[alpha] * row[alpha];
        total += squaredDistance(part.kind, part.curvature, value);
    }
    return total;
}

template <std::size_t kWidth>
SMIDGEN_INLINE void rankRows(const RankShape& shape, const float* point, const float* const* rows,
                             std::size_t count, float* ranks) {
    if (shape.form() == RankShape::Form::product) {
        for (std::size_t i = 0; i < count; ++i) ranks[i] = productRow(shape, point, rows[i]);
        return;
    }
    const RankShape::Part& part = shape.parts().front();
    if (shape.form() == RankShape::Form::gap) {
        const float scale = 2.0F * part.curvature * point[part.count];
        for (std::size_t i = 0; i < count; ++i)
            ranks[i] = rowSquares<kWidth>(point, rows[i], part.count) * (rows[i][part.count] * scale);
        return;
    }
    for (std::size_t i = 0; i < count; ++i) ranks[i] = rowSquares<kWidth>(point, rows[i], part.count);
}

}  // namespace smidgen::storage::loops
