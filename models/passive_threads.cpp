#include <cstdlib>

#include "models/device.h"

#if defined(__GLIBC__)
#include <malloc.h>
#endif
#if defined(__linux__)
#include <unistd.h>
#endif

namespace smidgen::models {

void preparePassiveThreads(char** argv) {
    if (std::getenv("GOMP_SPINCOUNT") != nullptr && std::getenv("OMP_WAIT_POLICY") != nullptr) return;
#if defined(__linux__)
    constexpr int kKeepExisting = 0;
    if (::setenv("GOMP_SPINCOUNT", "0", kKeepExisting) != 0) return;
    if (::setenv("OMP_WAIT_POLICY", "passive", kKeepExisting) != 0) return;
    // Where /proc is missing the program goes on as it is: slower beside other load, but working.
    ::execv("/proc/self/exe", argv);
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
