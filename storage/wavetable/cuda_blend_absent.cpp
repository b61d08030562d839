// What cuda_blend.cu is replaced with where the build has no CUDA compiler.
#include "storage/wavetable/cuda_blend.h"

namespace smidgen::storage::cuda {

bool isCompiledIn() noexcept {
    return false;
}

int deviceCount() noexcept {
    return 0;
}

void* allocate(std::size_t) noexcept {
    return nullptr;
}

void release(void*) noexcept {}

bool upload(void*, const void*, std::size_t) noexcept {
    return false;
}

bool download(void*, const void*, std::size_t) noexcept {
    return false;
}

bool blend(const float*, const Part*, const std::uint32_t*, std::size_t, std::size_t, float*,
           void*) noexcept {
    return false;
}

}  // namespace smidgen::storage::cuda
