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
        useAlsa("");
    }
    void useAlsa(const std::string& configuration) {
        std::ofstream(m_folder / "alsa.conf") << configuration;
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

TEST_F(NoDeviceTest, AlsaDeviceOfferedByTheConfigurationPlaysToTheEnd) {
    useAlsa("pcm.silent { type null hint { show on description \"Silent output\" } }\n");
    MessageLoop loop;
    Playback playback;
    bool finished = false;
    playback.onEvent([&finished](Playback::Event event) { finished = event == Playback::Event::finished; });
    ASSERT_EQ(playback.devices(), (std::vector<OutputDevice>{{"ALSA", "Silent output"}}));
    const auto opened = playback.open({{"ALSA", "Silent output"}, 44100, 512});
    ASSERT_TRUE(opened) << opened.error().sentence << opened.error().detail;
    EXPECT_EQ(playback.state().rate, 44100);
    EXPECT_EQ(playback.state().bufferSize, 512);
    EXPECT_EQ(playback.state().channels, 2);
    ASSERT_TRUE(playback.load({noise(2, 44100, 63, 44100), {}}));
    EXPECT_EQ(playback.length(), Seconds(1.0));
    ASSERT_TRUE(playback.play());
    for (int i = 0; i < 500 && !finished; ++i) loop.runFor(10);
    EXPECT_TRUE(finished);
    EXPECT_EQ(playback.position(), Seconds(1.0));
}

TEST_F(NoDeviceTest, PositionAndLengthSurviveADeviceAtAnotherRate) {
    useAlsa("pcm.silent { type null hint { show on description \"Silent output\" } }\n");
    MessageLoop loop;
    Playback playback;
    ASSERT_TRUE(playback.load({noise(2, 48000, 64), {}}));
    playback.seek(Seconds(0.5));
    ASSERT_TRUE(playback.open({{"ALSA", "Silent output"}, 44100}));
    EXPECT_EQ(playback.state().rate, 44100);
    EXPECT_NEAR(playback.position().value, 0.5, 1e-4);
    EXPECT_NEAR(playback.length().value, 1.0, 1e-4);
}

}  // namespace
}  // namespace smidgen::testing
