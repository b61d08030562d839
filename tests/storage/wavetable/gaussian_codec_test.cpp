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

TEST(GaussianCodec, FindsMostHeavilyOverlappingMixtures) {
    int found = 0;
    constexpr int kCases = 40;
    for (int i = 0; i < kCases; ++i) {
        const auto node = trueMixture({64, 64, 1}, 1 + i % 8, 1000 + static_cast<std::uint64_t>(i));
        const auto result = valueOf(encodeNode(*node, {Codec::gaussian, {.largest = 1e-3 * spanOf(node)}}));
        found += result.header.codec == Codec::gaussian ? 1 : 0;
    }
    EXPECT_GE(found, kCases * 9 / 10);
}

}  // namespace
}  // namespace smidgen::storage
