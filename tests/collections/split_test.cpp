#include <gtest/gtest.h>

#include <set>

#include "engine/collections/findings.h"
#include "tests/collections/prepared.h"

namespace smidgen {
namespace {

using testing::mono;
using testing::strike;

class SplitTest : public testing::PreparedTest {};

std::set<int> soundsOf(const std::vector<FeatureSpan>& spans) {
    std::set<int> sounds;
    for (const FeatureSpan& span : spans) sounds.insert(span.sound);
    return sounds;
}

TEST_F(SplitTest, EightSoundsAreSplitByFile) {
    std::vector<AudioBuffer> sounds;
    for (std::uint64_t i = 0; i < 20; ++i)
        sounds.push_back(mono(strike(0.2 + 0.02 * static_cast<double>(i), i + 1)));
    const auto batch = prepared(sounds);
    const Split split = splitSounds(batch, {0.3, 1});
    EXPECT_TRUE(split.byFile);
    EXPECT_EQ(split.heldOut.size(), 6U);
    EXPECT_EQ(split.training.size(), 14U);
    std::set<int> both = soundsOf(split.training);
    both.merge(soundsOf(split.heldOut));
    EXPECT_EQ(both.size(), 20U);
    for (const FeatureSpan& span : split.heldOut) {
        EXPECT_EQ(span.start.value, 0);
        EXPECT_EQ(span.length, batch.sounds[static_cast<std::size_t>(span.sound)].frames(0, 0));
    }
    EXPECT_EQ(soundsOf(splitSounds(batch, {0.3, 1}).heldOut), soundsOf(split.heldOut));
    EXPECT_NE(soundsOf(splitSounds(batch, {0.3, 2}).heldOut), soundsOf(split.heldOut));
    EXPECT_EQ(splitSounds(batch, {0.001, 1}).heldOut.size(), 1U);
    EXPECT_TRUE(splitSounds(batch, {0.0, 1}).heldOut.empty());
    EXPECT_EQ(splitSounds(batch, {0.9, 1}).heldOut.size(), 10U);
}

TEST_F(SplitTest, LookAlikesNeverCrossTheSplit) {
    std::vector<AudioBuffer> sounds;
    for (std::uint64_t i = 0; i < 10; ++i)
        sounds.push_back(mono(strike(0.2 + 0.05 * static_cast<double>(i), i + 1)));
    AudioBuffer quieter = sounds[2];
    for (float& x : quieter.channels[0]) x *= 0.3F;
    sounds.push_back(quieter);
    const auto batch = prepared(sounds);
    std::size_t alike = 99;
    for (std::size_t i = 0; i < batch.entries.size(); ++i)
        if (hasFinding(batch.entries[i], Finding::nearDuplicate)) alike = i;
    ASSERT_EQ(alike, 10U);
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const std::set<int> heldOut = soundsOf(splitSounds(batch, {0.5, seed}).heldOut);
        EXPECT_EQ(heldOut.size(), 6U);
        EXPECT_FALSE(heldOut.contains(2) || heldOut.contains(10)) << seed;
    }
}

TEST_F(SplitTest, FewerThanEightSoundsAreSplitByTime) {
    const auto batch = prepared({tone(500, 4.0), tone(1000, 0.6), tone(2000, 0.3), tone(4000, 0.06)});
    const Split split = splitSounds(batch, {0.1, 1});
    EXPECT_FALSE(split.byFile);
    ASSERT_EQ(split.training.size(), 4U);
    ASSERT_EQ(split.heldOut.size(), 2U);
    EXPECT_EQ(split.heldOut[0].length.value, 38);  // a tenth of 376 frames
    EXPECT_EQ(split.heldOut[1].length.value, 24);  // at least a quarter of a second
    for (std::size_t i = 0; i < 2; ++i) {
        const FeatureSpan &training = split.training[i], &heldOut = split.heldOut[i];
        EXPECT_EQ(heldOut.start + heldOut.length, batch.sounds[i].frames(0, 0));
        // Windows of 2048 samples on either side of the cut share nothing.
        EXPECT_GE((heldOut.start.value - (training.start + training.length).value + 1) * 512, 2048);
    }
    EXPECT_EQ(split.training[2].length, batch.sounds[2].frames(0, 0));
    EXPECT_EQ(split.training[3].length, batch.sounds[3].frames(0, 0));
}

}  // namespace
}  // namespace smidgen
