#include "models/blas_probe.h"

#include <dlfcn.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <limits>

namespace smidgen::models {
namespace {

double threadSeconds() {
    timespec now = {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace

BlasLibrary findBlas() {
    Dl_info info = {};
    void* symbol = ::dlsym(RTLD_DEFAULT, "sgemm_");
    if (symbol == nullptr || ::dladdr(symbol, &info) == 0 || info.dli_fname == nullptr)
        return {"LibTorch's own BLAS", false};
    std::error_code ignored;
    std::filesystem::path library = std::filesystem::canonical(info.dli_fname, ignored);
    if (ignored) library = info.dli_fname;
    const std::string path = library.string();
    const auto contains = [&](const char* part) { return path.find(part) != std::string::npos; };
    if (contains("openblas")) {
        for (const char* flavour : {"openmp", "pthread", "serial"})
            if (contains(flavour)) return {std::string("OpenBLAS (") + flavour + ")", false};
        return {"OpenBLAS", false};
    }
    if (contains("mkl")) return {"MKL", false};
    if (contains("blis")) return {"BLIS", false};
    if (contains("atlas")) return {"ATLAS", false};
    if (contains("torch")) return {"LibTorch's own BLAS", false};
    // Debian's reference implementation lies in …/blas/libblas.so.3.
    if (library.filename().string().starts_with("libblas")) return {"reference BLAS", true};
    return {library.filename().string(), false};
}

double measureGflops(int size, const std::function<void()>& product) {
    constexpr int kRuns = 4;
    product();
    double best = std::numeric_limits<double>::max();
    for (int run = 0; run < kRuns; ++run) {
        const double start = threadSeconds();
        product();
        best = std::min(best, threadSeconds() - start);
    }
    const double operations = 2.0 * size * size * size;
    return operations / std::max(best, 1e-9) / 1e9;
}

}  // namespace smidgen::models
