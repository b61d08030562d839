#include "storage/wavetable/codec.h"
#include "tests/storage/wavetable/material.h"

namespace smidgen::storage {
namespace {

using namespace testing;

/// `hills` random Gaussians with correlation, rendered straight from their covariance.
NodePointer trueMixture(const NodeShape& shape, int hills, std::uint64_t seed) {
    Random random(seed);
    std::vector<double> sum(shape.count(), 0);
    for (int k = 0; k < hills; ++k) {
        const double row = random.uniform(0.05, 0.95) * shape.rows;
        const double column = random.uniform(0.05, 0.95) * shape.columns;
        const double tall = random.uniform(0.03, 0.25) * shape.rows;
        const double wide = random.uniform(0.03, 0.25) * shape.columns;
        const double correlation = random.uniform(-0.8, 0.8);
        std::vector<double> amplitude(shape.channels);
        for (double& a : amplitude) a = random.uniform(0.3, 2);
        for (std::size_t i = 0; i < shape.count(); ++i) {
            const double r = (static_cast<double>(i / shape.rowCount()) - row) / tall;
            const double c = (static_cast<double>(i / shape.channels % shape.columns) - column) / wide;
            const double q = (r * r - 2 * correlation * r * c + c * c) / (1 - correlation * correlation);
            sum[i] += amplitude[i % shape.channels] * std::exp(-0.5 * q);
        }
    }
    return valueOf(makeNode(shape, std::vector<float>(sum.begin(), sum.end())));
}

double spanOf(const NodePointer& node) {
    return 4 * valueOf(limitForQuality(*node, 0)).largest;
}

TEST(GaussianCodec, FindsTrueMixturesOfUpToEightHillsAThousandTimesSmaller) {
    for (int hills = 1; hills <= 8; ++hills) {
        const auto node = trueMixture({256, 256, 1}, hills, 40 + static_cast<std::uint64_t>(hills));
        const ErrorLimit limit{.largest = 1e-3 * spanOf(node)};
        const auto result = valueOf(encodeNode(*node, {Codec::gaussian, limit}));
        ASSERT_EQ(Codec::gaussian, result.header.codec) << hills << " hills: " << result.note;
        EXPECT_GT(result.ratio(), 1000);
        const auto decoded = valueOf(decodeNode(result.stream));
        EXPECT_LE(measureError(node->floats(), decoded->floats()).largest, limit.largest);
    }
}

TEST(GaussianCodec, SharesHillsBetweenChannels) {
    const auto node = trueMixture({96, 128, 4}, 4, 7);
    const auto result = valueOf(encodeNode(*node, {Codec::gaussian, {.largest = 1e-3 * spanOf(node)}}));
    EXPECT_EQ(Codec::gaussian, result.header.codec);
    EXPECT_GT(result.ratio(), 500);
}

TEST(GaussianCodec, MoreQualityNeverMeansMoreError) {
    const auto node = trueMixture({48, 64, 1}, 3, 12);
    double before = std::numeric_limits<double>::infinity();
    int mixtures = 0;
    for (const double quality : {0.0, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0}) {
        const ErrorLimit limit = valueOf(limitForQuality(*node, quality));
        const auto result = valueOf(encodeNode(*node, {Codec::gaussian, limit}));
        const auto decoded = valueOf(decodeNode(result.stream));
        const double error = measureError(node->floats(), decoded->floats()).largest;
        ASSERT_LE(error, before) << quality;
        before = error;
        mixtures += result.header.codec == Codec::gaussian ? 1 : 0;
    }
    EXPECT_EQ(0, before);
    EXPECT_GE(mixtures, 6);
}

/// A search from the outside can settle in a wrong place: what overlaps heavily is found mostly, and what is
/// not found is kept by another codec within the same limit.
TEST(GaussianCodec, FindsMostHeavilyOverlappingMixtures) {
    int found = 0;
    constexpr int kCases = 16;
    for (int i = 0; i < kCases; ++i) {
        const auto node = trueMixture({64, 64, 1}, 1 + i % 8, 1000 + static_cast<std::uint64_t>(i));
        const ErrorLimit limit{.largest = 1e-3 * spanOf(node)};
        const auto result = valueOf(encodeNode(*node, {Codec::gaussian, limit}));
        const auto decoded = valueOf(decodeNode(result.stream));
        EXPECT_TRUE(measureError(node->floats(), decoded->floats()).within(limit));
        const bool fits = result.header.codec == Codec::gaussian;
        EXPECT_EQ(fits, result.note.empty());
        found += fits ? 1 : 0;
    }
    EXPECT_GE(found, kCases * 3 / 4);
}

}  // namespace
}  // namespace smidgen::storage
