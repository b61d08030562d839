#include "storage/wavetable/codec.h"

#include <bit>

#include "storage/wavetable/codec_loops.h"
#include "tests/storage/wavetable/material.h"

namespace smidgen::storage {
namespace {

using namespace testing;

constexpr std::array kLossy{Codec::quantised, Codec::dct, Codec::fft, Codec::gaussian, Codec::wavelet};

EncodedNode encoded(const NodePointer& node, std::optional<Codec> codec, const ErrorLimit& limit) {
    return valueOf(encodeNode(*node, {codec, limit}));
}

/// Decodes and checks that the stored error is what is found, and within the limit.
MeasuredError verified(const NodePointer& node, const EncodedNode& result, const ErrorLimit& limit) {
    const auto decoded = valueOf(decodeNode(result.stream));
    EXPECT_EQ(node->shape, decoded->shape);
    EXPECT_EQ(node->metadata, decoded->metadata);
    const MeasuredError found = measureError(node->floats(), decoded->floats());
    const StreamHeader header = valueOf(readStreamHeader(result.stream));
    EXPECT_EQ(result.header.codec, header.codec);
    EXPECT_LE(found.largest, header.error.largest);
    EXPECT_LE(header.error.largest, found.largest * (1 + 1e-6));
    EXPECT_LE(found.rms, header.error.rms);
    EXPECT_LE(found.largest, limit.largest);
    EXPECT_LE(found.rms, limit.rms);
    return found;
}

std::vector<NodePointer> material() {
    std::vector<NodePointer> nodes{spectrumNode({64, 128, 1}, 1),
                                   spectrumNode({40, 37, 2}, 2),
                                   noiseNode({16, 16, 3}, 3),
                                   noiseNode({1, 1000, 1}, 4, -1e-6, 1e-6),
                                   noiseNode({9, 7, 1}, 5, 1e6, 1e6 + 1),
                                   constantNode({8, 8, 1}, -3.25F),
                                   noiseNode({1, 1, 1}, 6),
                                   noiseNode({100, 1, 1}, 7)};
    std::vector<float> cycles(4 * 600);
    for (std::size_t i = 0; i < cycles.size(); ++i) {
        const double phase = 2 * std::numbers::pi * static_cast<double>(i % 600) / 600;
        cycles[i] = static_cast<float>(std::sin(phase) + 0.3 * std::cos(5 * phase));
    }
    nodes.push_back(valueOf(makeNode({4, 600, 1}, cycles, R"({"name":"cycles"})")));
    return nodes;
}

TEST(Codec, PredictionBringsBackAnyNumbers) {
    Random random(12);
    const std::array<Weights, 3> all{Weights{4096, 4096, -4096, 0}, Weights{32767, -32768, 32767, -32768},
                                     Weights{1500, 1900, -700, 1300}};
    for (const Weights& weights : all)
        for (const std::size_t stride : {1U, 2U, 7U}) {
            std::vector<std::int32_t> above(60), row(60), restored(60);
            std::vector<std::uint32_t> residuals(60);
            for (std::size_t i = 0; i < row.size(); ++i) {
                above[i] = static_cast<std::int32_t>(random.bits());
                row[i] = static_cast<std::int32_t>(random.bits());
            }
            for (const std::int32_t* over : std::array<const std::int32_t*, 2>{nullptr, above.data()}) {
                predictRow(row.data(), over, weights, residuals.data(), stride, row.size());
                predictRestoreRow(residuals.data(), over, weights, restored.data(), stride, row.size());
                EXPECT_EQ(row, restored);
            }
        }
}

TEST(Codec, PredictsNoisySpectraBetterThanLorenzo) {
    // Uniform noise of ±8 steps has 4.09 bits; Lorenzo's prediction leaves 5.0 and more of it.
    const auto node = noiseNode({128, 128, 1}, 9, -8.5, 8.5);
    const auto result = encoded(node, Codec::quantised, {.largest = 0.5});
    EXPECT_GT(result.ratio(), 32.0 / 4.6);
    verified(node, result, {.largest = 0.5});
}

TEST(Codec, ExactBringsBackEveryBit) {
    std::vector<float> odd{0.0F, -0.0F, INFINITY, -INFINITY, std::nanf("7"), 1e-42F, -1e38F, 3.0F};
    const auto strange = valueOf(makeNode({2, 4, 1}, odd, "kept as it is"));
    auto nodes = material();
    nodes.push_back(strange);
    for (const auto& node : nodes) {
        const auto result = encoded(node, Codec::exact, {});
        const auto decoded = valueOf(decodeNode(result.stream));
        EXPECT_EQ(0, result.header.error.largest);
        EXPECT_EQ(node->metadata, decoded->metadata);
        for (std::size_t i = 0; i < node->shape.count(); ++i)
            ASSERT_EQ(std::bit_cast<std::uint32_t>(node->values[i]),
                      std::bit_cast<std::uint32_t>(decoded->values[i]));
    }
}

TEST(Codec, EveryCodecHoldsTheLargestErrorOnEverySample) {
    for (const auto& node : material()) {
        const double span = valueOf(limitForQuality(*node, 0)).largest * 4 + 1e-30;
        for (const Codec codec : kLossy) {
            for (const double fraction : {0.2, 0.02, 0.001}) {
                const ErrorLimit limit{.largest = fraction * span};
                verified(node, encoded(node, codec, limit), limit);
            }
        }
    }
}

TEST(Codec, EveryCodecHoldsTheRootMeanSquare) {
    const auto node = spectrumNode({64, 128, 1}, 1);
    for (const Codec codec : {Codec::quantised, Codec::dct, Codec::fft, Codec::wavelet}) {
        const ErrorLimit limit{.rms = 0.29};
        const auto result = encoded(node, codec, limit);
        EXPECT_EQ(codec, result.header.codec);
        EXPECT_TRUE(result.note.empty());
        EXPECT_GT(verified(node, result, limit).rms, 0.2) << codecName(codec);
        EXPECT_GT(result.ratio(), 5) << codecName(codec);
    }
}

/// Steps of a tenth in the error allowed, finer than the ladder's: a codec that only kept to the limit would
/// at some of them err more than before.
TEST(Codec, MoreQualityNeverMeansMoreError) {
    constexpr std::array kQualities{0.0, 0.30, 0.31, 0.32, 0.33, 0.34, 0.35, 0.36, 0.37, 0.70, 1.0};
    constexpr std::array<std::optional<Codec>, 5> kChoices{Codec::quantised, Codec::dct, Codec::fft,
                                                           Codec::wavelet, std::nullopt};
    for (const auto& node : material()) {
        for (const auto& codec : kChoices) {
            double before = std::numeric_limits<double>::infinity();
            for (const double quality : kQualities) {
                const ErrorLimit limit = valueOf(limitForQuality(*node, quality));
                const double error = verified(node, encoded(node, codec, limit), limit).largest;
                ASSERT_LE(error, before) << (codec ? codecName(*codec) : "automatic") << " at " << quality
                                         << ", " << shapeText(node->shape);
                before = error;
            }
            EXPECT_EQ(0, before);
        }
    }
}

TEST(Codec, AutomaticIsTheSmallestOfAll) {
    for (const auto& node : material()) {
        const ErrorLimit limit = valueOf(limitForQuality(*node, 0.4));
        const auto best = encoded(node, std::nullopt, limit);
        EXPECT_TRUE(best.note.empty());
        for (std::size_t c = 0; c < kCodecCount; ++c) {
            if (static_cast<Codec>(c) == Codec::gaussian) continue;  // asked for, it is searched for longer
            const auto other = encoded(node, static_cast<Codec>(c), limit);
            EXPECT_LE(best.stream.size(), other.stream.size());
        }
    }
}

TEST(Codec, CyclesGoToTheSpectrumAndLoseAlmostNothing) {
    const auto cycles = material().back();
    const auto result = encoded(cycles, std::nullopt, {.largest = 1e-3});
    EXPECT_EQ(Codec::fft, result.header.codec);
    EXPECT_GT(result.ratio(), 50);
}

TEST(Codec, TheDefaultLosesNothing) {
    const auto node = spectrumNode({16, 16, 1}, 9);
    const auto result = valueOf(encodeNode(*node, {}));
    EXPECT_EQ(0, measureError(node->floats(), valueOf(decodeNode(result.stream))->floats()).largest);
}

TEST(Codec, SaysWhenAnotherCodecHadToBeTaken) {
    const auto noise = noiseNode({32, 32, 1}, 8);
    const auto result = encoded(noise, Codec::gaussian, {.largest = 0.01});
    EXPECT_NE(Codec::gaussian, result.header.codec);
    EXPECT_NE(std::string::npos, result.note.find("Gaussian mixture"));
    verified(noise, result, {.largest = 0.01});

    std::vector<float> broken(64, 1.0F);
    broken[5] = std::nanf("");
    const auto strange = encoded(valueOf(makeNode({8, 8, 1}, broken)), Codec::dct, {.largest = 1});
    EXPECT_EQ(Codec::exact, strange.header.codec);
    EXPECT_FALSE(strange.note.empty());
}

TEST(Codec, RefusesImpossibleRequests) {
    const auto node = noiseNode({8, 8, 1}, 1);
    expectRefused(encodeNode(*node, {std::nullopt, {.largest = -1}}).error(), ErrorCode::invalidArgument);
    expectRefused(encodeNode(*node, {std::nullopt, {.rms = std::nan("")}}).error(),
                  ErrorCode::invalidArgument);
    expectRefused(limitForQuality(*node, 1.01).error(), ErrorCode::invalidArgument);
    const auto result = encoded(node, Codec::quantised, {.largest = 0.1});
    expectRefused(decodeNode(result.stream, 63).error(), ErrorCode::unusableInput);
}

TEST(Codec, IsDeterministic) {
    const auto node = spectrumNode({40, 37, 2}, 2);
    for (std::size_t c = 0; c < kCodecCount; ++c) {
        const auto codec = static_cast<Codec>(c);
        EXPECT_EQ(encoded(node, codec, {.largest = 0.5}).stream,
                  encoded(node, codec, {.largest = 0.5}).stream);
    }
}

}  // namespace
}  // namespace smidgen::storage
