// Real Fourier transforms of even size (FFTW underneath), the same bits in every run.
#pragma once

#include <complex>
#include <memory>
#include <span>

namespace smidgen {

/// Holds its input and output arrays; one object per thread (plans and tables are made once per size under a
/// process-wide lock). A complex transform of half the size does the work, which FFTW plans well by estimate,
/// never by timing: equal inputs give equal bits.
class RealFft {
 public:
    explicit RealFft(int size);
    RealFft(RealFft&&) noexcept;
    RealFft& operator=(RealFft&&) noexcept;
    ~RealFft();

    /// `size` samples.
    [[nodiscard]] std::span<float> real();
    /// size / 2 + 1 bins.
    [[nodiscard]] std::span<std::complex<float>> bins();
    /// real → bins; real keeps its values.
    void forward();
    /// bins → real × size / 2; bins keep their values. The imaginary parts of the first and last bin count as
    /// 0.
    void inverse();

 private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen
