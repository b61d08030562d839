#include "engine/generation/decoder_shelf.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "wave_decoder_fixture.h"

namespace smidgen {
namespace {

class DecoderShelf : public SmallWaveDecoder {};

TEST_F(DecoderShelf, GivesGriffinLimShippedOnesAndFiles) {
    EXPECT_TRUE(makeDecoder(kGriffinLimDecoder, {4}));
    EXPECT_TRUE(makeDecoder(file().string(), {4}));
    for (const std::string& identity : shippedDecoders()) {
        EXPECT_TRUE(makeDecoder(identity, {4})) << identity;
        EXPECT_TRUE(makeDecoder(identity.substr(0, identity.find('-')), {4})) << identity;
    }
    EXPECT_TRUE(makeDecoder(defaultDecoder(), {4})) << defaultDecoder();
    EXPECT_TRUE(makeDecoder(bestDecoder(), {4})) << bestDecoder();
}

TEST_F(DecoderShelf, ARecipeNamesTheVeryWeights) {
    EXPECT_EQ(decoderIdentity(kGriffinLimDecoder), kGriffinLimDecoder);
    EXPECT_EQ(decoderIdentity(file().string()), std::filesystem::absolute(file()).string());
    for (const std::string& identity : shippedDecoders()) {
        EXPECT_EQ(decoderIdentity(identity.substr(0, identity.find('-'))), identity);
        EXPECT_EQ(identity.size() - identity.find('-'), 9U);
    }
    EXPECT_FALSE(decoderIdentity("grand"));
}

TEST_F(DecoderShelf, SaysWhatThereIsWhenANameIsUnknown) {
    const auto unknown = makeDecoder("standard-00000000", {4});
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, ErrorCode::notFound);
    EXPECT_NE(unknown.error().sentence.find(kGriffinLimDecoder), std::string::npos);
    EXPECT_EQ(makeDecoder(SMIDGEN_SOURCE_DIR "/README.md", {4}).error().code, ErrorCode::unusableInput);
}

}  // namespace
}  // namespace smidgen
