// The wave decoder as a function of its weights, and its loss. Internal: includes LibTorch.
//
// Shapes: B sounds, T mel frames, K bins, N samples, channels last. Differentiable; safe from
// several threads.
#pragma once

#include <ATen/ATen.h>

#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "models/parameters.h"
#include "models/wave_decoder.h"
#include "models/wave_inference.h"

namespace smidgen::models {

struct WaveWeights {
    at::Tensor inputWeight, inputBias;          ///< inputs → W
    std::vector<BlockWeights> blocks;           ///<
    at::Tensor outputGain, outputShift;         ///< of the last normalisation
    at::Tensor magnitudeWeight, magnitudeBias;  ///< W → K, beside the skeleton
    at::Tensor phaseWeight, phaseBias;          ///< W → K · 2: a direction, not yet of unit length
};

[[nodiscard]] ParameterSlots parameterSlots(const WaveDecoderShape& shape, WaveWeights& weights);

/// Where they lie: contiguous, on the CPU.
[[nodiscard]] WaveValues valuesOf(const WaveWeights& weights);

/// Refuses sizes no Smidgen decoder has: invalidArgument.
[[nodiscard]] Status validate(const WaveDecoderShape& shape);

[[nodiscard]] std::string toJson(const WaveDecoderShape& shape);
/// Errors: unusableInput; `name` is the file's, for the sentence.
[[nodiscard]] Result<WaveDecoderShape> waveShapeFromJson(const std::string& text, const std::string& name);

/// x: B × T × inputs; skeleton: B × T × K → B × T × K × 2 (real, imaginary), in time from the frame's
/// beginning.
[[nodiscard]] at::Tensor runWaveNetwork(const WaveDecoderShape& shape, const WaveWeights& weights,
                                        const at::Tensor& x, const at::Tensor& skeleton);

/// Spectra as above times e^(2πi · turns); turns: B × T × K.
[[nodiscard]] at::Tensor turned(const at::Tensor& spectra, const at::Tensor& turns);

/// The least-squares inverse STFT: spectra as above → B × N, N = (T − 1) · hop.
[[nodiscard]] at::Tensor waveOf(const WaveDecoderShape& shape, const at::Tensor& spectra);

struct WaveLoss {
    at::Tensor total;
    std::vector<at::Tensor> distances;  ///< log-spectral distance (log10) through each of kLossWindows
    at::Tensor melL1;                   ///< mean |log10 difference|
};
/// Hann, hop a quarter.
inline constexpr int kLossWindows[] = {2048, 1024, 512, 256, 128};
/// told, wanted: B × N signals, judged between `margin` samples from both ends. bank: bins of the longest
/// window × bands. Mean of the distances + melWeight × mel L1.
[[nodiscard]] WaveLoss waveLoss(const at::Tensor& told, const at::Tensor& wanted, const at::Tensor& bank,
                                std::int64_t margin, double melWeight);

}  // namespace smidgen::models
