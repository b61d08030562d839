#include "engine/audio/audio_buffer.h"

#include <gtest/gtest.h>

namespace smidgen {
namespace {

TEST(MidSide, IsHalfSumAndHalfDifference) {
    AudioBuffer buffer(2, Samples(2));
    buffer.channels = {{1.0F, 0.5F}, {0.0F, -0.5F}};
    const MidSide split = toMidSide(buffer);
    EXPECT_EQ(split.mid, (std::vector<float>{0.5F, 0.0F}));
    EXPECT_EQ(split.side, (std::vector<float>{0.5F, 0.5F}));
    const AudioBuffer back = fromMidSide(split.mid, split.side, 44100);
    EXPECT_EQ(back.channels, buffer.channels);
    EXPECT_EQ(back.rate, 44100);
}

TEST(MidSide, OfMonoIsItselfWithoutSide) {
    AudioBuffer buffer(1, Samples(3));
    buffer.channels = {{0.1F, 0.2F, 0.3F}};
    const MidSide split = toMidSide(buffer);
    EXPECT_EQ(split.mid, buffer.channels[0]);
    EXPECT_TRUE(split.side.empty());
    EXPECT_EQ(fromMidSide(split.mid, split.side).channels, buffer.channels);
}

TEST(MidSide, OfManyChannelsAveragesAllAndTakesSideFromTheFirstTwo) {
    AudioBuffer buffer(4, Samples(1));
    buffer.channels = {{0.8F}, {0.4F}, {0.0F}, {-0.4F}};
    const MidSide split = toMidSide(buffer);
    EXPECT_FLOAT_EQ(split.mid[0], 0.2F);
    EXPECT_FLOAT_EQ(split.side[0], 0.2F);
}

TEST(MidSide, OfNothingIsNothing) {
    EXPECT_TRUE(toMidSide(AudioBuffer()).mid.empty());
    EXPECT_EQ(AudioBuffer().length().value, 0);
}

}  // namespace
}  // namespace smidgen
