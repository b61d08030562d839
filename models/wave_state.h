// The wave decoder in files. Internal: includes LibTorch.
#pragma once

#include <ATen/ATen.h>

#include <string>

#include "engine/foundation/result.h"
#include "models/wave_network.h"
#include "models/weights_file.h"

namespace smidgen::models {

inline constexpr const char* kDecoderKind = "wave-decoder";
inline constexpr const char* kDecoderCheckpointKind = "wave-decoder-checkpoint";

/// Adds the shape and the tensors of `flat` as `type` (16- or 32-bit floats) to `file`.
void storeWaveWeights(const WaveDecoderShape& shape, const at::Tensor& flat, at::ScalarType type,
                      WeightsFile& file);
/// Errors: unusableInput; `name` is the file's, for the sentence.
[[nodiscard]] Result<WaveDecoderShape> loadWaveShape(const WeightsFile& file, const std::string& name);
/// → the flat buffer, 32-bit, on the CPU.
[[nodiscard]] Result<at::Tensor> loadWaveWeights(const WeightsFile& file, const WaveDecoderShape& shape,
                                                 const std::string& name);

}  // namespace smidgen::models
