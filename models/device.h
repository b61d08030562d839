// Where networks run: chosen by trying, not by asking.
#pragma once

#include <string>
#include <vector>

#include "engine/foundation/result.h"

namespace smidgen::models {

enum class DeviceKind { cpu, cuda, mps };
enum class DeviceChoice { automatic, cpu, cuda, mps };

struct DeviceReport {
    DeviceKind kind = DeviceKind::cpu;
    std::string name;  ///< "CPU, 2 cores, OpenBLAS …", "NVIDIA …"
    bool usable = false;
    std::string explanation;  ///< why not, or what was measured
    double gemmGflops = 0;    ///< 512³ product, one thread on CPU
    bool slowBlas = false;    ///< reference BLAS found: warn, name the package to install
};

/// Smoke test of each kind this build knows: small matmul against a known result, NaN check. Never throws.
[[nodiscard]] std::vector<DeviceReport> probeDevices();

/// automatic: cuda, then mps, then cpu, whichever first passes. A named one that fails: ErrorCode::device
/// with the reason.
[[nodiscard]] Result<DeviceKind> chooseDevice(DeviceChoice choice);

/// "auto", "cpu", "cuda", "mps". Errors: invalidArgument naming the choices.
[[nodiscard]] Result<DeviceChoice> parseDeviceChoice(const std::string& text);
[[nodiscard]] std::string nameOf(DeviceKind kind);

/// Must run first in main(): sets GOMP_SPINCOUNT=0, OMP_WAIT_POLICY=passive and, on machines of up to four
/// cores, OPENBLAS_NUM_THREADS=1 where they are not set, and re-executes the program once, since the
/// libraries read them before main. Without the first two, two threads beside any other load are 3–15 times
/// slower. Threads of OpenBLAS's own beside LibTorch's spin while they wait for one another: on two cores,
/// alone, 25 steps of training took 69–78 CPU-seconds with them and 46–52 without (37–42 s and 40–47 s by the
/// clock); beside other work of the same priority three steps took 82 s by the clock with them and 33 s
/// without.
void preparePassiveThreads(char** argv);

/// Tells the allocator (glibc's) to keep freed memory instead of handing it back at every turn: tensors of a
/// few hundred KiB come and go thousands of times a second, and fetching their pages anew took a quarter of
/// the time of decoding. Call once at the start of main().
void keepFreedMemory();

}  // namespace smidgen::models
