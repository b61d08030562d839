#include "storage/wavetable/gaussian_mixture.h"

#include <algorithm>
#include <cmath>

namespace smidgen::storage {
namespace {

/// Where u² + v² is beyond it, a hill is 1e-16 of its height and left out.
constexpr double kFar = 74;

}  // namespace

void renderMixture(const GaussianMixture& mixture, const NodeShape& shape, float* out) {
    const std::size_t channels = shape.channels;
    std::vector<double> line(shape.rowCount());
    for (std::uint32_t r = 0; r < shape.rows; ++r) {
        for (std::size_t i = 0; i < line.size(); ++i) line[i] = mixture.floors[i % channels];
        for (std::size_t k = 0; k < mixture.hills.size(); ++k) {
            const Hill& hill = mixture.hills[k];
            const double* amplitudes = mixture.amplitudes.data() + k * channels;
            const double dr = r - hill.row;
            for (std::uint32_t c = 0; c < shape.columns; ++c) {
                const double dc = c - hill.column;
                const double u = hill.a * dr + hill.b * dc;
                const double v = hill.c * dc;
                const double far = u * u + v * v;
                if (!(far < kFar)) continue;
                const double height = std::exp(-0.5 * far);
                for (std::size_t h = 0; h < channels; ++h) line[c * channels + h] += amplitudes[h] * height;
            }
        }
        float* row = out + r * shape.rowCount();
        for (std::size_t i = 0; i < line.size(); ++i) row[i] = static_cast<float>(line[i]);
    }
}

}  // namespace smidgen::storage
