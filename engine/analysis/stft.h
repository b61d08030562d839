// Short-time Fourier transform and its least-squares inverse (FFTW, single precision).
#pragma once

#include <complex>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "engine/foundation/units.h"

namespace smidgen {

struct StftShape {
    int fftSize = 2048;  ///< also the window length; even
    int hop = 512;
    [[nodiscard]] int bins() const { return fftSize / 2 + 1; }
    auto operator<=>(const StftShape&) const = default;
};

/// Centred frames: frame t is centred on sample t × hop, with reflected edges (zero-padded when the sound is
/// shorter than half a window); 1 + floor(samples / hop) frames. Periodic Hann window. Magnitudes are not
/// scaled. Holds FFTW plans and scratch: one object per thread (plans are made under a process-wide lock).
class Stft {
 public:
    explicit Stft(StftShape shape);
    Stft(Stft&&) noexcept;
    Stft& operator=(Stft&&) noexcept;
    ~Stft();

    [[nodiscard]] const StftShape& shape() const;
    [[nodiscard]] Frames frameCount(Samples samples) const;

    /// out: frames × bins, row-major.
    void forward(std::span<const float> signal, std::vector<std::complex<float>>& out);
    void magnitudes(std::span<const float> signal, std::vector<float>& out);
    /// forward(), `change` on every frame (its number, its bins), inverse(): in one pass whose memory does
    /// not depend on the length. `out` is as long as `signal` and must not be it.
    using FrameChange = std::function<void(std::size_t, std::span<std::complex<float>>)>;
    void changeFrames(std::span<const float> signal, const FrameChange& change, std::vector<float>& out);
    /// One frame centred at any (fractional positions are rounded) sample of `signal`; out: bins magnitudes.
    /// Lets a caller choose its own hop, which is how time-stretched features are made.
    void frameMagnitudes(std::span<const float> signal, std::int64_t centre, std::span<float> out);
    /// Overlap-add with window-square normalisation; `samples` long. spectrum: frames × bins.
    void inverse(std::span<const std::complex<float>> spectrum, std::vector<float>& signal, Samples samples);
    /// forward(), the moduli replaced by `magnitudes` (frames × bins, the phase kept), inverse(): in one pass
    /// whose memory does not depend on the length. Bins where the signal has none take phase 0. `out` is as
    /// long as `signal` and must not be it.
    void imposeMagnitudes(std::span<const float> signal, std::span<const float> magnitudes,
                          std::vector<float>& out);
    /// The same without the normalisation, for weighted sums over frames and over several STFTs: adds
    /// Σ weight[t] · window · frame t to `sum`, which addSquaredWindows() divides. `sum` stands for the
    /// samples from `first` on: however a signal is divided, each sample is the same to the bit.
    void addImposed(std::span<const float> signal, std::span<const float> magnitudes,
                    std::span<const float> weights, std::span<float> sum, std::size_t first = 0);
    /// Adds Σ weight[t] · window² to `sum`.
    void addSquaredWindows(std::span<const float> weights, std::span<float> sum) const;

 private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen
