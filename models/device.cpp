#include "models/device.h"

#include <ATen/ATen.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <thread>

#include "models/blas_probe.h"
#include "models/torch_support.h"

namespace smidgen::models {
namespace {

constexpr int kProbeSize = 512;
/// The reference BLAS reaches 2–4 GFLOP/s on current machines, every optimised one above 10.
constexpr double kSlowestOptimisedGflops = 8.0;

/// a[i][j] = (i + 2j) mod 7, b[i][j] = (3i + j) mod 5: small whole numbers, so that the product is exact in
/// 32-bit floats on every device.
bool productIsRight(const at::Device& device) {
    constexpr int kSize = 48;
    at::Tensor a = at::empty({kSize, kSize}, at::kFloat);
    at::Tensor b = at::empty({kSize, kSize}, at::kFloat);
    for (int i = 0; i < kSize; ++i) {
        for (int j = 0; j < kSize; ++j) {
            a.data_ptr<float>()[i * kSize + j] = static_cast<float>((i + 2 * j) % 7);
            b.data_ptr<float>()[i * kSize + j] = static_cast<float>((3 * i + j) % 5);
        }
    }
    const at::Tensor product = at::mm(a.to(device), b.to(device)).to(at::kCPU).contiguous();
    for (int i = 0; i < kSize; ++i) {
        for (int j = 0; j < kSize; ++j) {
            int expected = 0;
            for (int k = 0; k < kSize; ++k) expected += ((i + 2 * k) % 7) * ((3 * k + j) % 5);
            const float got = product.data_ptr<float>()[i * kSize + j];
            if (std::isnan(got) || got != static_cast<float>(expected)) return false;
        }
    }
    return true;
}

DeviceReport probeCpu() {
    DeviceReport report;
    report.kind = DeviceKind::cpu;
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    const BlasLibrary blas = findBlas();
    report.name = "CPU, " + std::to_string(cores) + (cores == 1 ? " core, " : " cores, ") + blas.name;
    useOneThreadHere();
    report.usable = productIsRight(at::kCPU);
    if (!report.usable) {
        report.explanation = "A small matrix product came out wrong.";
        return report;
    }
    const at::Tensor a = at::ones({kProbeSize, kProbeSize}, at::kFloat);
    at::Tensor out = at::empty_like(a);
    report.gemmGflops = measureGflops(kProbeSize, [&] { at::mm_out(out, a, a); });
    report.slowBlas = blas.reference || report.gemmGflops < kSlowestOptimisedGflops;
    report.explanation = std::to_string(std::lround(report.gemmGflops)) + " GFLOP/s in one thread";
    if (report.slowBlas)
        report.explanation +=
            "; this is the slow reference BLAS, training will take many times longer: install the package "
            "libopenblas0-openmp";
    return report;
}

DeviceReport probeAccelerator(DeviceKind kind, bool present, const std::string& absent) {
    DeviceReport report;
    report.kind = kind;
    report.name = kind == DeviceKind::cuda ? cudaDeviceName() : "Apple GPU (Metal)";
    if (!present) {
        report.explanation = absent;
        return report;
    }
    report.usable = productIsRight(torchDevice(kind));
    report.explanation = report.usable ? "A small matrix product came out right."
                                       : "A small matrix product came out wrong: it is not used.";
    return report;
}

template <typename Probe>
DeviceReport guarded(DeviceKind kind, Probe probe) {
    try {
        return probe();
    } catch (const std::exception& error) {
        DeviceReport report;
        report.kind = kind;
        report.name = nameOf(kind);
        report.explanation = "The smoke test failed: " + firstLine(error.what());
        return report;
    }
}

DeviceReport probe(DeviceKind kind) {
    switch (kind) {
        case DeviceKind::cuda:
            return guarded(kind, [] {
                return probeAccelerator(DeviceKind::cuda, cudaIsPresent(),
                                        cudaIsBuiltIn() ? "No NVIDIA GPU or driver was found."
                                                        : "This build of Smidgen has no CUDA support.");
            });
        case DeviceKind::mps:
            return guarded(kind, [] {
                return probeAccelerator(DeviceKind::mps, mpsIsPresent(),
                                        "This build of LibTorch or this machine has no Metal support.");
            });
        case DeviceKind::cpu:
            break;
    }
    return guarded(DeviceKind::cpu, probeCpu);
}

}  // namespace

std::vector<DeviceReport> probeDevices() {
    return {probe(DeviceKind::cpu), probe(DeviceKind::cuda), probe(DeviceKind::mps)};
}

Result<DeviceKind> chooseDevice(DeviceChoice choice) {
    if (choice == DeviceChoice::automatic) {
        for (const DeviceKind kind : {DeviceKind::cuda, DeviceKind::mps})
            if (probe(kind).usable) return kind;
        choice = DeviceChoice::cpu;
    }
    const DeviceKind kind = choice == DeviceChoice::cuda  ? DeviceKind::cuda
                            : choice == DeviceChoice::mps ? DeviceKind::mps
                                                          : DeviceKind::cpu;
    const DeviceReport report = probe(kind);
    if (report.usable) return kind;
    return failure(ErrorCode::device, "The device '" + nameOf(kind) + "' cannot be used: " +
                                          report.explanation + " Choose 'auto' or 'cpu' instead.");
}

Result<DeviceChoice> parseDeviceChoice(const std::string& text) {
    if (text == "auto") return DeviceChoice::automatic;
    if (text == "cpu") return DeviceChoice::cpu;
    if (text == "cuda") return DeviceChoice::cuda;
    if (text == "mps") return DeviceChoice::mps;
    return failure(ErrorCode::invalidArgument,
                   "'" + text + "' is not a device. Choose one of: auto, cpu, cuda, mps.");
}

std::string nameOf(DeviceKind kind) {
    switch (kind) {
        case DeviceKind::cuda:
            return "cuda";
        case DeviceKind::mps:
            return "mps";
        case DeviceKind::cpu:
            break;
    }
    return "cpu";
}

}  // namespace smidgen::models
