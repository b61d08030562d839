#include "storage/wavetable/cuda_blend.h"

#include <cuda_runtime.h>

namespace smidgen::storage::cuda {
namespace {

constexpr unsigned kThreads = 256;

__global__ void blendKernel(const float* nodes, const Part* parts, const std::uint32_t* starts,
                            std::size_t count, float* out) {
    const std::size_t sample = blockIdx.y;
    const std::uint32_t first = starts[sample];
    const std::uint32_t last = starts[sample + 1];
    const std::size_t step = static_cast<std::size_t>(gridDim.x) * blockDim.x;
    for (std::size_t i = static_cast<std::size_t>(blockIdx.x) * blockDim.x + threadIdx.x; i < count;
         i += step) {
        float sum = 0.0F;
        for (std::uint32_t p = first; p < last; ++p)
            sum += parts[p].weight * nodes[parts[p].node * count + i];
        out[sample * count + i] = sum;
    }
}

}  // namespace

bool isCompiledIn() noexcept {
    return true;
}

int deviceCount() noexcept {
    int count = 0;
    return cudaGetDeviceCount(&count) == cudaSuccess ? count : 0;
}

void* allocate(std::size_t bytes) noexcept {
    void* memory = nullptr;
    return cudaMalloc(&memory, bytes) == cudaSuccess ? memory : nullptr;
}

void release(void* memory) noexcept {
    cudaFree(memory);
}

bool upload(void* to, const void* from, std::size_t bytes) noexcept {
    return cudaMemcpy(to, from, bytes, cudaMemcpyHostToDevice) == cudaSuccess;
}

bool download(void* to, const void* from, std::size_t bytes) noexcept {
    return cudaMemcpy(to, from, bytes, cudaMemcpyDeviceToHost) == cudaSuccess;
}

bool blend(const float* nodes, const Part* parts, const std::uint32_t* starts, std::size_t samples,
           std::size_t count, float* out, void* stream) noexcept {
    const std::size_t blocks = (count + kThreads - 1) / kThreads;
    const dim3 grid(static_cast<unsigned>(blocks < 1024 ? blocks : 1024), static_cast<unsigned>(samples));
    blendKernel<<<grid, kThreads, 0, static_cast<cudaStream_t>(stream)>>>(nodes, parts, starts, count, out);
    return cudaGetLastError() == cudaSuccess;
}

}  // namespace smidgen::storage::cuda
