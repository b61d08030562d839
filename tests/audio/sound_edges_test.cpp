// Cuts, silence and fades, against counts and gains worked out by hand.
#include "engine/audio/sound_edges.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace smidgen {
namespace {

constexpr int kRate = 1000;

/// One channel that counts: sample i is i / 1000.
AudioBuffer counting(int samples) {
    AudioBuffer buffer(1, Samples(samples), kRate);
    for (int i = 0; i < samples; ++i)
        buffer.channels[0][static_cast<std::size_t>(i)] = static_cast<float>(i) / kRate;
    return buffer;
}

AudioBuffer constant(int samples, float value = 1.0F) {
    AudioBuffer buffer(1, Samples(samples), kRate);
    std::ranges::fill(buffer.channels[0], value);
    return buffer;
}

TEST(SoundEdges, CutsTakeExactlySoMuch) {
    AudioBuffer buffer = counting(1000);
    SoundEdges edges;
    edges.cutStart = 0.25;
    edges.cutEnd = 0.1;
    ASSERT_TRUE(shapeEdges(buffer, edges, "x"));
    ASSERT_EQ(buffer.length().value, 650);
    EXPECT_FLOAT_EQ(buffer.channels[0].front(), 0.25F);
    EXPECT_FLOAT_EQ(buffer.channels[0].back(), 0.899F);
}

TEST(SoundEdges, SilenceGoesFromBothEndsUpToFiveMilliseconds) {
    AudioBuffer buffer(2, Samples(1000), kRate);
    for (std::size_t i = 300; i < 600; ++i) buffer.channels[0][i] = 0.5F;
    buffer.channels[1][700] = -0.5F;
    buffer.channels[1][100] = 0.0005F;  // −66 dB
    SoundEdges edges;
    edges.silenceDb = -60;
    AudioBuffer cut = buffer;
    ASSERT_TRUE(shapeEdges(cut, edges, "x"));
    ASSERT_EQ(cut.length().value, 701 - 300 + 10) << "of the first and last in any channel";
    EXPECT_EQ(cut.channels[0][4], 0.0F);
    EXPECT_EQ(cut.channels[0][5], 0.5F);
    edges.silenceDb = -70;
    ASSERT_TRUE(shapeEdges(buffer, edges, "x"));
    EXPECT_EQ(buffer.length().value, 701 - 100 + 10);
}

TEST(SoundEdges, FadesFollowTheirShape) {
    const std::pair<FadeShape, double> halves[] = {{FadeShape::linear, 0.5},
                                                   {FadeShape::equalPower, std::sqrt(0.5)},
                                                   {FadeShape::smooth, 0.5},
                                                   {FadeShape::exponential, (std::sqrt(1000.0) - 1) / 999}};
    for (const auto& [shape, half] : halves) {
        AudioBuffer buffer = constant(1000);
        SoundEdges edges;
        edges.fadeIn = 0.2;
        edges.fadeOut = 0.4;
        edges.shapeIn = edges.shapeOut = shape;
        ASSERT_TRUE(shapeEdges(buffer, edges, "x"));
        const auto& signal = buffer.channels[0];
        EXPECT_EQ(signal[0], 0.0F);
        EXPECT_NEAR(signal[100], half, 1e-6) << nameOf(shape);
        EXPECT_EQ(signal[200], 1.0F);
        EXPECT_EQ(signal[599], 1.0F);
        EXPECT_NEAR(signal[999 - 200], half, 1e-6) << nameOf(shape);
        EXPECT_EQ(signal[999], 0.0F);
        EXPECT_EQ(fadeShapeNamed(nameOf(shape)), shape);
        for (std::size_t i = 1; i < 200; ++i) EXPECT_GE(signal[i], signal[i - 1]);
    }
}

TEST(SoundEdges, EqualPowerCrossFadesKeepPowerAndSmoothOnesAmplitude) {
    for (double t = 0; t <= 1; t += 0.125) {
        const double in = fadeGain(FadeShape::equalPower, t), out = fadeGain(FadeShape::equalPower, 1 - t);
        EXPECT_NEAR(in * in + out * out, 1, 1e-12);
        EXPECT_NEAR(fadeGain(FadeShape::smooth, t) + fadeGain(FadeShape::smooth, 1 - t), 1, 1e-12);
    }
}

TEST(SoundEdges, NothingLeftIsRefusedWithTheNumbers) {
    AudioBuffer buffer = constant(1000);
    SoundEdges edges;
    edges.cutStart = 0.6;
    edges.cutEnd = 0.4;
    const auto cut = shapeEdges(buffer, edges, "bell");
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().code, ErrorCode::invalidArgument);
    EXPECT_NE(cut.error().sentence.find("'bell'"), std::string::npos);
    EXPECT_NE(cut.error().sentence.find("0.6 s"), std::string::npos) << cut.error().sentence;
    edges = {};
    edges.fadeIn = 0.7;
    edges.fadeOut = 0.4;
    EXPECT_FALSE(shapeEdges(buffer, edges, "bell"));
    edges = {};
    edges.silenceDb = -40;
    AudioBuffer quiet = constant(1000, 0.001F);
    EXPECT_FALSE(shapeEdges(quiet, edges, "bell"));
    edges.silenceDb = -10;
    EXPECT_FALSE(edges.validate());
    edges = {};
    edges.fadeIn = std::nan("");
    EXPECT_FALSE(edges.validate());
}

}  // namespace
}  // namespace smidgen
