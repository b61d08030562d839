// Weights as bytes in memory, for sending: the layout of weights_file.h. Torch-free.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "models/weights_file.h"

namespace smidgen::models {

/// The bytes that saveWeights() would write. Errors: invalidArgument.
[[nodiscard]] Result<std::vector<std::byte>> packWeights(const WeightsFile& file);

/// As loadWeights(), from such bytes; `name` is what a person knows them by.
[[nodiscard]] Result<WeightsFile> unpackWeights(std::span<const std::byte> bytes, const std::string& name);

}  // namespace smidgen::models
