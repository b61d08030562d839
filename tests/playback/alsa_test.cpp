// Plays through ALSA's null device. No clock paces it: JUCE's thread asks for samples as fast as it can.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "engine/playback/message_loop.h"
#include "engine/playback/playback.h"
#include "sounds.h"

namespace smidgen::testing {
namespace {

const AudioDevice kSilent{"ALSA", "Silent output"};

class AlsaTest : public ::testing::Test {
 protected:
    AlsaTest() {
        ::setenv("JACK_DEFAULT_SERVER", "smidgen-nobody", 1);
        std::ofstream(m_folder / "alsa.conf")
            << "pcm.silent { type null hint { show on description \"" << kSilent.name << "\" } }\n";
        ::setenv("ALSA_CONFIG_PATH", (m_folder / "alsa.conf").c_str(), 1);
        m_playback.onEvent([this](Playback::Event event) {
            if (event == Playback::Event::finished) ++m_finished;
        });
    }
    [[nodiscard]] bool runUntilFinished(int times) {
        for (int i = 0; i < 2000 && m_finished < times; ++i) m_loop.runFor(5);
        return m_finished == times;
    }

    Folder m_folder;
    MessageLoop m_loop;
    Playback m_playback;
    int m_finished = 0;
};

TEST_F(AlsaTest, DeviceOfferedByTheConfigurationPlaysToTheEnd) {
    ASSERT_EQ(m_playback.devices(), std::vector<AudioDevice>{kSilent});
    const auto opened = m_playback.open({kSilent, 44100, 512});
    ASSERT_TRUE(opened) << opened.error().sentence << opened.error().detail;
    const auto state = m_playback.state();
    EXPECT_EQ(state.rate, 44100);
    EXPECT_EQ(state.bufferSize, 512);
    EXPECT_EQ(state.channels, 2);
    ASSERT_TRUE(m_playback.load({noise(2, 44100, 63, 44100), {}}));
    EXPECT_EQ(m_playback.length(), Seconds(1.0));
    ASSERT_TRUE(m_playback.play());
    EXPECT_TRUE(runUntilFinished(1));
    EXPECT_EQ(m_playback.position(), Seconds(1.0));
    EXPECT_EQ(m_playback.transport(), TransportState::stopped);
}

TEST_F(AlsaTest, PlayAtTheEndStartsAgainFromTheLoopOrTheStart) {
    ASSERT_TRUE(m_playback.open({kSilent}));
    ASSERT_TRUE(m_playback.load({noise(1, 480000, 64), {}}));
    ASSERT_TRUE(m_playback.play());
    ASSERT_TRUE(runUntilFinished(1));
    ASSERT_TRUE(m_playback.play());
    EXPECT_EQ(m_playback.transport(), TransportState::playing);
    ASSERT_TRUE(runUntilFinished(2));
    m_playback.setLoop({{Seconds(1), Seconds(2)}});
    ASSERT_TRUE(m_playback.play());
    for (int i = 0; i < 10; ++i) {
        m_loop.runFor(5);
        const double position = m_playback.position().value;
        EXPECT_TRUE(position >= 1.0 && position < 2.0) << position;
    }
    EXPECT_EQ(m_finished, 2);
}

TEST_F(AlsaTest, PositionLengthAndLoopSurviveADeviceAtAnotherRate) {
    ASSERT_TRUE(m_playback.load({noise(2, 48000, 65), {}}));
    m_playback.setLoop({{Seconds(0.4), Seconds(0.6)}});
    m_playback.seek(Seconds(0.5));
    ASSERT_TRUE(m_playback.open({kSilent, 44100}));
    EXPECT_EQ(m_playback.state().rate, 44100);
    EXPECT_NEAR(m_playback.position().value, 0.5, 1e-4);
    EXPECT_NEAR(m_playback.length().value, 1.0, 1e-4);
    ASSERT_TRUE(m_playback.open({kSilent, 96000}));
    EXPECT_NEAR(m_playback.position().value, 0.5, 1e-4);
    EXPECT_EQ(m_playback.transport(), TransportState::stopped);
    ASSERT_TRUE(m_playback.play());
    m_loop.runFor(20);  // hundreds of rounds of the loop
    EXPECT_EQ(m_playback.transport(), TransportState::playing);
    EXPECT_NEAR(m_playback.position().value, 0.5, 0.1 + 1e-4);
    m_playback.close();
    EXPECT_FALSE(m_playback.state().open);
    EXPECT_FALSE(m_playback.play());
}

/// Everything a person does, in a hurry, while the device's thread runs; the sanitizers look on.
TEST_F(AlsaTest, HurriedUseEndsInOrder) {
    const auto clip = noise(2, 96000, 66);
    const auto other = noise(2, 44100, 67, 44100);
    writeWav(m_folder / "a.wav", *clip);
    ASSERT_TRUE(m_playback.open({kSilent}));
    for (int round = 0; round < 30; ++round) {
        PlayItem item;
        if (round % 3 == 2)
            item.file = m_folder / "a.wav";
        else
            item.buffer = round % 3 == 0 ? clip : other;
        ASSERT_TRUE(m_playback.load(item));
        ASSERT_TRUE(m_playback.play());
        m_playback.seek(Seconds(0.01 * round));
        m_playback.setLoop({{Seconds(0.2), Seconds(0.2 + 0.01 * (round + 1))}});
        m_playback.setGain(round % 2 ? 0.5F : 1.0F);
        m_loop.runFor(2);
        m_playback.pause();
        ASSERT_TRUE(m_playback.testTone());
        static_cast<void>(m_playback.meters());
        static_cast<void>(m_playback.state());
        ASSERT_TRUE(m_playback.play());
        m_loop.runFor(2);
        if (round % 10 == 9) {
            ASSERT_TRUE(m_playback.open({kSilent, round == 19 ? 44100 : 48000}));
        }
        if (round % 4 == 3) m_playback.stop();
    }
    m_playback.setLoop(std::nullopt);
    m_playback.stop();
    EXPECT_EQ(m_playback.transport(), TransportState::stopped);
    EXPECT_EQ(m_playback.position(), Seconds(0));
    const int before = m_finished;
    ASSERT_TRUE(m_playback.play());
    EXPECT_TRUE(runUntilFinished(before + 1));
    EXPECT_EQ(m_playback.itemProblem(), "");
}

}  // namespace
}  // namespace smidgen::testing
