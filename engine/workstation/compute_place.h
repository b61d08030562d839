// Where this machine's networks run, in words.
#pragma once

#include <string>

namespace smidgen {

/// "GPU: NVIDIA …" or "CPU, 2 cores, OpenBLAS …": what a workstation that is free to choose chooses.
/// Blocking: tries the devices.
[[nodiscard]] std::string computePlace();

}  // namespace smidgen
