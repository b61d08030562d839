#include <cstdlib>
#include <thread>

#include "models/device.h"

#if defined(__GLIBC__)
#include <malloc.h>
#endif
#if defined(__linux__)
#include <unistd.h>
#endif

namespace smidgen::models {

void preparePassiveThreads(char** argv) {
#if defined(__linux__)
    constexpr unsigned kCoresOfOneBlasThread = 4;
    bool changed = false;
    const auto set = [&](const char* name, const char* value) {
        constexpr int kKeepExisting = 0;
        if (std::getenv(name) == nullptr) changed |= ::setenv(name, value, kKeepExisting) == 0;
    };
    set("GOMP_SPINCOUNT", "0");
    set("OMP_WAIT_POLICY", "passive");
    if (std::thread::hardware_concurrency() <= kCoresOfOneBlasThread) set("OPENBLAS_NUM_THREADS", "1");
    // Where /proc is missing the program goes on as it is: slower beside other load, but working.
    if (changed) ::execv("/proc/self/exe", argv);
#else
    static_cast<void>(argv);
#endif
}

void keepFreedMemory() {
#if defined(__GLIBC__)
    constexpr int kLargestKept = 64 << 20;  // larger pieces go back at once
    constexpr int kMostKept = 256 << 20;
    static_cast<void>(::mallopt(M_MMAP_THRESHOLD, kLargestKept));
    static_cast<void>(::mallopt(M_TRIM_THRESHOLD, kMostKept));
#endif
}

}  // namespace smidgen::models
