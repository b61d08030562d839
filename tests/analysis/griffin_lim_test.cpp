#include "engine/analysis/griffin_lim.h"

#include <gtest/gtest.h>

#include "tests/analysis/test_signals.h"

namespace smidgen {
namespace {

/// ‖ |STFT(signal)| − magnitudes ‖ / ‖magnitudes‖
double inconsistency(Stft& stft, std::span<const float> signal, std::span<const float> magnitudes) {
    std::vector<float> got;
    stft.magnitudes(signal, got);
    double error = 0;
    double energy = 0;
    for (std::size_t i = 0; i < got.size(); ++i) {
        error += std::pow(static_cast<double>(got[i]) - static_cast<double>(magnitudes[i]), 2);
        energy += std::pow(static_cast<double>(magnitudes[i]), 2);
    }
    return std::sqrt(error / energy);
}

class GriffinLim : public ::testing::Test {
 protected:
    void SetUp() override { m_stft.magnitudes(m_signal, m_magnitudes); }
    std::vector<float> run(int iterations, double momentum, std::uint64_t seed = 1) {
        return griffinLim(m_stft, m_magnitudes, Samples(24000), {iterations, momentum, seed});
    }
    Stft m_stft{{1024, 256}};
    std::vector<float> m_signal = testSignal("rich", 24000);
    std::vector<float> m_magnitudes;
};

TEST_F(GriffinLim, MoreIterationsComeCloserAndMomentumCloserStill) {
    const double few = inconsistency(m_stft, run(4, 0.99), m_magnitudes);
    const double many = inconsistency(m_stft, run(60, 0.99), m_magnitudes);
    const double plain = inconsistency(m_stft, run(60, 0.0), m_magnitudes);
    EXPECT_LT(many, 0.5 * few);
    EXPECT_LT(many, plain);
    EXPECT_LT(many, 0.1);
}

TEST_F(GriffinLim, EqualSeedsGiveEqualBitsAndOthersDiffer) {
    EXPECT_EQ(run(5, 0.99, 3), run(5, 0.99, 3));
    EXPECT_NE(run(5, 0.99, 3), run(5, 0.99, 4));
}

TEST_F(GriffinLim, TheTruePhaseStartsAtTheSignal) {
    std::vector<std::complex<float>> phase;
    m_stft.forward(m_signal, phase);
    for (auto& value : phase) value /= std::abs(value);
    const std::vector<float> got = griffinLim(m_stft, m_magnitudes, Samples(24000), {10, 0.99, 0}, phase);
    for (std::size_t i = 0; i < got.size(); ++i) ASSERT_NEAR(got[i], m_signal[i], 1e-4F);
}

TEST_F(GriffinLim, CancelledAtOnceGivesTheStart) {
    CancelToken cancel;
    cancel.cancel();
    EXPECT_EQ(griffinLim(m_stft, m_magnitudes, Samples(24000), {1000000, 0.99, 1}, {}, cancel), run(0, 0.99));
}

TEST_F(GriffinLim, SilenceStaysSilentAndNothingIsNothing) {
    const std::vector<float> silent =
        griffinLim(m_stft, std::vector<float>(94 * 513, 0.0F), Samples(24000), {});
    EXPECT_EQ(silent, std::vector<float>(24000, 0.0F));
    EXPECT_TRUE(griffinLim(m_stft, std::vector<float>(513, 1.0F), Samples(0), {}).empty());
    EXPECT_EQ(griffinLim(m_stft, {}, Samples(10), {}), std::vector<float>(10, 0.0F));
}

}  // namespace
}  // namespace smidgen
