// Which BLAS the process got, and how fast it is. Torch-free.
#pragma once

#include <functional>
#include <string>

namespace smidgen::models {

struct BlasLibrary {
    std::string name;        ///< "OpenBLAS (openmp)", "reference BLAS", "LibTorch's own BLAS" …
    bool reference = false;  ///< the slow Fortran one
};

/// Looks up where the symbol sgemm_ of this process comes from (alternatives resolve only at run time).
[[nodiscard]] BlasLibrary findBlas();

/// GFLOP/s of `product`, one size³ matrix product, by the calling thread's CPU clock: best of a few, so that
/// a busy machine does not look like a slow library.
[[nodiscard]] double measureGflops(int size, const std::function<void()>& product);

}  // namespace smidgen::models
