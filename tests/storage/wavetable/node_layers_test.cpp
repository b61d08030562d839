#include "storage/wavetable/node_layers.h"

#include "tests/storage/wavetable/material.h"

namespace smidgen::storage {
namespace {

using namespace testing;

constexpr NodeShape kShape{16, 64, 1};  // 4096 bytes

TEST(NodeLayers, AFullScratchMovesTheLongestUnusedToWorkingBitForBit) {
    NodeLayers layers({.scratch = 3 * 4096, .working = 1 << 20, .kept = 1 << 20});
    std::vector<NodePointer> nodes;
    for (std::uint64_t i = 0; i < 3; ++i) {
        nodes.push_back(spectrumNode(kShape, i));
        ASSERT_TRUE(layers.put("n" + std::to_string(i), nodes.back()));
    }
    ASSERT_TRUE(layers.get("n0"));
    ASSERT_TRUE(layers.put("n3", spectrumNode(kShape, 3)));
    EXPECT_EQ(Layer::scratch, layers.layerOf("n0"));
    EXPECT_EQ(Layer::working, layers.layerOf("n1"));
    EXPECT_EQ(0, largestDifference(nodes[1]->floats(), valueOf(layers.get("n1"))->floats()));
    EXPECT_EQ(3U, layers.report(Layer::scratch).nodes);
    EXPECT_EQ(12288U, layers.report(Layer::scratch).bytes);
    EXPECT_EQ(4096U, layers.report(Layer::working).valueBytes);
    EXPECT_EQ(0, layers.report(Layer::working).largestError);
    EXPECT_GT(layers.report(Layer::working).ratio(), 1);
}

TEST(NodeLayers, WhenAllIsFullTheCallIsRefusedAndNothingHasChanged) {
    NodeLayers layers({.scratch = 4096, .working = 9000, .kept = 1 << 20});
    std::vector<std::string> names;
    Status put;
    for (std::uint64_t i = 0; i < 10 && put; ++i) {
        put = layers.put("n" + std::to_string(i), noiseNode(kShape, i));
        if (put) names.push_back("n" + std::to_string(i));
    }
    ASSERT_FALSE(put);
    expectRefused(put.error(), ErrorCode::outOfMemory);
    ASSERT_GE(names.size(), 2U);
    for (std::size_t i = 0; i < names.size(); ++i)
        EXPECT_EQ(0,
                  largestDifference(noiseNode(kShape, i)->floats(), valueOf(layers.get(names[i]))->floats()));
    EXPECT_LE(layers.report(Layer::working).bytes, 9000U);
    EXPECT_LE(layers.report(Layer::scratch).bytes, 4096U);
    ASSERT_TRUE(layers.discard("n0"));
    EXPECT_TRUE(layers.put("again", noiseNode(kShape, 99)));
}

TEST(NodeLayers, KeepingIsLossyOnlyAsFarAsAskedAndSaysHowFar) {
    NodeLayers layers(LayerBudgets{});
    const auto node = spectrumNode(kShape, 1);
    ASSERT_TRUE(layers.put("a", node));
    const auto kept = valueOf(layers.keep("a", {std::nullopt, {.largest = 0.5}}));
    EXPECT_EQ(Layer::kept, layers.layerOf("a"));
    const double error = largestDifference(node->floats(), valueOf(layers.get("a"))->floats());
    EXPECT_LE(error, kept.header.error.largest);
    EXPECT_LE(kept.header.error.largest, 0.5);
    EXPECT_GT(error, 0);
    EXPECT_EQ(kept.bytes, layers.report(Layer::kept).bytes);
    ASSERT_NE(nullptr, layers.keptStream("a"));
    EXPECT_EQ(kept.bytes, layers.keptStream("a")->size());
    expectRefused(layers.keep("a", {}).error(), ErrorCode::notFound);

    ASSERT_TRUE(layers.put("b", node));
    ASSERT_TRUE(layers.keep("b", {}));
    EXPECT_EQ(0, largestDifference(node->floats(), valueOf(layers.get("b"))->floats()));
}

TEST(NodeLayers, AFullKeptLayerRefusesAndLeavesTheNodeWhereItWas) {
    NodeLayers layers({.scratch = 1 << 20, .working = 1 << 20, .kept = 100});
    ASSERT_TRUE(layers.put("a", noiseNode(kShape, 1)));
    expectRefused(layers.keep("a", {}).error(), ErrorCode::outOfMemory);
    EXPECT_EQ(Layer::scratch, layers.layerOf("a"));
    EXPECT_EQ(0U, layers.report(Layer::kept).bytes);
}

TEST(NodeLayers, ANewerNodeHidesTheKeptOneUntilItIsKept) {
    NodeLayers layers(LayerBudgets{});
    ASSERT_TRUE(layers.put("a", constantNode(kShape, 1)));
    ASSERT_TRUE(layers.keep("a", {}));
    const std::size_t one = layers.report(Layer::kept).bytes;
    ASSERT_TRUE(layers.put("a", constantNode(kShape, 2)));
    EXPECT_EQ(2, valueOf(layers.get("a"))->values[0]);
    EXPECT_NE(nullptr, layers.keptStream("a"));
    ASSERT_TRUE(layers.keep("a", {}));
    EXPECT_EQ(2, valueOf(layers.get("a"))->values[0]);
    EXPECT_NEAR(static_cast<double>(one), static_cast<double>(layers.report(Layer::kept).bytes), 8);
    ASSERT_TRUE(layers.discard("a"));
    EXPECT_FALSE(layers.get("a"));
    EXPECT_FALSE(layers.discard("a"));
    EXPECT_EQ(0U, layers.report(Layer::kept).bytes);
}

TEST(NodeLayers, ReplacingInAFullScratchNeedsNoRoomElsewhere) {
    NodeLayers layers({.scratch = 4096, .working = 0, .kept = 0});
    ASSERT_TRUE(layers.put("a", noiseNode(kShape, 1)));
    ASSERT_TRUE(layers.put("a", noiseNode(kShape, 2)));
    EXPECT_FALSE(layers.put("b", noiseNode(kShape, 3)));
    EXPECT_FALSE(layers.put("large", noiseNode({64, 64, 1}, 3)));
    EXPECT_EQ(0, largestDifference(noiseNode(kShape, 2)->floats(), valueOf(layers.get("a"))->floats()));
}

}  // namespace
}  // namespace smidgen::storage
