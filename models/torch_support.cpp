#include "models/torch_support.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>

#include <filesystem>
#include <fstream>
#include <mutex>
#include <new>

namespace smidgen::models {

void useOneThreadHere() {
    thread_local bool done = false;
    if (done) return;
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    at::set_num_threads(1);
    done = true;
}

at::Device torchDevice(DeviceKind kind) {
    switch (kind) {
        case DeviceKind::cuda:
            return {at::kCUDA, 0};
        case DeviceKind::mps:
            return {at::DeviceType::MPS, 0};
        case DeviceKind::cpu:
            break;
    }
    return {at::kCPU};
}

bool cudaIsBuiltIn() {
    return SMIDGEN_WITH_CUDA != 0 && at::globalContext().hasCUDA();
}

bool cudaIsPresent() {
    return cudaIsBuiltIn() && at::detail::getCUDAHooks().hasCUDA() &&
           at::detail::getCUDAHooks().getNumGPUs() > 0;
}

bool mpsIsPresent() {
    return at::globalContext().hasMPS();
}

std::string cudaDeviceName() {
    std::error_code ignored;
    for (const auto& gpu : std::filesystem::directory_iterator("/proc/driver/nvidia/gpus", ignored)) {
        std::ifstream information(gpu.path() / "information");
        for (std::string line; std::getline(information, line);) {
            if (!line.starts_with("Model:")) continue;
            const auto start = line.find_first_not_of(" \t", 6);
            if (start != std::string::npos) return line.substr(start);
        }
    }
    return "NVIDIA GPU (CUDA)";
}

std::string firstLine(const std::string& message) {
    return message.substr(0, message.find('\n'));
}

Error errorOf(const std::exception& exception, const std::string& action) {
    const std::string what = exception.what();
    const auto says = [&](const char* words) { return what.find(words) != std::string::npos; };
    if (dynamic_cast<const std::bad_alloc*>(&exception) != nullptr || says("out of memory") ||
        says("can't allocate memory") || says("not enough memory"))
        return {ErrorCode::outOfMemory,
                action + " needs more memory than is free. Close other programs or choose smaller settings.",
                what};
    return {ErrorCode::internal, action + " failed: " + firstLine(what), what};
}

}  // namespace smidgen::models
