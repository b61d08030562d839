// Between LibTorch tensors and tensors on disk. Internal: includes LibTorch.
#pragma once

#include <ATen/ATen.h>

#include <map>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "models/weights_file.h"

namespace smidgen::models {

/// Keeps the type (16-, 32- or 64-bit float, 32- or 64-bit integer, byte).
[[nodiscard]] StoredTensor storeTensor(const at::Tensor& tensor);

/// Its 32-bit floats as 16-bit ones.
[[nodiscard]] WeightsFile inHalves(WeightsFile file);

/// The tensor of this name, as 32-bit floats on the CPU. Errors: unusableInput when it is missing, has
/// another shape or numbers that are not finite; `file` names the file for the sentence.
[[nodiscard]] Result<at::Tensor> loadTensor(const WeightsFile& weights, const std::string& name,
                                            const std::vector<std::int64_t>& shape, const std::string& file);

/// A 64-bit count, as a tensor of one element. Errors: unusableInput when missing or negative.
void storeCount(std::int64_t count, const std::string& name, WeightsFile& weights);
[[nodiscard]] Result<std::int64_t> loadCount(const WeightsFile& weights, const std::string& name,
                                             const std::string& file);

}  // namespace smidgen::models
