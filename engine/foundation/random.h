// Reproducible randomness: one seed drives everything; streams are addressed, never shared.
#pragma once

#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <numbers>

namespace smidgen {

/// Mixes words into one 64-bit seed (SplitMix64 finaliser, Steele et al. 2014). Use it to address a stream:
/// `Random random(mixSeed(seed, step, slot))`, so that resuming at a step needs no saved generator state.
[[nodiscard]] constexpr std::uint64_t mixSeed(std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0,
                                              std::uint64_t d = 0) {
    std::uint64_t h = 0x9e3779b97f4a7c15ULL;
    for (const std::uint64_t word : {a, b, c, d}) {
        h += word + 0x9e3779b97f4a7c15ULL;
        h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9ULL;
        h = (h ^ (h >> 27)) * 0x94d049bb133111ebULL;
        h ^= h >> 31;
    }
    return h;
}

/// xoshiro256++ (Blackman & Vigna 2019). The same seed gives the same numbers on every platform: no
/// std:: distribution is used, since those differ between libraries.
class Random {
 public:
    explicit Random(std::uint64_t seed) {
        for (std::uint64_t i = 0; i < 4; ++i) m_state[i] = mixSeed(seed, i);
    }
    std::uint64_t bits() {
        const std::uint64_t result = rotate(m_state[0] + m_state[3], 23) + m_state[0];
        const std::uint64_t t = m_state[1] << 17;
        m_state[2] ^= m_state[0];
        m_state[3] ^= m_state[1];
        m_state[1] ^= m_state[2];
        m_state[0] ^= m_state[3];
        m_state[2] ^= t;
        m_state[3] = rotate(m_state[3], 45);
        return result;
    }
    /// Uniform in [0, 1).
    double uniform() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    /// Uniform integer in [0, n), n ≥ 1 (the bias of 2^-64·n is below anything audible or testable).
    std::uint64_t below(std::uint64_t n) {
        __extension__ using Wide = unsigned __int128;
        return static_cast<std::uint64_t>((static_cast<Wide>(bits()) * n) >> 64);
    }
    /// Standard normal (Box–Muller 1958).
    double normal() {
        const double u = 1.0 - uniform();
        const double v = uniform();
        return std::sqrt(-2.0 * std::log(u)) * std::cos(2.0 * std::numbers::pi * v);
    }

 private:
    static constexpr std::uint64_t rotate(std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
    std::uint64_t m_state[4];
};

}  // namespace smidgen
