#include "engine/analysis/real_fft.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "tests/analysis/test_signals.h"

namespace smidgen {
namespace {

/// The definition, in double precision.
std::vector<std::complex<double>> directTransform(std::span<const float> x) {
    std::vector<std::complex<double>> bins(x.size() / 2 + 1);
    for (std::size_t k = 0; k < bins.size(); ++k)
        for (std::size_t n = 0; n < x.size(); ++n)
            bins[k] += static_cast<double>(x[n]) *
                       std::polar(1.0, -2.0 * std::numbers::pi * static_cast<double>(k * n % x.size()) /
                                           static_cast<double>(x.size()));
    return bins;
}

TEST(RealFft, AnyEvenSizeAgreesWithTheDefinitionAndComesBack) {
    for (const int size : {2, 4, 6, 8, 10, 14, 16, 18, 22, 30, 32, 96, 250, 256, 1022, 2048}) {
        SCOPED_TRACE(size);
        RealFft fft(size);
        const std::vector<double> noise = congruentialNoise(static_cast<std::size_t>(size), 11);
        std::copy(noise.begin(), noise.end(), fft.real().begin());
        const std::vector<float> given(fft.real().begin(), fft.real().end());
        fft.forward();
        EXPECT_TRUE(std::equal(given.begin(), given.end(), fft.real().begin()));
        const auto wanted = directTransform(given);
        ASSERT_EQ(fft.bins().size(), wanted.size());
        const double tolerance = 1e-6 * std::sqrt(static_cast<double>(size)) * 4;
        for (std::size_t k = 0; k < wanted.size(); ++k) {
            EXPECT_NEAR(fft.bins()[k].real(), wanted[k].real(), tolerance) << k;
            EXPECT_NEAR(fft.bins()[k].imag(), wanted[k].imag(), tolerance) << k;
        }
        std::fill(fft.real().begin(), fft.real().end(), 0.0F);
        fft.inverse();
        for (std::size_t n = 0; n < given.size(); ++n)
            EXPECT_NEAR(fft.real()[n] / (0.5F * static_cast<float>(size)), given[n], 1e-6F);
    }
}

TEST(RealFft, QuietTonesBesideLoudOnesKeepTheirLevel) {
    // 110 dB below its neighbour: what a metric with a floor of 1e-5 must still see.
    constexpr int kSize = 2048;
    RealFft fft(kSize);
    for (std::size_t n = 0; n < kSize; ++n) {
        const double turn = 2.0 * std::numbers::pi * static_cast<double>(n) / kSize;
        fft.real()[n] = static_cast<float>(0.5 * std::cos(100.0 * turn) + 1.5e-6 * std::cos(700.0 * turn));
    }
    fft.forward();
    EXPECT_NEAR(std::abs(fft.bins()[700]), 1.5e-6 * kSize / 2, 1e-4);
}

}  // namespace
}  // namespace smidgen
