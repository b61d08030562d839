// Plays through a real JACK server (dummy driver, real time) and compares what another client hears.
//
// Not under ThreadSanitizer: libjack ends its threads with pthread_cancel(), after which the sanitizer of GCC
// 12 waits for ever, in any program. alsa_test.cpp runs a device's thread there.
#if !defined(__SANITIZE_THREAD__)
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cmath>

#include "engine/playback/message_loop.h"
#include "engine/playback/playback.h"
#include "jack_server.h"
#include "renderer_rig.h"

namespace smidgen::testing {
namespace {

class JackPlaybackTest : public ::testing::Test {
 protected:
    using Heard = std::array<std::vector<float>, 2>;

    void SetUp() override {
        ASSERT_TRUE(m_server.start()) << "jackd (package jackd2) must be able to start";
        m_playback.onEvent([this](Playback::Event event) {
            (event == Playback::Event::finished ? m_finished : m_deviceChanges)++;
        });
    }

    void openSystem() {
        const auto opened = m_playback.open({{"JACK", "system"}});
        ASSERT_TRUE(opened) << opened.error().sentence;
    }

    /// Serves messages until `done`; false after ten seconds.
    template <typename Condition>
    [[nodiscard]] bool runUntil(Condition done) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (!done()) {
            if (std::chrono::steady_clock::now() > end) return false;
            m_loop.runFor(5);
        }
        return true;
    }
    /// Records `frames` frames more.
    [[nodiscard]] bool hear(const JackRecorder& recorder, std::size_t frames) {
        const auto until = recorder.frames() + frames;
        return runUntil([&] { return recorder.frames() >= until; });
    }

    /// Runs `scene` with a new recorder until `verify` likes what was heard. Only while the server misses
    /// cycles (a machine under load is no defect of ours) is it tried again, ten times at most.
    template <typename Scene, typename Verify>
    void record(Scene scene, Verify verify) {
        for (int attempt = 0;; ++attempt) {
            JackRecorder recorder;
            ASSERT_TRUE(recorder.connected());
            const int before = m_playback.state().xruns;
            ASSERT_NO_FATAL_FAILURE(scene(recorder));
            const Heard heard{recorder.fromFirstSound(0), recorder.fromFirstSound(1)};
            const ::testing::AssertionResult verified = verify(heard);
            if (verified) return;
            const int xruns = recorder.xruns() + m_playback.state().xruns - before;
            ASSERT_TRUE(xruns > 0 && attempt < 10) << verified.message() << "; xruns: " << xruns;
            m_playback.stop();
            ASSERT_TRUE(hear(recorder, 4096));
        }
    }
    /// Plays what is loaded to its end and expects to hear `sound`, then silence.
    void expectWhole(const AudioBuffer& sound) {
        record(
            [this](JackRecorder& recorder) {
                const int before = m_finished;
                ASSERT_TRUE(m_playback.play());
                ASSERT_TRUE(runUntil([&] { return m_finished > before; }));
                ASSERT_TRUE(hear(recorder, 4096));
            },
            [&](const Heard& heard) -> ::testing::AssertionResult {
                auto expected = sound.channels;
                if (expected.size() == 1) expected.push_back(expected[0]);
                for (auto& channel : expected) channel.resize(heard[0].size());
                if (heard[0].size() <= sound.channels[0].size())
                    return ::testing::AssertionFailure() << "too short";
                return same(heard, expected);
            });
    }
    /// Whether both sides begin with `expected`.
    static ::testing::AssertionResult same(const Heard& heard,
                                           const std::vector<std::vector<float>>& expected) {
        for (std::size_t side = 0; side < 2; ++side) {
            if (heard[side].size() < expected[side].size())
                return ::testing::AssertionFailure() << "only " << heard[side].size() << " frames heard";
            for (std::size_t i = 0; i < expected[side].size(); ++i)
                if (heard[side][i] != expected[side][i])
                    return ::testing::AssertionFailure()
                           << "side " << side << ", frame " << i << ": " << heard[side][i] << " instead of "
                           << expected[side][i];
        }
        return ::testing::AssertionSuccess();
    }
    /// Whether after a fade-in `sound` is heard from frame `start` on, `frames` frames of it.
    static ::testing::AssertionResult sameFrom(const Heard& heard, const AudioBuffer& sound,
                                               std::size_t start, std::size_t frames) {
        if (heard[0].size() < frames)
            return ::testing::AssertionFailure() << "only " << heard[0].size() << " frames heard";
        return same({slice(heard[0], kRamp, frames), slice(heard[1], kRamp, frames)},
                    {slice(sound.channels[0], start + kRamp, start + frames),
                     slice(sound.channels[1], start + kRamp, start + frames)});
    }

    JackServer m_server;
    MessageLoop m_loop;
    Playback m_playback;
    int m_finished = 0;
    int m_deviceChanges = 0;
};

TEST_F(JackPlaybackTest, OffersAndDescribesTheServersDevice) {
    const auto devices = m_playback.devices();
    ASSERT_FALSE(devices.empty());
    EXPECT_EQ(devices.front(), (OutputDevice{"JACK", "system"}));
    ASSERT_TRUE(m_playback.open());
    const auto state = m_playback.state();
    EXPECT_TRUE(state.open);
    EXPECT_EQ(state.device, devices.front());
    EXPECT_EQ(state.rate, 48000);
    EXPECT_EQ(state.bufferSize, 1024);
    EXPECT_EQ(state.channels, 2);
    EXPECT_GE(state.latencyMs, 1000.0 * 1024 / 48000);
    EXPECT_LT(state.latencyMs, 100.0);
    EXPECT_EQ(state.rates, std::vector<int>{48000});
    EXPECT_TRUE(state.problem.empty());
}

TEST_F(JackPlaybackTest, StereoItemIsHeardSampleForSample) {
    openSystem();
    const auto sound = noise(2, 12345, 51);
    ASSERT_TRUE(m_playback.load({sound, {}}));
    expectWhole(*sound);
    EXPECT_EQ(m_playback.transport(), TransportState::stopped);
    EXPECT_NEAR(m_playback.position().value, 12345 / 48000.0, 1e-9);
}

TEST_F(JackPlaybackTest, MonoItemIsHeardOnBothSides) {
    openSystem();
    const auto sound = noise(1, 9999, 52);
    ASSERT_TRUE(m_playback.load({sound, {}}));
    expectWhole(*sound);
}

TEST_F(JackPlaybackTest, FileIsHeardSampleForSample) {
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

TEST_F(JackPlaybackTest, LoopSeamIsHeardAsItIs) {
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

TEST_F(JackPlaybackTest, PauseResumeAndSeekAreHeardAsRampsWithoutClicks) {
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

TEST_F(JackPlaybackTest, PlayingFromTheMiddleIsExactAfterTheRamp) {
    openSystem();
    const Folder folder;
    const auto sound = noise(2, 200000, 55);
    writeWav(folder / "take.wav", *sound);
    ASSERT_TRUE(m_playback.load({nullptr, folder / "take.wav"}));
    record(
        [this](JackRecorder& recorder) {
            m_playback.seek(Seconds(150001 / 48000.0));
            ASSERT_TRUE(m_playback.play());
            ASSERT_TRUE(hear(recorder, 14000));
        },
        [&](const Heard& heard) { return sameFrom(heard, *sound, 150001, 9000); });
}

TEST_F(JackPlaybackTest, MetersShowWhatIsPlayed) {
    openSystem();
    ASSERT_TRUE(m_playback.load({constant(0.5F, 48000), {}}));
    ASSERT_TRUE(m_playback.play());
    ASSERT_TRUE(runUntil([this] { return m_playback.position().value > 0.4; }));
    const auto meters = m_playback.meters();
    EXPECT_NEAR(meters.peakDb[0], -6.02F, 0.01F);
    EXPECT_NEAR(meters.rmsDb[1], -6.02F, 0.2F);
    EXPECT_FALSE(meters.clipped);
}

TEST_F(JackPlaybackTest, KilledServerPausesAndItsReturnIsNoticed) {
    openSystem();
    const auto sound = noise(2, 480000, 56);
    ASSERT_TRUE(m_playback.load({sound, {}}));
    ASSERT_TRUE(m_playback.play());
    ASSERT_TRUE(runUntil([this] { return m_playback.position().value > 0.1; }));
    m_server.kill();
    ASSERT_TRUE(runUntil([this] { return m_deviceChanges == 1; }));
    EXPECT_FALSE(m_playback.state().open);
    EXPECT_NE(m_playback.state().problem.find("'system' is gone"), std::string::npos);
    EXPECT_EQ(m_playback.transport(), TransportState::paused);
    const auto position = m_playback.position();
    EXPECT_GT(position.value, 0.1);
    const auto refused = m_playback.play();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::device);

    ASSERT_TRUE(m_server.start());
    ASSERT_TRUE(runUntil([this] { return m_deviceChanges == 2; }));
    EXPECT_TRUE(m_playback.state().open);
    EXPECT_EQ(m_playback.state().problem, "");
    EXPECT_EQ(m_playback.transport(), TransportState::paused);
    EXPECT_EQ(m_playback.position(), position);
    record(
        [&](JackRecorder& recorder) {
            m_playback.seek(position);
            ASSERT_TRUE(m_playback.play());
            ASSERT_TRUE(hear(recorder, 6144));
        },
        [&](const Heard& heard) {
            return sameFrom(heard, *sound, static_cast<std::size_t>(std::llround(position.value * 48000)),
                            2000);
        });
}

TEST_F(JackPlaybackTest, AChoiceThatCannotBeOpenedLeavesTheFormerDevicePlaying) {
    openSystem();
    ASSERT_TRUE(m_playback.load({noise(2, 480000, 57), {}}));
    ASSERT_TRUE(m_playback.play());
    const auto wrongRate = m_playback.open({{"JACK", "system"}, 44100});
    ASSERT_FALSE(wrongRate);
    EXPECT_EQ(wrongRate.error().code, ErrorCode::device);
    EXPECT_NE(wrongRate.error().sentence.find("48000"), std::string::npos);
    const auto missing = m_playback.open({{"JACK", "nowhere"}});
    ASSERT_FALSE(missing);
    EXPECT_NE(missing.error().sentence.find("'nowhere'"), std::string::npos);
    EXPECT_TRUE(m_playback.state().open);
    EXPECT_EQ(m_playback.transport(), TransportState::playing);
    const auto position = m_playback.position();
    EXPECT_TRUE(runUntil([&] { return m_playback.position() > position; }));
}

TEST_F(JackPlaybackTest, TestToneIsHeard) {
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
