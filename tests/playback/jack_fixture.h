// Playback through a real JACK server (dummy driver, real time), heard by another client.
//
// Not under ThreadSanitizer: libjack ends its threads with pthread_cancel(), after which the sanitizer of GCC
// 12 waits for ever, in any program. alsa_test.cpp runs a device's thread there.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <vector>

#include "engine/playback/message_loop.h"
#include "engine/playback/playback.h"
#include "jack_server.h"
#include "renderer_rig.h"

namespace smidgen::testing {

class JackFixture : public ::testing::Test {
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
            if (!recorder.connected() && attempt < 10) {
                // A server short of time throws clients out.
                m_playback.close();
                ASSERT_NO_FATAL_FAILURE(openSystem());
                continue;
            }
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

}  // namespace smidgen::testing
