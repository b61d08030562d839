// The few things every torch unit of this room needs. Internal: includes LibTorch.
#pragma once

#include <ATen/ATen.h>

#include <exception>
#include <string>

#include "engine/foundation/result.h"
#include "models/device.h"

namespace smidgen::models {

/// ATen and BLAS calls of the calling thread run in that thread alone: this room parallelises over batch
/// shards and sounds instead, which keeps every result the same whatever the number of threads.
void useOneThreadHere();

[[nodiscard]] at::Device torchDevice(DeviceKind kind);
[[nodiscard]] bool cudaIsBuiltIn();
[[nodiscard]] bool cudaIsPresent();
[[nodiscard]] bool mpsIsPresent();
[[nodiscard]] std::string cudaDeviceName();

/// LibTorch's messages carry a stack trace after the first line.
[[nodiscard]] std::string firstLine(const std::string& message);

/// A caught exception of LibTorch or the library as an Error: outOfMemory where that is the cause, else
/// internal. `action` completes "… failed", e.g. "A training step".
[[nodiscard]] Error errorOf(const std::exception& exception, const std::string& action);

}  // namespace smidgen::models
