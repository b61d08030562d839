#include "models/code_prior_kernels.h"

#include <algorithm>
#include <cmath>

#include "models/vector_loops.h"

namespace smidgen::models {
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
