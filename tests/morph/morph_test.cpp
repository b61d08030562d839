#include "engine/morph/morph.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "engine/analysis/mel.h"
#include "storage/wavetable/cube.h"

namespace smidgen {
namespace {

using storage::Coordinate;
using storage::Cube;

AudioBuffer tone(double hertz, double seconds, int channels = 1) {
    AudioBuffer sound(channels, Samples(static_cast<std::int64_t>(seconds * kSampleRate)));
    for (int c = 0; c < channels; ++c)
        for (std::size_t n = 0; n < sound.channels[0].size(); ++n) {
            const double phase = 2 * std::numbers::pi * hertz * static_cast<double>(n) / kSampleRate;
            sound.channels[static_cast<std::size_t>(c)][n] = static_cast<float>(0.3 * std::sin(phase + c));
        }
    return sound;
}

double power(std::span<const float> signal) {
    double sum = 0;
    for (const float x : signal) sum += static_cast<double>(x) * x;
    return sum / static_cast<double>(std::max<std::size_t>(1, signal.size()));
}

/// Share of the power of `signal` within a few hertz of `hertz` (Goertzel over the whole).
double shareAt(std::span<const float> signal, double hertz) {
    double re = 0, im = 0;
    for (std::size_t n = 0; n < signal.size(); ++n) {
        const double phase = 2 * std::numbers::pi * hertz * static_cast<double>(n) / kSampleRate;
        const double window = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(n) /
                                                   static_cast<double>(signal.size()));
        re += window * signal[n] * std::cos(phase);
        im += window * signal[n] * std::sin(phase);
    }
    const auto count = static_cast<double>(signal.size());
    return 8 * (re * re + im * im) / (count * count) / std::max(power(signal), 1e-12);
}

class Morphing : public ::testing::Test {
 protected:
    Morphing() : decoder(makeGriffinLimDecoder({16})) {
        cube = std::move(*Cube::sparse({{3, 1, 1}, {"x", "y", "z"}}));
        put({0, 0, 0}, tone(400, 0.5));
        put({2, 0, 0}, tone(3200, 1.0));
    }
    void put(const storage::GridPoint& point, const AudioBuffer& sound) {
        auto node = melNode(sound, {"tone", "", {}});
        ASSERT_TRUE(node) << node.error().sentence;
        ASSERT_TRUE(cube->set(point, *node));
    }
    [[nodiscard]] Result<AudioBuffer> at(std::vector<Coordinate> places, int passes = 1,
                                         std::optional<double> seconds = {}) {
        MorphRequest request;
        request.places = std::move(places);
        request.passes = passes;
        request.seconds = seconds;
        return morph(*cube, {CubeContent::mel, nullptr, decoder.get()}, request);
    }

    std::unique_ptr<Cube> cube;
    std::unique_ptr<MelDecoder> decoder;
};

TEST_F(Morphing, ANodeIsItsOwnSoundSampleForSample) {
    const auto morphed = at({{0, 0, 0}});
    ASSERT_TRUE(morphed) << morphed.error().sentence;
    MelAnalyzer analyzer;
    const LogMel mel = analyzer.analyze(tone(400, 0.5).channels[0]);
    const auto decoded = decoder->decode({&mel, Samples(24000), 1, {}});
    ASSERT_TRUE(decoded);
    EXPECT_EQ(*decoded, morphed->channels[0]);
}

TEST_F(Morphing, BetweenTwoNodesBothAreHeardForTheMeanOfTheirLengths) {
    // The node in the middle is a gap: nothing fades there.
    const auto morphed = at({{1, 0, 0}});
    ASSERT_TRUE(morphed) << morphed.error().sentence;
    EXPECT_NEAR(36000, static_cast<double>(morphed->length().value), 1);
    const auto left = at({{0.02, 0, 0}});
    ASSERT_TRUE(left);
    EXPECT_EQ(1, left->channelCount());
    EXPECT_GT(shareAt(left->channel(0), 400), 0.9);
    const auto right = at({{1.98, 0, 0}});
    ASSERT_TRUE(right);
    EXPECT_GT(shareAt(right->channel(0), 3200), 0.8);
    EXPECT_GT(power(morphed->channel(0)), 1e-7);
}

TEST_F(Morphing, APathIsHeardOnceOrManyTimes) {
    const auto once = at({{0, 0, 0}, {2, 0, 0}}, 1, 2.0);
    ASSERT_TRUE(once);
    EXPECT_EQ(96000, once->length().value);
    const std::span<const float> all = once->channel(0);
    EXPECT_GT(shareAt(all.subspan(0, 9600), 400), 0.7);
    EXPECT_GT(shareAt(all.subspan(96000 - 9600), 3200), 0.6);
    const auto four = at({{0, 0, 0}, {2, 0, 0}}, 4);
    ASSERT_TRUE(four);
    // Places 1/8, 3/8, 5/8, 7/8 of the way: 0.5 + 0.5 · share seconds each.
    EXPECT_NEAR(3.0, four->duration().value, 0.05);
    EXPECT_EQ(four->channels, at({{0, 0, 0}, {2, 0, 0}}, 4)->channels) << "the same again";
}

TEST_F(Morphing, MonoHasSilenceAsItsSideBesideStereo) {
    put({2, 0, 0}, tone(3200, 1.0, 2));
    const auto mono = at({{0, 0, 0}});
    ASSERT_TRUE(mono);
    ASSERT_EQ(2, mono->channelCount());
    const MidSide parts = toMidSide(*mono);
    EXPECT_LT(power(parts.side), 1e-6 * power(parts.mid));
    const MidSide wide = toMidSide(*at({{2, 0, 0}}));
    EXPECT_GT(power(wide.side), 0.05 * power(wide.mid));
}

TEST_F(Morphing, WhatCannotBeHeardIsSaid) {
    EXPECT_EQ(ErrorCode::invalidArgument, at({}).error().code);
    EXPECT_EQ(ErrorCode::invalidArgument, at({{0, 0, 0}}, 0).error().code);
    EXPECT_EQ(ErrorCode::invalidArgument, at({{0, 0, 0}}, 1, std::nan("")).error().code);
    EXPECT_EQ(ErrorCode::invalidArgument, at({{0, 0, 0}}, 1, 100.0).error().code) << "4096 rows are 43 s";
    EXPECT_EQ(ErrorCode::invalidArgument, at({{std::nan(""), 0, 0}}).error().code);
    cube = std::move(*Cube::sparse({{3, 1, 1}, {"x", "y", "z"}}));
    EXPECT_EQ(ErrorCode::notFound, at({{0, 0, 0}}).error().code);
    ASSERT_TRUE(cube->set({0, 0, 0}, *storage::makeNode({2, 5, 1}, std::vector<float>(10))));
    EXPECT_EQ(ErrorCode::unusableInput, at({{0, 0, 0}}).error().code);
    MorphRequest request;
    request.places = {{0, 0, 0}};
    EXPECT_EQ(ErrorCode::invalidArgument,
              morph(*cube, {CubeContent::numbers, nullptr, decoder.get()}, request).error().code);
    EXPECT_EQ(ErrorCode::unusableInput, melNode(tone(400, 44), {"long", "", {}}).error().code);
    EXPECT_EQ(ErrorCode::unusableInput, melNode(AudioBuffer(1, Samples(0)), {"none", "", {}}).error().code);
    EXPECT_EQ(ErrorCode::unusableInput, cycleNode(tone(400, 0.1), {"tone", "", {}}).error().code);
    CancelToken cancel;
    cancel.cancel();
    put({0, 0, 0}, tone(400, 0.5));
    request.places = {{0, 0, 0}};
    EXPECT_EQ(ErrorCode::cancelled,
              morph(*cube, {CubeContent::mel, nullptr, decoder.get()}, request, cancel).error().code);
}

TEST(CycleMorphing, ACycleIsPlayedAtItsPitchAndGlidesWithoutSteps) {
    auto cube = std::move(*Cube::sparse({{2, 1, 1}, {"x", "y", "z"}}));
    std::vector<float> sine(256), saw(2048);
    for (std::size_t i = 0; i < sine.size(); ++i)
        sine[i] = static_cast<float>(std::sin(2 * std::numbers::pi * static_cast<double>(i) / 256));
    for (std::size_t i = 0; i < saw.size(); ++i) saw[i] = 1.0F - static_cast<float>(i) / 1024.0F;
    const auto node = [](const std::vector<float>& cycle) {
        AudioBuffer sound(0, Samples(0));
        sound.channels.push_back(cycle);
        return std::move(*cycleNode(sound, {"cycle", "", {}}));
    };
    ASSERT_TRUE(cube->set({0, 0, 0}, node(sine)));
    ASSERT_TRUE(cube->set({1, 0, 0}, node(saw)));
    MorphRequest request;
    request.places = {{0, 0, 0}};
    request.hertz = 1000;
    request.seconds = 0.5;
    const MorphVoice voice{CubeContent::cycles, nullptr, nullptr};
    const auto still = morph(*cube, voice, request);
    ASSERT_TRUE(still) << still.error().sentence;
    EXPECT_EQ(24000, still->length().value);
    EXPECT_GT(shareAt(still->channel(0), 1000), 0.99);
    EXPECT_NEAR(0.5, power(still->channel(0).subspan(4800, 9600)), 0.01);
    // On its way from sine to saw no step is larger than the saw's own.
    request.places = {{0, 0, 0}, {1, 0, 0}};
    request.hertz = 100;
    const auto way = morph(*cube, voice, request);
    ASSERT_TRUE(way);
    request.places = {{1, 0, 0}};
    const auto end = morph(*cube, voice, request);
    ASSERT_TRUE(end);
    const auto largestStep = [](std::span<const float> signal) {
        float largest = 0;
        for (std::size_t i = 1; i < signal.size(); ++i)
            largest = std::max(largest, std::abs(signal[i] - signal[i - 1]));
        return largest;
    };
    EXPECT_LE(largestStep(way->channel(0)), 1.05F * largestStep(end->channel(0)));
    EXPECT_GT(shareAt(end->channel(0), 200), 0.1) << "a saw has a second harmonic";
    // A saw at 9 kHz has two harmonics below half the rate, and no others come back mirrored.
    request.hertz = 9000;
    const auto high = morph(*cube, voice, request);
    ASSERT_TRUE(high);
    EXPECT_GT(shareAt(high->channel(0), 9000) + shareAt(high->channel(0), 18000), 0.999);
}

TEST(CubeNodes, CyclesComeFromOneWaveOrATable) {
    AudioBuffer sound(1, Samples(600));
    EXPECT_EQ((storage::NodeShape{1, 600, 1}), (*cycleNode(sound, {}))->shape);
    sound = AudioBuffer(1, Samples(4096));
    EXPECT_EQ((storage::NodeShape{2, 2048, 1}), (*cycleNode(sound, {}))->shape);
    sound = AudioBuffer(2, Samples(2048 * 16));
    EXPECT_EQ((storage::NodeShape{16, 2048, 1}), (*cycleNode(sound, {}))->shape);
}

TEST(CubeNodes, OriginsAreReadFromAnyText) {
    const NodeOrigin origin{"Glocke \"ö\"", "/x/y.wav", Samples(123)};
    const NodeOrigin back = nodeOriginOf(toJson(origin));
    EXPECT_EQ(origin.name, back.name);
    EXPECT_EQ(origin.source, back.source);
    EXPECT_EQ(123, back.length.value);
    for (const char* text : {"", "{", "[1]", "{\"name\":3,\"samples\":\"x\"}", "null"}) {
        EXPECT_EQ("", nodeOriginOf(text).name);
        EXPECT_EQ(0, nodeOriginOf(text).length.value);
    }
    EXPECT_LE(nodeOriginOf("{\"samples\":99999999999999}").length.value, 100 * kSampleRate);
    EXPECT_EQ(0, nodeOriginOf("{\"samples\":-5}").length.value);
}

TEST(MorphPaths, EvenSpeedWhateverTheCorners) {
    const std::vector<Coordinate> corners{{0, 0, 0}, {3, 0, 0}, {3, 1, 0}};
    EXPECT_DOUBLE_EQ(2.0, placeOnPath(corners, 0.5).x);
    EXPECT_DOUBLE_EQ(0.5, placeOnPath(corners, 0.875).y);
    EXPECT_DOUBLE_EQ(1.0, placeOnPath(corners, 1.0).y);
    EXPECT_DOUBLE_EQ(3.0, placeOnPath({{3, 2, 1}}, 0.3).x);
    EXPECT_DOUBLE_EQ(1.0, placeOnPath({{1, 1, 1}, {1, 1, 1}}, 0.3).x) << "a path that stays where it is";
}

}  // namespace
}  // namespace smidgen
