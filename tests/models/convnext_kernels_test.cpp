// Not a torch unit: the loops between the matrix products against plain arithmetic in double precision.
#include "models/convnext_kernels.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "engine/foundation/random.h"

namespace smidgen::models {
namespace {

std::vector<float> randomValues(Random& random, std::size_t count, double spread = 1.0) {
    std::vector<float> values(count);
    for (float& value : values) value = static_cast<float>(spread * random.normal());
    return values;
}

double geluOf(double x) {
    return 0.5 * x * (1.0 + std::tanh(std::sqrt(2.0 / std::numbers::pi) * (x + 0.044715 * x * x * x)));
}

TEST(ConvNextKernelsTest, GeluAndItsSlopeAreThoseOfTheTanhForm) {
    constexpr int kCount = 2001;
    std::vector<float> values, slope(kCount);
    const std::vector<float> bias(kCount, 0.25F);
    for (int i = 0; i < kCount; ++i) values.push_back(static_cast<float>(i - 1000) * 0.02F);
    const std::vector<float> inputs = values;
    geluWithBias(1, kCount, bias.data(), values.data(), slope.data());
    std::vector<float> withoutSlope = inputs;
    geluWithBias(1, kCount, bias.data(), withoutSlope.data(), nullptr);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const double x = static_cast<double>(inputs[i]) + 0.25;
        EXPECT_NEAR(values[i], geluOf(x), 2e-6 * std::max(1.0, std::abs(x))) << x;
        EXPECT_NEAR(withoutSlope[i], values[i], 1e-6 * std::max(1.0, std::abs(x))) << x;
        EXPECT_NEAR(slope[i], (geluOf(x + 1e-5) - geluOf(x - 1e-5)) / 2e-5, 1e-5) << x;
    }
}

/// The whole filter and normalisation in double precision; its sum weighted by `weights`.
struct Reference {
    BlockSize size;
    std::vector<float> x, taps, tapBias, gain, shift, weights;
    std::int64_t rowsPerGroup = 0;

    [[nodiscard]] std::vector<double> run() const {
        const auto w = static_cast<std::size_t>(size.width);
        std::vector<double> out;
        for (std::int64_t sound = 0; sound < size.sounds; ++sound) {
            for (std::int64_t t = 0; t < size.frames; ++t) {
                std::vector<double> y(tapBias.begin(), tapBias.end());
                for (std::int64_t k = 0; k < size.taps; ++k) {
                    const std::int64_t from = t + k - size.taps / 2;
                    if (from < 0 || from >= size.frames) continue;
                    for (std::size_t i = 0; i < w; ++i)
                        y[i] += static_cast<double>(taps[static_cast<std::size_t>(k) * w + i]) *
                                x[static_cast<std::size_t>(sound * size.frames + from) * w + i];
                }
                double mean = 0, square = 0;
                for (const double v : y) mean += v / static_cast<double>(w);
                for (const double v : y) square += (v - mean) * (v - mean) / static_cast<double>(w);
                const auto group = static_cast<std::size_t>((sound * size.frames + t) / rowsPerGroup);
                for (std::size_t i = 0; i < w; ++i)
                    out.push_back((y[i] - mean) / std::sqrt(square + 1e-5) * gain[group * w + i] +
                                  shift[group * w + i]);
            }
        }
        return out;
    }
    [[nodiscard]] double weighted() const {
        double sum = 0;
        const auto out = run();
        for (std::size_t i = 0; i < out.size(); ++i) sum += out[i] * weights[i];
        return sum;
    }
};

TEST(ConvNextKernelsTest, FilterAndNormalisationAndTheirGradientsMatchPlainArithmetic) {
    Random random(3);
    Reference reference;
    reference.size = {2, 9, 24, 7};
    constexpr std::size_t kRows = 18, kWidth = 24;
    reference.x = randomValues(random, kRows * kWidth);
    reference.taps = randomValues(random, 7 * kWidth, 0.4);
    reference.tapBias = randomValues(random, kWidth);
    reference.gain = randomValues(random, 2 * kWidth);
    reference.shift = randomValues(random, 2 * kWidth);
    reference.weights = randomValues(random, kRows * kWidth);
    reference.rowsPerGroup = 9;

    std::vector<float> out(kRows * kWidth), normal(kRows * kWidth), inverse(kRows);
    const NormInputs in{reference.x.data(),    reference.taps.data(),  reference.tapBias.data(),
                        reference.gain.data(), reference.shift.data(), 9};
    filterAndNormalise(reference.size, in, {normal.data(), inverse.data(), out.data()});
    const auto expected = reference.run();
    for (std::size_t i = 0; i < out.size(); ++i) EXPECT_NEAR(out[i], expected[i], 2e-5);

    std::vector<float> dOut = reference.weights;
    std::vector<float> dGain(2 * kWidth), dShift(2 * kWidth), dTaps(7 * kWidth), dTapBias(kWidth),
        dx(kRows * kWidth);
    filterAndNormaliseBackward(reference.size, in, normal.data(), inverse.data(), dOut.data(),
                               {dGain.data(), dShift.data(), dTaps.data(), dTapBias.data(), dx.data()});
    const auto compare = [&](std::vector<float>& parameter, const std::vector<float>& gradient,
                             const char* name) {
        for (std::size_t i = 0; i < parameter.size(); i += 5) {
            const float kept = parameter[i];
            parameter[i] = kept + 0x1p-8F;
            const double above = reference.weighted();
            parameter[i] = kept - 0x1p-8F;
            const double below = reference.weighted();
            parameter[i] = kept;
            EXPECT_NEAR(gradient[i], (above - below) / 0x1p-7, 2e-3 * (1.0 + std::abs(gradient[i])))
                << name << " " << i;
        }
    };
    compare(reference.x, dx, "x");
    compare(reference.taps, dTaps, "taps");
    compare(reference.tapBias, dTapBias, "tapBias");
    compare(reference.gain, dGain, "gain");
    compare(reference.shift, dShift, "shift");
}

TEST(ConvNextKernelsTest, ScaledSumAndItsGradientsMatchPlainArithmetic) {
    Random random(4);
    constexpr std::int64_t kRows = 5, kWidth = 13;
    const auto x = randomValues(random, kRows * kWidth), scale = randomValues(random, kWidth),
               bias = randomValues(random, kWidth), dy = randomValues(random, kRows * kWidth);
    auto h = randomValues(random, kRows * kWidth);
    const auto before = h;
    std::vector<float> y(kRows * kWidth), dh(kRows * kWidth), dScale(kWidth), dBias(kWidth);
    addScaled(kRows, kWidth, x.data(), scale.data(), bias.data(), h.data(), y.data());
    addScaledBackward(kRows, kWidth, dy.data(), scale.data(), h.data(), dh.data(), dScale.data(),
                      dBias.data());
    for (std::size_t i = 0; i < kWidth; ++i) {
        double sumScale = 0, sumBias = 0;
        for (std::size_t row = 0; row < kRows; ++row) {
            const std::size_t k = row * kWidth + i;
            const double raised = static_cast<double>(before[k]) + bias[i];
            EXPECT_NEAR(y[k], x[k] + scale[i] * raised, 1e-5);
            EXPECT_NEAR(dh[k], static_cast<double>(dy[k]) * scale[i], 1e-6);
            sumScale += dy[k] * raised;
            sumBias += static_cast<double>(dy[k]) * scale[i];
        }
        EXPECT_NEAR(dScale[i], sumScale, 1e-4);
        EXPECT_NEAR(dBias[i], sumBias, 1e-5);
    }
}

TEST(ConvNextKernelsTest, NormalisedRowsHaveNoMeanAndUnitDeviation) {
    constexpr std::int64_t kWidth = 50;
    Random random(1);
    auto x = randomValues(random, 2 * kWidth);
    for (float& value : x) value = 3 * value + 7;
    const std::vector<float> gain(kWidth, 2.0F), bias(kWidth, 0.5F);
    std::vector<float> y(x.size());
    normaliseRows(2, kWidth, x.data(), gain.data(), bias.data(), y.data());
    for (std::size_t row = 0; row < 2; ++row) {
        double mean = 0, square = 0;
        for (std::size_t i = 0; i < kWidth; ++i) {
            const double value = (y[row * kWidth + i] - 0.5) / 2.0;
            mean += value / kWidth;
            square += value * value / kWidth;
        }
        EXPECT_NEAR(mean, 0, 1e-5);
        EXPECT_NEAR(square, 1, 1e-4);
    }
}

}  // namespace
}  // namespace smidgen::models
