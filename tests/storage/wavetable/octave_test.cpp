#include "storage/wavetable/octave_pyramid.h"
#include "storage/wavetable/octave_tables.h"
#include "storage/wavetable/row_spectrum.h"
#include "tests/storage/wavetable/material.h"

namespace smidgen::storage {
namespace {

using namespace testing;

TEST(RowSpectrum, EqualsTheDefinitionAtEveryLength) {
    for (const std::size_t n : {1, 2, 3, 4, 5, 7, 8, 12, 37, 64, 100, 243}) {
        RowSpectrum spectrum(n);
        Random random(n);
        std::vector<double> values(n);
        for (double& value : values) value = random.normal();
        std::vector<double> coefficients(n);
        spectrum.forward(values, coefficients);
        for (std::size_t k = 0; 2 * k <= n; ++k) {
            long double real = 0;
            long double imaginary = 0;
            for (std::size_t i = 0; i < n; ++i) {
                const long double angle = 2 * std::numbers::pi_v<long double> *
                                          static_cast<long double>(i * k) / static_cast<long double>(n);
                real += static_cast<long double>(values[i]) * std::cos(angle);
                imaginary -= static_cast<long double>(values[i]) * std::sin(angle);
            }
            const bool alone = k == 0 || 2 * k == n;
            const long double scale = std::sqrt((alone ? 1.0L : 2.0L) / static_cast<long double>(n));
            const std::size_t at = k == 0 ? 0 : 2 * k - 1;
            ASSERT_NEAR(static_cast<double>(real * scale), coefficients[at], 1e-11) << n << ", " << k;
            if (alone) continue;
            ASSERT_NEAR(static_cast<double>(imaginary * scale), coefficients[at + 1], 1e-11);
        }
        std::vector<double> back(n);
        spectrum.inverse(coefficients, back);
        for (std::size_t i = 0; i < n; ++i) ASSERT_NEAR(values[i], back[i], 1e-11);
    }
}

TEST(OctavePyramid, HalvesDownToEightAndKeepsConstants) {
    const auto pyramid = valueOf(OctavePyramid::build(constantNode({256, 40, 2}, 7)));
    ASSERT_EQ(6U, pyramid.octaves());
    EXPECT_EQ((NodeShape{128, 20, 2}), pyramid.level(1)->shape);
    EXPECT_EQ((NodeShape{64, 10, 2}), pyramid.level(2)->shape);
    EXPECT_EQ((NodeShape{8, 8, 2}), pyramid.level(5)->shape);
    for (const double octave : {-1.0, 0.0, 1.4, 5.0, 99.0}) {
        const auto sampled = valueOf(pyramid.sample(octave, {50, 60, 2}));
        for (const float value : sampled->floats()) ASSERT_NEAR(7, value, 1e-5);
    }
    EXPECT_EQ(1U, valueOf(OctavePyramid::build(constantNode({8, 8, 1}, 1))).octaves());
    EXPECT_EQ(10U, valueOf(OctavePyramid::build(constantNode({4096, 4096, 1}, 1))).octaves());
}

TEST(OctavePyramid, SamplingBlendsAcrossOctavesWithoutAStep) {
    const auto pyramid = valueOf(OctavePyramid::build(spectrumNode({64, 64, 1}, 1)));
    const NodeShape shape{64, 64, 1};
    const auto before = valueOf(pyramid.sample(0.999999, shape));
    const auto at = valueOf(pyramid.sample(1, shape));
    const auto after = valueOf(pyramid.sample(1.000001, shape));
    EXPECT_LT(largestDifference(before->floats(), at->floats()), 1e-3);
    EXPECT_LT(largestDifference(after->floats(), at->floats()), 1e-3);
    const auto first = valueOf(pyramid.sample(0, shape));
    const auto quarter = valueOf(pyramid.sample(0.25, shape));
    for (std::size_t i = 0; i < shape.count(); ++i)
        ASSERT_NEAR(0.75 * first->values[i] + 0.25 * at->values[i], quarter->values[i], 1e-4);
    EXPECT_FALSE(pyramid.sample(std::nan(""), shape));
}

TEST(OctavePyramid, TheContentDecidesTheResolution) {
    const auto wave = [](double cycles) {
        std::vector<float> values(256 * 256);
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = static_cast<float>(
                std::sin(2 * std::numbers::pi * cycles * static_cast<double>(i % 256) / 256));
        return valueOf(OctavePyramid::build(valueOf(makeNode({256, 256, 1}, values))));
    };
    const ErrorLimit limit{.largest = 0.1};
    const std::size_t smooth = valueOf(wave(1).sufficientOctave(limit));
    const std::size_t finer = valueOf(wave(4).sufficientOctave(limit));
    EXPECT_GT(smooth, finer);
    EXPECT_GT(finer, 0U);
    EXPECT_EQ(0U, valueOf(wave(100).sufficientOctave(limit)));
    const auto constant = valueOf(OctavePyramid::build(constantNode({256, 256, 1}, 1)));
    EXPECT_EQ(5U, valueOf(constant.sufficientOctave({.largest = 1e-5})));
}

std::vector<float> sawtooth(std::size_t length) {
    std::vector<float> cycle(length);
    for (std::size_t i = 0; i < length; ++i)
        cycle[i] = static_cast<float>(1 - 2 * (static_cast<double>(i) + 0.5) / static_cast<double>(length));
    return cycle;
}

constexpr std::size_t kSamples = 1U << 15;

/// The largest part of the spectrum that is no harmonic, in dB of the largest harmonic. `cycles`: an odd
/// number of periods in kSamples, so that no alias falls on a harmonic.
double aliasLevel(std::span<const float> sound, std::size_t cycles) {
    RowSpectrum spectrum(kSamples);
    const std::vector<double> values(sound.begin(), sound.end());
    std::vector<double> c(kSamples);
    spectrum.forward(values, c);
    double harmonic = 0;
    double other = 0;
    for (std::size_t k = 1; 2 * k < kSamples; ++k) {
        const double magnitude = std::hypot(c[2 * k - 1], c[2 * k]);
        double& largest = k % cycles == 0 ? harmonic : other;
        largest = std::max(largest, magnitude);
    }
    return 20 * std::log10(other / harmonic);
}

TEST(OctaveTables, DoNotAliasAtAnyPitch) {
    const auto tables = valueOf(OctaveTables::build(sawtooth(2048)));
    std::vector<float> sound(kSamples);
    for (const std::size_t cycles : {11, 37, 101, 333, 777, 1601, 3001, 5555, 9001, 15001}) {
        const double pitch = static_cast<double>(cycles) / kSamples;
        const double phase = tables.render(sound, 0.1, pitch);
        EXPECT_NEAR(0.1, phase, 1e-6);
        EXPECT_LT(aliasLevel(sound, cycles), -90) << cycles;
    }
    // The same cycle read without them, as a control that aliases are seen.
    const auto cycle = sawtooth(2048);
    for (std::size_t i = 0; i < kSamples; ++i)
        sound[i] = cycle[static_cast<std::size_t>(static_cast<double>(i) * 1601 / kSamples * 2048) % 2048];
    EXPECT_GT(aliasLevel(sound, 1601), -40);
}

TEST(OctaveTables, KeepEveryHarmonicAtLowPitch) {
    std::vector<float> cycle(256);
    for (std::size_t i = 0; i < cycle.size(); ++i) {
        const double phase = 2 * std::numbers::pi * static_cast<double>(i) / 256;
        cycle[i] = static_cast<float>(0.25 + std::sin(phase) + 0.5 * std::cos(20 * phase) +
                                      0.25 * std::sin(127 * phase));
    }
    const auto tables = valueOf(OctaveTables::build(cycle));
    EXPECT_EQ(127U, tables.harmonics());
    for (int i = 0; i < 1000; ++i) {
        const double phase = i / 1000.0;
        const double turn = 2 * std::numbers::pi * phase;
        const double expected =
            0.25 + std::sin(turn) + 0.5 * std::cos(20 * turn) + 0.25 * std::sin(127 * turn);
        ASSERT_NEAR(expected, tables.at(phase - 3, 0.001), 1e-4);
    }
}

TEST(OctaveTables, AGlideHasNoSteps) {
    const auto tables = valueOf(OctaveTables::build(sawtooth(512)));
    for (double pitch = 0.001; pitch < 0.7; pitch *= 1.0001)
        ASSERT_NEAR(tables.at(0.37, pitch), tables.at(0.37, pitch * 1.0001), 2e-3) << pitch;
    EXPECT_NEAR(0, tables.at(0.25, 0.6), 1e-4);
}

TEST(OctaveTables, RefuseWhatIsNoCycle) {
    EXPECT_FALSE(OctaveTables::build(std::vector<float>(2)));
    EXPECT_FALSE(OctaveTables::build(std::vector<float>(4097)));
    EXPECT_FALSE(OctaveTables::build(std::vector<float>{1, NAN, 2}));
}

}  // namespace
}  // namespace smidgen::storage
