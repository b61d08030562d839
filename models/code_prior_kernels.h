// The loops of the prior's attention on plain 32-bit arrays. Torch-free; one thread; the same bits on the
// same machine every time.
#pragma once

#include <cstdint>
#include <span>

namespace smidgen::models {

/// Turns each head's pairs (i, i + half) by the angle whose cosine and sine are given (half values each).
void rotateHeads(std::int64_t heads, std::int64_t half, const float* cosine, const float* sine, float* x);

/// Keys and values of one kind of neighbours. Keys: heads × head × capacity, values: heads × capacity × head.
struct AttendedSpan {
    const float* keys = nullptr;
    const float* values = nullptr;
    std::int64_t capacity = 0;
    std::int64_t first = 0;  ///< places [first, first + count) are looked at
    std::int64_t count = 0;
};

/// One query (heads × head, scaled) over all spans at once: softmax of the products, mean of the values.
/// `scores`: room for the sum of the counts.
void attend(std::int64_t heads, std::int64_t head, const float* query, std::span<const AttendedSpan> spans,
            float* scores, float* out);

}  // namespace smidgen::models
