// The wave decoder for listening: one sound, on the CPU, as fast as the machine multiplies. Torch-free.
#pragma once

#include <cstdint>
#include <vector>

#include "models/packed_matrix.h"
#include "models/wave_decoder.h"

namespace smidgen::models {

/// Where a decoder's tensors lie; shapes as in models/parameters.h and models/wave_network.h.
struct WaveBlockValues {
    const float *depthwise, *depthwiseBias, *normGain, *normBias;
    const float *upWeight, *upBias, *downWeight, *downBias, *scale;
};
struct WaveValues {
    const float *inputWeight, *inputBias;
    std::vector<WaveBlockValues> blocks;
    const float *outputGain, *outputShift;
    const float *magnitudeWeight, *magnitudeBias, *phaseWeight, *phaseBias;
};

/// Holds copies of the values, laid out for products. Immutable: may be used from any number of threads.
class WaveInference {
 public:
    WaveInference(const WaveDecoderShape& shape, const WaveValues& values);

    /// What runWaveNetwork() gives, within rounding. inputs: frames × inputs; skeleton: frames × bins;
    /// spectra: frames × bins × 2, filled.
    void run(std::int64_t frames, const float* inputs, const float* skeleton, float* spectra) const;

 private:
    struct Block {
        std::vector<float> depthwise, depthwiseBias, normGain, normBias, upBias, downBias, scale;
        PackedMatrix up, down;
    };
    void runBlock(const Block& block, std::int64_t frames, std::vector<float>& filtered, float* x) const;

    WaveDecoderShape m_shape;
    PackedMatrix m_input, m_magnitude, m_phase;
    std::vector<Block> m_blocks;
    std::vector<float> m_outputGain, m_outputShift;
};

}  // namespace smidgen::models
