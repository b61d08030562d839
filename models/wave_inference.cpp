#include "models/wave_inference.h"

#include <algorithm>

#include "models/convnext_kernels.h"
#include "models/spectrum_kernels.h"
#include "models/wave_limits.h"

namespace smidgen::models {
namespace {

/// Rows that go through products together, so that what lies between them stays in the cache.
constexpr std::int64_t kRowsAtOnce = 96;

std::size_t index(std::int64_t value) {
    return static_cast<std::size_t>(value);
}

std::vector<float> copied(const float* values, std::int64_t count) {
    return {values, values + count};
}

}  // namespace

WaveInference::WaveInference(const WaveDecoderShape& shape, const WaveValues& values)
    : m_shape(shape),
      m_input(shape.inputs(), shape.width, values.inputWeight, values.inputBias),
      m_magnitude(shape.width, shape.bins(), values.magnitudeWeight, values.magnitudeBias),
      m_phase(shape.width, 2 * static_cast<std::int64_t>(shape.bins()), values.phaseWeight, values.phaseBias),
      m_outputGain(copied(values.outputGain, shape.width)),
      m_outputShift(copied(values.outputShift, shape.width)) {
    const std::int64_t width = shape.width, inner = kBlockExpansion * width;
    for (const WaveBlockValues& block : values.blocks)
        m_blocks.push_back({copied(block.depthwise, kBlockKernel * width), copied(block.depthwiseBias, width),
                            copied(block.normGain, width), copied(block.normBias, width),
                            copied(block.upBias, inner), copied(block.downBias, width),
                            copied(block.scale, width), PackedMatrix(width, inner, block.upWeight, nullptr),
                            PackedMatrix(inner, width, block.downWeight, nullptr)});
}

void WaveInference::runBlock(const Block& block, std::int64_t frames, std::vector<float>& filtered,
                             float* x) const {
    const std::int64_t width = m_shape.width, inner = block.up.outputs();
    filtered.resize(index(frames * width));
    filterAndNormalise({1, frames, width, kBlockKernel},
                       {x, block.depthwise.data(), block.depthwiseBias.data(), block.normGain.data(),
                        block.normBias.data(), frames},
                       {nullptr, nullptr, filtered.data()});
    std::vector<float> raised(index(std::min(frames, kRowsAtOnce) * inner));
    std::vector<float> hidden(index(std::min(frames, kRowsAtOnce) * width));
    for (std::int64_t row = 0; row < frames; row += kRowsAtOnce) {
        const std::int64_t count = std::min(kRowsAtOnce, frames - row);
        block.up.multiplyMany(count, filtered.data() + row * width, width, raised.data(), inner);
        geluWithBias(count, inner, block.upBias.data(), raised.data(), nullptr);
        block.down.multiplyMany(count, raised.data(), inner, hidden.data(), width);
        addScaled(count, width, x + row * width, block.scale.data(), block.downBias.data(), hidden.data(),
                  x + row * width);
    }
}

void WaveInference::run(std::int64_t frames, const float* inputs, const float* skeleton,
                        float* spectra) const {
    const std::int64_t width = m_shape.width, bins = m_shape.bins();
    std::vector<float> x(index(frames * width)), filtered;
    m_input.multiplyMany(frames, inputs, m_shape.inputs(), x.data(), width);
    for (const Block& block : m_blocks) runBlock(block, frames, filtered, x.data());
    std::vector<float> normal(index(std::min(frames, kRowsAtOnce) * width));
    std::vector<float> magnitude(index(std::min(frames, kRowsAtOnce) * bins));
    for (std::int64_t row = 0; row < frames; row += kRowsAtOnce) {
        const std::int64_t count = std::min(kRowsAtOnce, frames - row);
        normaliseRows(count, width, x.data() + row * width, m_outputGain.data(), m_outputShift.data(),
                      normal.data());
        float* const directions = spectra + row * 2 * bins;
        m_magnitude.multiplyMany(count, normal.data(), width, magnitude.data(), bins);
        m_phase.multiplyMany(count, normal.data(), width, directions, 2 * bins);
        placeSpectra(count, bins, kLeastLogMagnitude, kMostLogMagnitude, magnitude.data(),
                     skeleton + row * bins, directions);
    }
}

}  // namespace smidgen::models
