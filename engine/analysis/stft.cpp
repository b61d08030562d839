#include "engine/analysis/stft.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

#include "engine/analysis/real_fft.h"
#include "engine/foundation/vectorised.h"

namespace smidgen {
namespace {

/// Below this sum of squared windows a sample is not recoverable and is set to zero.
constexpr float kLeastWindowSum = 1e-6F;
/// Keeps the division by a modulus finite; far below any audible magnitude.
constexpr float kLeastPower = 1e-30F;

std::vector<float> periodicHann(int size) {
    std::vector<float> window(static_cast<std::size_t>(size));
    for (int i = 0; i < size; ++i)
        window[static_cast<std::size_t>(i)] =
            static_cast<float>(0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * i / size));
    return window;
}

SMIDGEN_VECTORISED
void multiply(const float* __restrict a, const float* __restrict b, float* __restrict out, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) out[i] = a[i] * b[i];
}

SMIDGEN_VECTORISED
void multiplyAdd(const float* __restrict a, const float* __restrict b, float scale, float* __restrict out,
                 std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) out[i] += scale * a[i] * b[i];
}

/// half: n interleaved complex numbers.
SMIDGEN_VECTORISED
void moduli(const float* __restrict half, float* __restrict out, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i)
        out[i] = std::sqrt(half[2 * i] * half[2 * i] + half[2 * i + 1] * half[2 * i + 1]);
}

SMIDGEN_VECTORISED
void replaceModuli(float* __restrict half, const float* __restrict magnitudes, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
        const float re = half[2 * i];
        const float im = half[2 * i + 1];
        const float power = re * re + im * im;
        const float factor = magnitudes[i] / std::sqrt(power + kLeastPower);
        const bool none = power < kLeastPower;
        half[2 * i] = none ? magnitudes[i] : re * factor;
        half[2 * i + 1] = none ? 0.0F : im * factor;
    }
}

}  // namespace

struct Stft::Impl {
    explicit Impl(StftShape stftShape)
        : shape(stftShape),
          size(static_cast<std::size_t>(stftShape.fftSize)),
          bins(static_cast<std::size_t>(stftShape.bins())),
          fft(stftShape.fftSize),
          window(periodicHann(stftShape.fftSize)) {}

    [[nodiscard]] std::int64_t frames(std::size_t samples) const {
        return 1 + static_cast<std::int64_t>(samples) / shape.hop;
    }
    [[nodiscard]] float* binFloats() { return reinterpret_cast<float*>(fft.bins().data()); }

    /// Windowed frame centred on `centre` → the transform's bins.
    void transformFrame(std::span<const float> signal, std::int64_t centre) {
        const auto length = static_cast<std::int64_t>(signal.size());
        const std::int64_t reach = shape.fftSize / 2;
        const std::int64_t first = centre - reach;
        const std::span<float> real = fft.real();
        if (first >= 0 && first + shape.fftSize <= length) {
            multiply(signal.data() + first, window.data(), real.data(), size);
        } else {
            const bool reflects = length > reach;
            for (std::int64_t i = 0; i < shape.fftSize; ++i) {
                std::int64_t at = first + i;
                if (reflects && at < 0) at = -at;
                if (reflects && at >= length) at = 2 * (length - 1) - at;
                const auto slot = static_cast<std::size_t>(i);
                real[slot] =
                    at >= 0 && at < length ? signal[static_cast<std::size_t>(at)] * window[slot] : 0.0F;
            }
        }
        fft.forward();
    }

    /// scale · window · (the frame of the transform's bins) → added to `out` around `centre`.
    void overlapAdd(std::span<float> out, std::int64_t centre, float scale) {
        fft.inverse();
        const auto length = static_cast<std::int64_t>(out.size());
        const std::int64_t reach = shape.fftSize / 2;
        const std::int64_t first = centre - reach;
        const std::int64_t skip = std::max<std::int64_t>(0, -first);
        const std::int64_t count = std::min<std::int64_t>(shape.fftSize, length - first) - skip;
        if (count <= 0) return;
        const auto offset = static_cast<std::size_t>(skip);
        multiplyAdd(fft.real().data() + offset, window.data() + offset, scale / static_cast<float>(reach),
                    out.data() + first + skip, static_cast<std::size_t>(count));
    }

    /// Calls visit(t, weight) for `frameCount` frames; no weights are weights of 1.
    template <typename Visit>
    static void forFrames(std::span<const float> weights, std::size_t frameCount, Visit visit) {
        for (std::size_t t = 0; t < frameCount; ++t) visit(t, weights.empty() ? 1.0F : weights[t]);
    }

    void addSquaredWindows(std::span<const float> weights, std::size_t frameCount,
                           std::span<float> sum) const {
        const auto length = static_cast<std::int64_t>(sum.size());
        forFrames(weights, frameCount, [&](std::size_t t, float weight) {
            const std::int64_t first = static_cast<std::int64_t>(t) * shape.hop - shape.fftSize / 2;
            const std::int64_t skip = std::max<std::int64_t>(0, -first);
            const std::int64_t count = std::min<std::int64_t>(shape.fftSize, length - first) - skip;
            if (count <= 0) return;
            const float* const part = window.data() + skip;
            multiplyAdd(part, part, weight, sum.data() + first + skip, static_cast<std::size_t>(count));
        });
    }

    /// Divides by the sum of squared windows over the frames that exist.
    void normalise(std::span<float> signal, std::size_t frameCount) {
        if (norm.size() != signal.size() || normFrames != frameCount) {
            norm.assign(signal.size(), 0.0F);
            addSquaredWindows({}, frameCount, norm);
            for (float& value : norm) value = value > kLeastWindowSum ? 1.0F / value : 0.0F;
            normFrames = frameCount;
        }
        for (std::size_t i = 0; i < signal.size(); ++i) signal[i] *= norm[i];
    }

    StftShape shape;
    std::size_t size;
    std::size_t bins;
    RealFft fft;
    std::vector<float> window;
    std::vector<float> norm;  ///< reciprocal window sums of the last length and frame count
    std::size_t normFrames = 0;
};

Stft::Stft(StftShape shape) : m_impl(std::make_unique<Impl>(shape)) {}
Stft::Stft(Stft&&) noexcept = default;
Stft& Stft::operator=(Stft&&) noexcept = default;
Stft::~Stft() = default;

const StftShape& Stft::shape() const {
    return m_impl->shape;
}

Frames Stft::frameCount(Samples samples) const {
    return Frames(m_impl->frames(static_cast<std::size_t>(std::max<std::int64_t>(0, samples.value))));
}

void Stft::forward(std::span<const float> signal, std::vector<std::complex<float>>& out) {
    Impl& s = *m_impl;
    const auto frames = static_cast<std::size_t>(s.frames(signal.size()));
    out.resize(frames * s.bins);
    for (std::size_t t = 0; t < frames; ++t) {
        s.transformFrame(signal, static_cast<std::int64_t>(t) * s.shape.hop);
        std::memcpy(static_cast<void*>(out.data() + t * s.bins), s.fft.bins().data(),
                    s.bins * sizeof(std::complex<float>));
    }
}

void Stft::magnitudes(std::span<const float> signal, std::vector<float>& out) {
    Impl& s = *m_impl;
    const auto frames = static_cast<std::size_t>(s.frames(signal.size()));
    out.resize(frames * s.bins);
    for (std::size_t t = 0; t < frames; ++t)
        frameMagnitudes(signal, static_cast<std::int64_t>(t) * s.shape.hop,
                        std::span(out).subspan(t * s.bins, s.bins));
}

void Stft::frameMagnitudes(std::span<const float> signal, std::int64_t centre, std::span<float> out) {
    m_impl->transformFrame(signal, centre);
    moduli(m_impl->binFloats(), out.data(), m_impl->bins);
}

void Stft::inverse(std::span<const std::complex<float>> spectrum, std::vector<float>& signal,
                   Samples samples) {
    Impl& s = *m_impl;
    signal.assign(static_cast<std::size_t>(std::max<std::int64_t>(0, samples.value)), 0.0F);
    const std::size_t frames = spectrum.size() / s.bins;
    for (std::size_t t = 0; t < frames; ++t) {
        std::memcpy(static_cast<void*>(s.fft.bins().data()), spectrum.data() + t * s.bins,
                    s.bins * sizeof(std::complex<float>));
        s.overlapAdd(signal, static_cast<std::int64_t>(t) * s.shape.hop, 1.0F);
    }
    s.normalise(signal, frames);
}

void Stft::changeFrames(std::span<const float> signal, const FrameChange& change, std::vector<float>& out) {
    Impl& s = *m_impl;
    out.assign(signal.size(), 0.0F);
    const auto frames = static_cast<std::size_t>(s.frames(signal.size()));
    for (std::size_t t = 0; t < frames; ++t) {
        const std::int64_t centre = static_cast<std::int64_t>(t) * s.shape.hop;
        s.transformFrame(signal, centre);
        change(t, s.fft.bins());
        s.overlapAdd(out, centre, 1.0F);
    }
    s.normalise(out, frames);
}

void Stft::imposeMagnitudes(std::span<const float> signal, std::span<const float> magnitudes,
                            std::vector<float>& out) {
    out.assign(signal.size(), 0.0F);
    addImposed(signal, magnitudes, {}, out);
    m_impl->normalise(out, magnitudes.size() / m_impl->bins);
}

void Stft::addImposed(std::span<const float> signal, std::span<const float> magnitudes,
                      std::span<const float> weights, std::span<float> sum, std::size_t first) {
    Impl& s = *m_impl;
    const auto from = static_cast<std::int64_t>(first);
    const std::int64_t to = from + static_cast<std::int64_t>(sum.size()), reach = s.shape.fftSize / 2;
    Impl::forFrames(weights, magnitudes.size() / s.bins, [&](std::size_t t, float weight) {
        const std::int64_t centre = static_cast<std::int64_t>(t) * s.shape.hop;
        if (centre + reach <= from || centre - reach >= to) return;
        s.transformFrame(signal, centre);
        replaceModuli(s.binFloats(), magnitudes.data() + t * s.bins, s.bins);
        s.overlapAdd(sum, centre - from, weight);
    });
}

void Stft::addSquaredWindows(std::span<const float> weights, std::span<float> sum) const {
    m_impl->addSquaredWindows(weights, weights.size(), sum);
}

}  // namespace smidgen
