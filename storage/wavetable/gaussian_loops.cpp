#include "storage/wavetable/gaussian_loops.h"

#include "storage/wavetable/processor_versions.h"

namespace smidgen::storage {

SMIDGEN_EACH_PROCESSOR
void addMoments(const double* __restrict vectors, std::size_t count, std::size_t size, std::size_t stride,
                double* __restrict moments) {
    for (std::size_t n = 0; n < count; ++n) {
        const double* v = vectors + n * stride;
        for (std::size_t i = 0; i < size; ++i) {
            const double factor = v[i];
            double* row = moments + i * stride;
            for (std::size_t j = i / 8 * 8; j < stride; ++j) row[j] += factor * v[j];
        }
    }
}

SMIDGEN_EACH_PROCESSOR
void addScaled(const double* __restrict vectors, const double* __restrict factors, std::size_t count,
               std::size_t size, std::size_t stride, double* __restrict sums) {
    for (std::size_t n = 0; n < count; ++n) {
        const double* v = vectors + n * stride;
        for (std::size_t i = 0; i < size; ++i) sums[i] += factors[n] * v[i];
    }
}

}  // namespace smidgen::storage
