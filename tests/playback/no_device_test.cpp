#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "engine/playback/message_loop.h"
#include "engine/playback/playback.h"
#include "sounds.h"

namespace smidgen::testing {
namespace {

/// A machine without a sound card: no JACK server of that name, an ALSA configuration without devices.
class NoDeviceTest : public ::testing::Test {
 protected:
    void SetUp() override {
        ::setenv("JACK_DEFAULT_SERVER", "smidgen-nobody", 1);
        std::ofstream(m_folder / "alsa.conf") << "";
        ::setenv("ALSA_CONFIG_PATH", (m_folder / "alsa.conf").c_str(), 1);
    }

    Folder m_folder;
};

TEST_F(NoDeviceTest, OpeningIsASentenceAndEverythingElseWorks) {
    MessageLoop loop;
    Playback playback;
    EXPECT_TRUE(playback.devices().empty());
    const auto opened = playback.open();
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::device);
    EXPECT_NE(opened.error().sentence.find("No sound device"), std::string::npos);
    EXPECT_FALSE(playback.state().open);
    EXPECT_EQ(playback.state().problem, opened.error().sentence);

    ASSERT_TRUE(playback.load({noise(2, 48000, 61), {}}));
    EXPECT_EQ(playback.length(), Seconds(1.0));
    playback.seek(Seconds(0.5));
    EXPECT_EQ(playback.position(), Seconds(0.5));
    playback.seek(Seconds(7));
    EXPECT_EQ(playback.position(), Seconds(1.0));
    playback.setLoop({{Seconds(0.25), Seconds(0.75)}});
    playback.setGain(0.5F);
    const auto refused = playback.play();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::device);
    EXPECT_EQ(playback.transport(), TransportState::stopped);
    EXPECT_FALSE(playback.testTone());
    playback.pause();
    playback.stop();
    EXPECT_EQ(playback.position(), Seconds(0.0));
    EXPECT_EQ(playback.meters().peakDb[0], -120.0F);
    loop.runFor(50);
    playback.close();
}

TEST_F(NoDeviceTest, BadItemsAreSentencesAndKeepWhatWasLoaded) {
    MessageLoop loop;
    Playback playback;
    ASSERT_TRUE(playback.load({noise(1, 24000, 62), {}}));
    EXPECT_FALSE(playback.load({std::make_shared<AudioBuffer>(), {}}));
    EXPECT_FALSE(playback.load({std::make_shared<AudioBuffer>(2, Samples(0)), {}}));
    const auto missing = playback.load({nullptr, m_folder / "missing.wav"});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::notFound);
    EXPECT_EQ(playback.length(), Seconds(0.5));
    ASSERT_TRUE(playback.load({}));
    EXPECT_EQ(playback.length(), Seconds(0.0));
}

}  // namespace
}  // namespace smidgen::testing
