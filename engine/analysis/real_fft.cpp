#include "engine/analysis/real_fft.h"

#include <fftw3.h>

#include <cmath>
#include <cstddef>
#include <cstring>
#include <map>
#include <mutex>
#include <new>
#include <numbers>
#include <vector>

namespace smidgen {
namespace {

struct FftwFree {
    void operator()(void* p) const { fftwf_free(p); }
};
/// Floats with FFTW's alignment, zeroed.
using FftwFloats = std::unique_ptr<float[], FftwFree>;

FftwFloats makeFloats(std::size_t size) {
    FftwFloats floats(static_cast<float*>(fftwf_malloc(sizeof(float) * size)));
    if (!floats) throw std::bad_alloc();
    std::memset(floats.get(), 0, sizeof(float) * size);
    return floats;
}

fftwf_complex* asComplex(float* floats) {
    return reinterpret_cast<fftwf_complex*>(floats);
}

/// What one size needs, shared by the whole process.
struct Tables {
    fftwf_plan forward = nullptr;  ///< complex, half the size
    fftwf_plan inverse = nullptr;
    std::vector<float> cosines;  ///< cos(2πk / size), k = 0 … size / 4
    std::vector<float> sines;
};

class TableCache {
 public:
    TableCache() = default;
    TableCache(const TableCache&) = delete;
    TableCache& operator=(const TableCache&) = delete;
    ~TableCache() {
        for (auto& [size, tables] : m_tables) {
            fftwf_destroy_plan(tables.forward);
            fftwf_destroy_plan(tables.inverse);
        }
    }

    const Tables& get(int size) {
        const std::lock_guard lock(m_mutex);
        const auto found = m_tables.find(size);
        if (found != m_tables.end()) return found->second;
        const int half = size / 2;
        const FftwFloats from = makeFloats(static_cast<std::size_t>(size));
        const FftwFloats to = makeFloats(static_cast<std::size_t>(size));
        Tables tables;
        tables.forward =
            fftwf_plan_dft_1d(half, asComplex(from.get()), asComplex(to.get()), FFTW_FORWARD, FFTW_ESTIMATE);
        tables.inverse =
            fftwf_plan_dft_1d(half, asComplex(from.get()), asComplex(to.get()), FFTW_BACKWARD, FFTW_ESTIMATE);
        for (int k = 0; k <= size / 4; ++k) {
            const double angle = 2.0 * std::numbers::pi * k / size;
            tables.cosines.push_back(static_cast<float>(std::cos(angle)));
            tables.sines.push_back(static_cast<float>(std::sin(angle)));
        }
        return m_tables.emplace(size, std::move(tables)).first->second;
    }

 private:
    std::mutex m_mutex;
    std::map<int, Tables> m_tables;
};

const Tables& tablesFor(int size) {
    static TableCache cache;
    return cache.get(size);
}

/// Four floats worked on together (GCC's and Clang's vector extension; plain code on any processor).
using Four = float __attribute__((vector_size(16)));

Four load(const float* from) {
    Four v;
    std::memcpy(&v, from, sizeof v);
    return v;
}
void store(float* to, Four v) {
    std::memcpy(to, &v, sizeof v);
}

struct FourComplex {
    Four re;
    Four im;
};

FourComplex loadComplex(const float* from) {
    const Four low = load(from);
    const Four high = load(from + 4);
    return {__builtin_shufflevector(low, high, 0, 2, 4, 6), __builtin_shufflevector(low, high, 1, 3, 5, 7)};
}
/// The last of the four first.
FourComplex loadReversed(const float* from) {
    const Four low = load(from);
    const Four high = load(from + 4);
    return {__builtin_shufflevector(low, high, 6, 4, 2, 0), __builtin_shufflevector(low, high, 7, 5, 3, 1)};
}
void storeComplex(float* to, const FourComplex& v) {
    store(to, __builtin_shufflevector(v.re, v.im, 0, 4, 1, 5));
    store(to + 4, __builtin_shufflevector(v.re, v.im, 2, 6, 3, 7));
}
void storeReversed(float* to, const FourComplex& v) {
    store(to, __builtin_shufflevector(v.re, v.im, 3, 7, 2, 6));
    store(to + 4, __builtin_shufflevector(v.re, v.im, 1, 5, 0, 4));
}

/// One pair of bins k and half − k, by parts: z = even part + i · odd part of the packed transform and
/// x = E − i·w·O, with w = cos − i·sin (Cooley, Lewis & Welch 1970).
template <typename T>
struct Bins {
    T re, im, mirrorRe, mirrorIm;
};

template <typename T>
Bins<T> untangle(const Bins<T>& z, T cosine, T sine) {
    const T evenRe = z.re + z.mirrorRe;
    const T evenIm = z.im - z.mirrorIm;
    const T oddRe = z.re - z.mirrorRe;
    const T oddIm = z.im + z.mirrorIm;
    const T turnedRe = cosine * oddIm - sine * oddRe;
    const T turnedIm = cosine * oddRe + sine * oddIm;
    return {0.5F * (evenRe + turnedRe), 0.5F * (evenIm - turnedIm), 0.5F * (evenRe - turnedRe),
            -0.5F * (evenIm + turnedIm)};
}

template <typename T>
Bins<T> tangle(const Bins<T>& x, T cosine, T sine) {
    const T evenRe = x.re + x.mirrorRe;
    const T evenIm = x.im - x.mirrorIm;
    const T differenceRe = x.re - x.mirrorRe;
    const T differenceIm = x.im + x.mirrorIm;
    // i · conj(w) · difference
    const T oddRe = -cosine * differenceIm - sine * differenceRe;
    const T oddIm = cosine * differenceRe - sine * differenceIm;
    return {0.5F * (evenRe + oddRe), 0.5F * (evenIm + oddIm), 0.5F * (evenRe - oddRe),
            -0.5F * (evenIm - oddIm)};
}

/// Applies `turn` to the pairs k, half − k for k = 1 … half / 2, four at a time where they do not overlap.
template <typename Turn, typename TurnFour>
void forPairs(const float* from, float* to, const Tables& tables, std::size_t half, Turn turn,
              TurnFour turnFour) {
    std::size_t k = 1;
    for (; 2 * k + 7 <= half; k += 4) {
        const std::size_t mirror = half - k - 3;
        const FourComplex near = loadComplex(from + 2 * k);
        const FourComplex far = loadReversed(from + 2 * mirror);
        const Bins<Four> out = turnFour(Bins<Four>{near.re, near.im, far.re, far.im},
                                        load(&tables.cosines[k]), load(&tables.sines[k]));
        storeComplex(to + 2 * k, {out.re, out.im});
        storeReversed(to + 2 * mirror, {out.mirrorRe, out.mirrorIm});
    }
    for (; 2 * k <= half; ++k) {
        const std::size_t mirror = half - k;
        const Bins<float> out =
            turn(Bins<float>{from[2 * k], from[2 * k + 1], from[2 * mirror], from[2 * mirror + 1]},
                 tables.cosines[k], tables.sines[k]);
        to[2 * mirror] = out.mirrorRe;
        to[2 * mirror + 1] = out.mirrorIm;
        to[2 * k] = out.re;
        to[2 * k + 1] = out.im;
    }
}

}  // namespace

struct RealFft::Impl {
    explicit Impl(int fftSize)
        : size(static_cast<std::size_t>(fftSize)),
          tables(&tablesFor(fftSize)),
          real(makeFloats(size)),
          packed(makeFloats(size)),
          bins(makeFloats(size + 2)) {}
    std::size_t size;
    const Tables* tables;
    FftwFloats real;
    FftwFloats packed;  ///< transform of the samples taken as complex numbers, two by two
    FftwFloats bins;
};

RealFft::RealFft(int size) : m_impl(std::make_unique<Impl>(size)) {}
RealFft::RealFft(RealFft&&) noexcept = default;
RealFft& RealFft::operator=(RealFft&&) noexcept = default;
RealFft::~RealFft() = default;

std::span<float> RealFft::real() {
    return {m_impl->real.get(), m_impl->size};
}

std::span<std::complex<float>> RealFft::bins() {
    return {reinterpret_cast<std::complex<float>*>(m_impl->bins.get()), m_impl->size / 2 + 1};
}

void RealFft::forward() {
    Impl& s = *m_impl;
    const float* const z = s.packed.get();
    float* const x = s.bins.get();
    fftwf_execute_dft(s.tables->forward, asComplex(s.real.get()), asComplex(s.packed.get()));
    x[0] = z[0] + z[1];
    x[1] = 0.0F;
    x[s.size] = z[0] - z[1];
    x[s.size + 1] = 0.0F;
    forPairs(z, x, *s.tables, s.size / 2, untangle<float>, untangle<Four>);
}

void RealFft::inverse() {
    Impl& s = *m_impl;
    const float* const x = s.bins.get();
    float* const z = s.packed.get();
    z[0] = 0.5F * (x[0] + x[s.size]);
    z[1] = 0.5F * (x[0] - x[s.size]);
    forPairs(x, z, *s.tables, s.size / 2, tangle<float>, tangle<Four>);
    fftwf_execute_dft(s.tables->inverse, asComplex(s.packed.get()), asComplex(s.real.get()));
}

}  // namespace smidgen
