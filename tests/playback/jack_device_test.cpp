// The device itself: found, chosen, closed, lost and found again.
#include "jack_fixture.h"

#include <algorithm>
#include <cmath>

#if !defined(__SANITIZE_THREAD__)

namespace smidgen::testing {
namespace {

using JackDevice = JackFixture;

TEST_F(JackDevice, OffersAndDescribesTheServersDevice) {
    const auto devices = m_playback.devices();
    ASSERT_FALSE(devices.empty());
    EXPECT_EQ(devices.front(), (AudioDevice{"JACK", "system"}));
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

TEST_F(JackDevice, ClosingTheDeviceWhilePlayingIsHeardAsARamp) {
    ASSERT_TRUE(m_playback.load({constant(1.0F, 480000), {}}));
    openSystem();
    record(
        [this](JackRecorder& recorder) {
            ASSERT_TRUE(m_playback.play());
            ASSERT_TRUE(hear(recorder, 8192));
            m_playback.close();
            ASSERT_TRUE(hear(recorder, 4096));
            EXPECT_EQ(m_playback.transport(), TransportState::paused);
            openSystem();
        },
        [](const Heard& heard) -> ::testing::AssertionResult {
            const float step = largestStep(heard[0]);
            if (step > 1.0F / kRamp + 1e-6F) return ::testing::AssertionFailure() << "a step of " << step;
            if (heard[0].back() != 0.0F) return ::testing::AssertionFailure() << "did not fall to 0";
            return ::testing::AssertionSuccess();
        });
}

TEST_F(JackDevice, KilledServerPausesAndItsReturnIsNoticed) {
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

TEST_F(JackDevice, AChoiceThatCannotBeOpenedLeavesTheFormerDevicePlaying) {
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

}  // namespace
}  // namespace smidgen::testing

#endif
