#include "engine/generation/sound_codes.h"

#include <gtest/gtest.h>

namespace smidgen {
namespace {

SoundCodes twoParts() {
    SoundCodes codes;
    codes.modelId = "m1";
    codes.codebookSize = 16;
    codes.length = Samples(2048);
    codes.parts.push_back({2, {1, 2, 3, 15}, {0.5F, -1.25F}});
    codes.parts.push_back({2, {0, 0, 7, 7}, {0.0F, 3.0F}});
    return codes;
}

TEST(SoundCodesTest, SurviveTheirFile) {
    const SoundCodes codes = twoParts();
    const auto back = soundCodesFromJson(toJson(codes));
    ASSERT_TRUE(back) << back.error().detail;
    EXPECT_EQ(*back, codes);
}

TEST(SoundCodesTest, ContradictingFilesAreRefused) {
    const std::string good = toJson(twoParts());
    const auto refused = [&](const std::string& what, const std::string& with) {
        std::string changed = good;
        const auto at = changed.find(what);
        EXPECT_NE(at, std::string::npos) << what;
        changed.replace(at, what.size(), with);
        const auto codes = soundCodesFromJson(changed);
        return !codes && codes.error().code == ErrorCode::unusableInput;
    };
    EXPECT_TRUE(refused("[1,2]", "[1]"));
    EXPECT_TRUE(refused("[1,2]", "[1,16]"));
    EXPECT_TRUE(refused("[1,2]", "[1,-1]"));
    EXPECT_TRUE(refused("[1,2],", ""));
    EXPECT_TRUE(refused("\"samples\":2048", "\"samples\":-1"));
    EXPECT_TRUE(refused("\"samples\":2048", "\"samples\":99999999999999"));
    EXPECT_TRUE(refused("\"codebook_size\":16", "\"codebook_size\":1000000"));
    EXPECT_TRUE(refused("\"smidgen_codes\":1", "\"smidgen_codes\":2"));
    EXPECT_TRUE(refused("\"parts\"", "\"arts\""));
    EXPECT_FALSE(soundCodesFromJson("RIFF"));
    EXPECT_FALSE(soundCodesFromJson("{}"));
}

}  // namespace
}  // namespace smidgen
