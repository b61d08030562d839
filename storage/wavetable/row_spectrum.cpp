#include "storage/wavetable/row_spectrum.h"

#include <bit>
#include <cmath>
#include <numbers>
#include <utility>

namespace smidgen::storage {

using Complex = std::complex<double>;

namespace {

/// Written out: the library's product watches for infinities.
Complex product(const Complex& a, const Complex& b) {
    return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

}  // namespace

RowSpectrum::RowSpectrum(std::size_t length)
    : m_length(length),
      m_padded(std::has_single_bit(length) ? length : std::bit_ceil(2 * length - 1)),
      m_turns(m_padded / 2),
      m_data(length) {
    for (std::size_t k = 0; k < m_turns.size(); ++k)
        m_turns[k] =
            std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(m_padded));
    if (m_padded == m_length) return;
    m_chirp.resize(m_length);
    m_filter.resize(m_padded);
    m_scratch.resize(m_padded);
    for (std::size_t k = 0; k < m_length; ++k) {
        // k² modulo 2N keeps the angle small and exact.
        const auto turn = static_cast<double>(k * k % (2 * m_length));
        m_chirp[k] = std::polar(1.0, -std::numbers::pi * turn / static_cast<double>(m_length));
        m_filter[k] = std::conj(m_chirp[k]);
        if (k > 0) m_filter[m_padded - k] = m_filter[k];
    }
    radixTwo(m_filter, false);
}

void RowSpectrum::radixTwo(std::vector<Complex>& data, bool backwards) const {
    const std::size_t n = data.size();
    for (std::size_t i = 1, j = 0; i < n; ++i) {
        std::size_t bit = n >> 1;
        for (; (j & bit) != 0; bit >>= 1) j ^= bit;
        j ^= bit;
        if (i < j) std::swap(data[i], data[j]);
    }
    for (std::size_t span = 1; span < n; span *= 2) {
        const std::size_t stride = m_padded / (2 * span);
        for (std::size_t start = 0; start < n; start += 2 * span) {
            for (std::size_t k = 0; k < span; ++k) {
                const Complex turn = backwards ? std::conj(m_turns[k * stride]) : m_turns[k * stride];
                const Complex odd = product(turn, data[start + k + span]);
                data[start + k + span] = data[start + k] - odd;
                data[start + k] += odd;
            }
        }
    }
}

void RowSpectrum::transform(bool backwards) {
    if (m_chirp.empty()) return radixTwo(m_data, backwards);
    // Backwards is forwards of the conjugate, conjugated.
    const auto flip = [backwards](const Complex& z) { return backwards ? std::conj(z) : z; };
    for (std::size_t k = 0; k < m_padded; ++k)
        m_scratch[k] = k < m_length ? product(flip(m_data[k]), m_chirp[k]) : Complex(0);
    radixTwo(m_scratch, false);
    for (std::size_t k = 0; k < m_padded; ++k) m_scratch[k] = product(m_scratch[k], m_filter[k]);
    radixTwo(m_scratch, true);
    const double scale = 1.0 / static_cast<double>(m_padded);
    for (std::size_t k = 0; k < m_length; ++k) m_data[k] = flip(product(m_scratch[k] * scale, m_chirp[k]));
}

void RowSpectrum::forward(std::span<const double> values, std::span<double> coefficients) {
    for (std::size_t i = 0; i < m_length; ++i) m_data[i] = values[i];
    transform(false);
    const double scale = 1.0 / std::sqrt(static_cast<double>(m_length));
    coefficients[0] = m_data[0].real() * scale;
    for (std::size_t k = 1; 2 * k < m_length; ++k) {
        coefficients[2 * k - 1] = m_data[k].real() * scale * std::numbers::sqrt2;
        coefficients[2 * k] = m_data[k].imag() * scale * std::numbers::sqrt2;
    }
    if (m_length % 2 == 0) coefficients[m_length - 1] = m_data[m_length / 2].real() * scale;
}

void RowSpectrum::inverse(std::span<const double> coefficients, std::span<double> values) {
    const double scale = 1.0 / std::sqrt(static_cast<double>(m_length));
    m_data[0] = coefficients[0] * scale;
    for (std::size_t k = 1; 2 * k < m_length; ++k) {
        m_data[k] = Complex(coefficients[2 * k - 1], coefficients[2 * k]) * (scale / std::numbers::sqrt2);
        m_data[m_length - k] = std::conj(m_data[k]);
    }
    if (m_length % 2 == 0) m_data[m_length / 2] = coefficients[m_length - 1] * scale;
    transform(true);
    for (std::size_t i = 0; i < m_length; ++i) values[i] = m_data[i].real();
}

}  // namespace smidgen::storage
