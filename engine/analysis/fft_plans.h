// FFTW plans, made once per size for the whole process, and memory aligned for them.
#pragma once

#include <fftw3.h>

#include <cstddef>
#include <memory>
#include <new>
#include <span>

namespace smidgen {

/// Real ↔ half-complex plans of one size. Planned by estimate, never by timing, so that equal inputs give
/// equal bits in every run. Execute them with the new-array functions on FftwArray memory only.
struct FftPlans {
    fftwf_plan forward = nullptr;
    fftwf_plan inverse = nullptr;  ///< destroys its input
};

/// Thread-safe; the plans live as long as the process.
[[nodiscard]] const FftPlans& fftPlans(int size);

/// Zeroed array with FFTW's alignment.
template <typename T>
class FftwArray {
 public:
    explicit FftwArray(std::size_t size)
        : m_data(static_cast<T*>(fftwf_malloc(sizeof(T) * (size == 0 ? 1 : size)))), m_size(size) {
        if (!m_data) throw std::bad_alloc();
        for (std::size_t i = 0; i < size; ++i) m_data[i] = T{};
    }
    [[nodiscard]] T* data() { return m_data.get(); }
    [[nodiscard]] const T* data() const { return m_data.get(); }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] std::span<T> span() { return {m_data.get(), m_size}; }
    T& operator[](std::size_t i) { return m_data[i]; }
    const T& operator[](std::size_t i) const { return m_data[i]; }

 private:
    struct Free {
        void operator()(T* p) const { fftwf_free(p); }
    };
    std::unique_ptr<T[], Free> m_data;
    std::size_t m_size;
};

}  // namespace smidgen
