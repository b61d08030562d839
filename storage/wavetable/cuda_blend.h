// The weighted sums of sampling on a CUDA device, without CUDA's headers. Where the build has no CUDA
// compiler, there are no devices.
#pragma once

#include <cstddef>
#include <cstdint>

namespace smidgen::storage::cuda {

/// One input of one sample.
struct Part {
    std::uint32_t node = 0;  ///< its number in device memory
    float weight = 0;
};

/// Whether this build has device code at all.
[[nodiscard]] bool isCompiledIn() noexcept;
/// 0 without a device or a driver.
[[nodiscard]] int deviceCount() noexcept;

/// Device memory of the current device; null when there is none left.
[[nodiscard]] void* allocate(std::size_t bytes) noexcept;
void release(void* memory) noexcept;
[[nodiscard]] bool upload(void* to, const void* from, std::size_t bytes) noexcept;
[[nodiscard]] bool download(void* to, const void* from, std::size_t bytes) noexcept;

/// out[s · count + i] = Σ parts[p].weight · nodes[parts[p].node · count + i] for starts[s] ≤ p < starts[s +
/// 1], for each sample s < samples (≤ 65535) and i < count. All pointers are the device's; `stream` is a
/// cudaStream_t, or null. Returns before it is done; download() waits. False when it could not be started.
[[nodiscard]] bool blend(const float* nodes, const Part* parts, const std::uint32_t* starts,
                         std::size_t samples, std::size_t count, float* out, void* stream) noexcept;

}  // namespace smidgen::storage::cuda
