// What is played and what is heard, sample by sample.
#include "jack_fixture.h"

#include <algorithm>
#include <cmath>

#if !defined(__SANITIZE_THREAD__)

namespace smidgen::testing {
namespace {

using JackPlayback = JackFixture;

TEST_F(JackPlayback, StereoItemIsHeardSampleForSample) {
    openSystem();
    const auto sound = noise(2, 12345, 51);
    ASSERT_TRUE(m_playback.load({sound, {}}));
    expectWhole(*sound);
    EXPECT_EQ(m_playback.transport(), TransportState::stopped);
    EXPECT_NEAR(m_playback.position().value, 12345 / 48000.0, 1e-9);
}

TEST_F(JackPlayback, MonoItemIsHeardOnBothSides) {
    openSystem();
    const auto sound = noise(1, 9999, 52);
    ASSERT_TRUE(m_playback.load({sound, {}}));
    expectWhole(*sound);
}

TEST_F(JackPlayback, FileIsHeardSampleForSample) {
    openSystem();
    const Folder folder;
    const auto sound = noise(2, 60000, 53);
    writeWav(folder / "take.wav", *sound);
    ASSERT_TRUE(m_playback.load({nullptr, folder / "take.wav"}));
    EXPECT_NEAR(m_playback.length().value, 60000 / 48000.0, 1e-9);
    expectWhole(*sound);
    EXPECT_EQ(m_playback.state().gaps, 0);
    EXPECT_EQ(m_playback.itemProblem(), "");
}

TEST_F(JackPlayback, LoopSeamIsHeardAsItIs) {
    openSystem();
    const auto sound = noise(2, 12000, 54);
    ASSERT_TRUE(m_playback.load({sound, {}}));
    m_playback.setLoop({{Seconds(3000 / 48000.0), Seconds(7001 / 48000.0)}});
    std::vector<std::vector<float>> expected(2);
    for (std::size_t i = 0; i < 17000; ++i)
        for (std::size_t side = 0; side < 2; ++side)
            expected[side].push_back(sound->channels[side][i < 7001 ? i : 3000 + (i - 7001) % 4001]);
    record(
        [this](JackRecorder& recorder) {
            ASSERT_TRUE(m_playback.play());
            ASSERT_TRUE(hear(recorder, 20000));
        },
        [&](const Heard& heard) { return same(heard, expected); });
}

TEST_F(JackPlayback, PauseResumeAndSeekAreHeardAsRampsWithoutClicks) {
    openSystem();
    ASSERT_TRUE(m_playback.load({constant(1.0F, 96000), {}}));
    record(
        [this](JackRecorder& recorder) {
            m_playback.seek(Seconds(0.1));
            ASSERT_TRUE(m_playback.play());
            ASSERT_TRUE(hear(recorder, 2048));
            m_playback.seek(Seconds(0.7));
            ASSERT_TRUE(hear(recorder, 2048));
            m_playback.pause();
            ASSERT_TRUE(hear(recorder, 2048));
            ASSERT_TRUE(m_playback.play());
            ASSERT_TRUE(hear(recorder, 2048));
            m_playback.stop();
            ASSERT_TRUE(hear(recorder, 2048));
        },
        [](const Heard& heard) -> ::testing::AssertionResult {
            const float step = std::max(heard[0].front(), largestStep(heard[0]));
            if (step > 1.0F / kRamp + 1e-6F) return ::testing::AssertionFailure() << "a step of " << step;
            if (*std::max_element(heard[0].begin(), heard[0].end()) != 1.0F || heard[0].back() != 0.0F)
                return ::testing::AssertionFailure() << "did not rise to 1 and fall to 0";
            return ::testing::AssertionSuccess();
        });
}

TEST_F(JackPlayback, PlayingFromTheMiddleIsExactAfterTheRamp) {
    openSystem();
    const Folder folder;
    const auto sound = noise(2, 200000, 55);
    writeWav(folder / "take.wav", *sound);
    ASSERT_TRUE(m_playback.load({nullptr, folder / "take.wav"}));
    record(
        [this](JackRecorder& recorder) {
            m_playback.seek(Seconds(150001 / 48000.0));
            ASSERT_TRUE(m_playback.play());
            // Not a count of frames heard: it is silent until the reader has read enough.
            ASSERT_TRUE(runUntil([this] { return m_playback.position().value > 160001 / 48000.0; }));
            ASSERT_TRUE(hear(recorder, 4096));
        },
        [&](const Heard& heard) { return sameFrom(heard, *sound, 150001, 9000); });
}

TEST_F(JackPlayback, AVersionAfterAVersionIsHeardWithoutAClick) {
    openSystem();
    const auto version = [](double gain) {
        auto sound = std::make_shared<AudioBuffer>(1, Samples(96000));
        for (std::size_t i = 0; i < 96000; ++i)
            sound->channels[0][i] = static_cast<float>(gain * std::cos(0.01 * static_cast<double>(i)));
        return sound;
    };
    // A 500 Hz tone steps by 0.01 of its height a sample; fades add π/2 of the change over 30 ms.
    const double highest = 0.01 * 0.6 + 1.6 * 0.5 / 1440;
    record(
        [&](JackRecorder& recorder) {
            ASSERT_TRUE(m_playback.load({version(0.1), {}}));
            ASSERT_TRUE(m_playback.play());
            for (int i = 1; i <= 20; ++i) {
                ASSERT_TRUE(hear(recorder, 2000));
                ASSERT_TRUE(m_playback.exchange({version(0.1 + 0.5 * (i % 5) / 4), {}}));
            }
            ASSERT_TRUE(hear(recorder, 4000));
            EXPECT_EQ(m_playback.transport(), TransportState::playing);
            m_playback.stop();
            ASSERT_TRUE(hear(recorder, 2000));
        },
        [&](const Heard& heard) -> ::testing::AssertionResult {
            if (heard[0].size() < 40000) return ::testing::AssertionFailure() << "too short";
            // The first sample is the sound's own; stopping ramps 0.6 to silence within 5 ms.
            const float step = largestStep(heard[0]);
            if (step > highest + 0.6 / kRamp) return ::testing::AssertionFailure() << "a step of " << step;
            return ::testing::AssertionSuccess();
        });
}

TEST_F(JackPlayback, MetersShowWhatIsPlayed) {
    openSystem();
    ASSERT_TRUE(m_playback.load({constant(0.5F, 48000), {}}));
    ASSERT_TRUE(m_playback.play());
    ASSERT_TRUE(runUntil([this] { return m_playback.position().value > 0.4; }));
    const auto meters = m_playback.meters();
    EXPECT_NEAR(meters.peakDb[0], -6.02F, 0.01F);
    EXPECT_NEAR(meters.rmsDb[1], -6.02F, 0.2F);
    EXPECT_FALSE(meters.clipped);
}

TEST_F(JackPlayback, TestToneIsHeard) {
    openSystem();
    record(
        [this](JackRecorder& recorder) {
            ASSERT_TRUE(m_playback.testTone());
            ASSERT_TRUE(hear(recorder, 28000));
        },
        [](const Heard& heard) -> ::testing::AssertionResult {
            if (heard[0].size() < 24000) return ::testing::AssertionFailure() << "too short";
            const float left = *std::max_element(heard[0].begin(), heard[0].begin() + 11000);
            const float right = *std::max_element(heard[1].begin() + 12500, heard[1].begin() + 23000);
            if (std::abs(left - 0.1F) > 1e-5F || std::abs(right - 0.1F) > 1e-5F)
                return ::testing::AssertionFailure() << "peaks " << left << " and " << right;
            return ::testing::AssertionSuccess();
        });
}

}  // namespace
}  // namespace smidgen::testing

#endif
