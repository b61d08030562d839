#include "engine/synthesis/filters.h"

#include <gtest/gtest.h>

#include "engine/synthesis/wear.h"
#include "tests/synthesis/measurements.h"

namespace smidgen::synthesis {
namespace {

Signal sine(double frequency, std::size_t samples = 48000) {
    Signal signal(samples);
    for (std::size_t n = 0; n < samples; ++n) {
        signal[n] =
            static_cast<float>(std::sin(2 * std::numbers::pi * frequency * static_cast<double>(n) / kRate));
    }
    return signal;
}

double gainOf(const Signal& filtered, double frequency) {
    return decibels(Spectrum(filtered).strongest(frequency * 0.95, frequency * 1.05).amplitude);
}

TEST(StateVariableFilter, FollowsTheAnalogueResponse) {
    // With the bilinear transform's frequency: H(s) = 1 / (s² + s / q + 1) and its band and high-pass.
    const double cutoff = 1000;
    const double q = 3;
    const double warped = std::tan(std::numbers::pi * cutoff / kRate);
    for (const double frequency : {200.0, 1000.0, 4000.0}) {
        const double w = std::tan(std::numbers::pi * frequency / kRate) / warped;
        const double below = std::hypot(1 - w * w, w / q);
        StateVariableFilter filter;
        filter.tune(cutoff, q);
        Signal low, band, high;
        for (const float sample : sine(frequency)) {
            const auto outputs = filter.process(static_cast<double>(sample));
            low.push_back(static_cast<float>(outputs.low));
            band.push_back(static_cast<float>(outputs.band));
            high.push_back(static_cast<float>(outputs.high));
        }
        EXPECT_NEAR(gainOf(low, frequency), decibels(1 / below), 0.1);
        EXPECT_NEAR(gainOf(band, frequency), decibels(w / q / below), 0.1);
        EXPECT_NEAR(gainOf(high, frequency), decibels(w * w / below), 0.1);
    }
}

TEST(Biquad, HasTheGainsItIsNamedAfter) {
    struct Case {
        Biquad filter;
        double frequency, gain;
    };
    const Case cases[] = {
        {Biquad::lowPass(1000), 1000, -3.01},    {Biquad::lowPass(1000), 50, 0},
        {Biquad::highPass(1000), 1000, -3.01},   {Biquad::highPass(1000), 10000, 0},
        {Biquad::bandPass(2000, 5), 2000, 0},    {Biquad::peak(3000, 2, 9), 3000, 9},
        {Biquad::peak(3000, 2, -7), 3000, -7},   {Biquad::lowShelf(500, 6), 20, 6},
        {Biquad::lowShelf(500, 6), 15000, 0},    {Biquad::highShelf(2000, -8), 20000, -8},
        {Biquad::highShelf(2000, -8), 30, 0},    {Biquad::lowShelf(500, 6), 500, 3},
        {Biquad::highShelf(2000, -8), 2000, -4},
    };
    for (Case each : cases) {
        Signal signal = sine(each.frequency);
        each.filter.apply(signal);
        EXPECT_NEAR(gainOf(signal, each.frequency), each.gain, 0.15) << each.frequency << " " << each.gain;
    }
}

TEST(SpectralTilt, IsStraightOverTheOctaves) {
    for (const double slope : {-4.5, -1.0, 3.0}) {
        for (double frequency = 62.5; frequency < 9000; frequency *= 2) {
            Signal signal = sine(frequency);
            SpectralTilt(slope).apply(signal);
            EXPECT_NEAR(gainOf(signal, frequency), slope * std::log2(frequency / 1000), 0.7)
                << slope << " " << frequency;
        }
    }
}

TEST(LowPassTaps, PassBelowAndStopAbove) {
    const std::vector<float> taps = lowPassTaps(16000 / kRate, 1000 / kRate, 80);
    EXPECT_NEAR(gainOf(convolve(sine(15400), taps), 15400), 0, 0.05);
    EXPECT_NEAR(gainOf(convolve(sine(16000), taps), 16000), -6.02, 0.1);
    EXPECT_LT(gainOf(convolve(sine(16600), taps), 16600), -75);
}

TEST(Convolve, DelaysNothing) {
    Signal impulse(999, 0.0F);
    impulse[500] = 1;
    const Signal smooth = convolve(impulse, lowPassTaps(0.1, 0.05, 60));
    EXPECT_EQ(std::max_element(smooth.begin(), smooth.end()) - smooth.begin(), 500);
    for (std::size_t n = 1; n < 400; ++n) EXPECT_EQ(smooth[500 - n], smooth[500 + n]);
}

TEST(Resampling, ComesBackAsItWas) {
    for (const int factor : {2, 4}) {
        for (const double frequency : {100.0, 5000.0, 19500.0}) {
            const Signal signal = sine(frequency);
            const Signal back = downsample(upsample(signal, factor), factor);
            ASSERT_EQ(back.size(), signal.size());
            for (std::size_t n = 1000; n < 40000; n += 7) ASSERT_NEAR(back[n], signal[n], 1e-3) << frequency;
        }
    }
}

TEST(Saturation, AddsHarmonicsAndNothingElse) {
    for (const Saturation kind : {Saturation::soft, Saturation::uneven, Saturation::hard}) {
        for (const double frequency : {441.7, 2391.3, 4877.9}) {
            Signal signal = sine(frequency);
            saturate(signal, kind, 6);
            const Spectrum spectrum(signal);
            EXPECT_LT(spectrum.worstOffHarmonic(frequency), -50)
                << frequency << " " << static_cast<int>(kind);
            EXPECT_GT(decibels(spectrum.strongest(2.9 * frequency, 3.1 * frequency).amplitude), -20);
        }
    }
}

}  // namespace
}  // namespace smidgen::synthesis
