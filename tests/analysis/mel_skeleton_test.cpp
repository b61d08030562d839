#include "engine/analysis/mel_skeleton.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/foundation/random.h"

namespace smidgen {
namespace {

std::vector<float> noise(std::size_t count, float gain) {
    std::vector<float> x(count);
    Random random(4);
    for (float& value : x) value = gain * static_cast<float>(random.normal());
    return x;
}

TEST(MelSkeleton, MeasuresEachWindowsFramesWhereTheyBelong) {
    const MelBank bank;
    MelSkeleton skeleton(bank, {1, 4, 16});
    const std::vector<float> signal = noise(512 * 20, 0.3F);
    std::vector<float> rows;
    skeleton.measure(signal, rows);
    ASSERT_EQ(rows.size(), 21U * static_cast<std::size_t>(skeleton.outputs()));
    for (std::size_t index = 0; index < 3; ++index) {
        const int ratio = skeleton.ratios()[index];
        Stft stft({2048 / ratio, 512 / ratio});
        std::vector<float> expected;
        stft.magnitudes(signal, expected);
        const auto samples = Samples(static_cast<std::int64_t>(signal.size()));
        const std::vector<float> magnitudes = skeleton.magnitudes(rows, index, samples);
        ASSERT_EQ(magnitudes.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i)
            ASSERT_NEAR(magnitudes[i], std::max(expected[i], kMelFloor), 1e-4F + 1e-4F * expected[i]) << i;
    }
}

TEST(MelSkeleton, InterpolationOfNoiseLiesAtItsMeanLevelInEveryWindow) {
    const MelBank bank;
    MelSkeleton skeleton(bank, {1, 2, 4, 8, 16});
    const std::vector<float> signal = noise(512 * 60, 0.2F);
    std::vector<float> told, measured;
    skeleton.interpolate(MelAnalyzer().analyze(signal).values, told);
    skeleton.measure(signal, measured);
    ASSERT_EQ(told.size(), measured.size());
    const auto outputs = static_cast<std::size_t>(skeleton.outputs());
    std::size_t offset = 0;
    for (const int ratio : skeleton.ratios()) {
        const auto count = static_cast<std::size_t>(ratio * (2048 / ratio / 2 + 1));
        double difference = 0;
        for (std::size_t t = 8; t < 52; ++t)
            for (std::size_t k = 0; k < count; ++k)
                difference += static_cast<double>(told[t * outputs + offset + k]) -
                              static_cast<double>(measured[t * outputs + offset + k]);
        // The mean logarithm of a Rayleigh magnitude lies 0.17 below the logarithm of its mean (γ/2 −
        // ln(2/√π)).
        EXPECT_NEAR(difference / (44.0 * static_cast<double>(count)), 0.168, 0.05) << ratio;
        offset += count;
    }
}

TEST(MelSkeleton, ALouderSoundDiffersInTheLevelAlone) {
    const MelBank bank;
    const MelSkeleton skeleton(bank, {1});
    const LogMel quiet = MelAnalyzer().analyze(noise(512 * 10, 0.05F));
    LogMel loud = quiet;
    for (float& value : loud.values) value += 2.0F;
    std::vector<float> a, b;
    skeleton.describe(quiet.values, a);
    skeleton.describe(loud.values, b);
    for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(b[i] - a[i], i % 129 == 128 ? 0.4F : 0.0F, 1e-4F);
}

TEST(MelSkeleton, NoiseOfARowDependsOnItsNumberAlone) {
    const MelBank bank;
    const MelSkeleton skeleton(bank, {1});
    const LogMel mel = MelAnalyzer().analyze(noise(512 * 10, 0.05F));
    const std::span<const float> values = mel.values;
    std::vector<float> whole, part;
    describeForDecoder(skeleton, values, 8, 7, whole);
    describeForDecoder(skeleton, values.subspan(3 * 128), 8, 7, part, 3);
    ASSERT_EQ(whole.size(), 11U * 137U);
    for (std::size_t t = 0; t < 8; ++t)
        for (std::size_t i = 129; i < 137; ++i) EXPECT_EQ(part[t * 137 + i], whole[(t + 3) * 137 + i]);
    describeForDecoder(skeleton, values, 8, 8, part);
    EXPECT_NE(part, whole);
}

}  // namespace
}  // namespace smidgen
