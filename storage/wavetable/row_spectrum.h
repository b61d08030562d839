// The spectrum of real sequences of any length, as orthonormal real coefficients.
#pragma once

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace smidgen::storage {

/// A transform of one length N: radix 2 (Cooley & Tukey, 1965) for powers of two, otherwise through a chirp
/// convolution (Bluestein, 1970). Not thread-safe; the length is 1 … 2^20.
class RowSpectrum {
 public:
    explicit RowSpectrum(std::size_t length);

    [[nodiscard]] std::size_t length() const { return m_length; }
    /// N values to N coefficients, of equal sum of squares: the mean's; then √2·real and √2·imaginary part of
    /// each harmonic from the first; at even N the last alone is the highest's.
    void forward(std::span<const double> values, std::span<double> coefficients);
    void inverse(std::span<const double> coefficients, std::span<double> values);

 private:
    void transform(bool backwards);
    void radixTwo(std::vector<std::complex<double>>& data, bool backwards) const;

    std::size_t m_length;
    std::size_t m_padded;                         ///< a power of two
    std::vector<std::complex<double>> m_turns;    ///< e^(−2πi k / m_padded), k < m_padded / 2
    std::vector<std::complex<double>> m_data;     ///< m_length values
    std::vector<std::complex<double>> m_chirp;    ///< e^(−πi k² / N); empty for powers of two
    std::vector<std::complex<double>> m_filter;   ///< spectrum of the chirp's conjugate
    std::vector<std::complex<double>> m_scratch;  ///< m_padded values
};

}  // namespace smidgen::storage
