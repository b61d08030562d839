// Many threads put in, one takes out: each thread's in its order, none lost.
#include "engine/control/hand_over.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "engine/control/control_desk.h"
#include "sample_targets.h"

namespace smidgen::testing {
namespace {

TEST(HandOverQueue, KeepsEachThreadsOrderAndLosesNothing) {
    constexpr int kThreads = 4, kEach = 50000;
    HandOverQueue<std::unique_ptr<std::pair<int, int>>> queue;
    std::atomic<bool> go{false};
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t)
        threads.emplace_back([&, t] {
            while (!go) std::this_thread::yield();
            for (int i = 0; i < kEach; ++i) queue.put(std::make_unique<std::pair<int, int>>(t, i));
        });
    go = true;
    std::array<int, kThreads> next{};
    for (int taken = 0; taken < kThreads * kEach;) {
        std::unique_ptr<std::pair<int, int>> value;
        if (!queue.take(value)) {
            std::this_thread::yield();
            continue;
        }
        const auto [thread, number] = *value;
        ASSERT_EQ(number, next[static_cast<std::size_t>(thread)]++);
        ++taken;
    }
    for (auto& thread : threads) thread.join();
    std::unique_ptr<std::pair<int, int>> more;
    EXPECT_FALSE(queue.take(more));
}

TEST(HandOverQueue, FreesWhatIsLeft) {
    HandOverQueue<std::shared_ptr<int>> queue;
    const auto kept = std::make_shared<int>(5);
    for (int i = 0; i < 10; ++i) queue.put(kept);
    std::shared_ptr<int> taken;
    ASSERT_TRUE(queue.take(taken));
    taken.reset();
    EXPECT_EQ(kept.use_count(), 10);
    {
        HandOverQueue<std::shared_ptr<int>> other;
        other.put(kept);
    }
    EXPECT_EQ(kept.use_count(), 10);
}

TEST(ControlDesk, MergesFastMovementsAndKeepsTheLastOfEachThread) {
    constexpr int kThreads = 3, kRounds = 3000;
    std::atomic<int> wakes{0};
    ControlDesk desk(sampleTargets(), [&] { ++wakes; });
    std::vector<ControlMapping> mappings;
    const std::array<const char*, kThreads> sliders{"slider.density", "slider.warmth", "slider.space"};
    for (int t = 0; t < kThreads; ++t) {
        auto mapping = mappingOf(sliders[static_cast<std::size_t>(t)], {SourceKind::controller, t + 1, 74});
        mapping.takeOver = TakeOver::jump;
        mappings.push_back(mapping);
        ASSERT_EQ(desk.addPort("device " + std::to_string(t)), t);
    }
    desk.setMappings(mappings);
    std::vector<std::thread> threads;
    std::atomic<int> running{kThreads};
    for (int t = 0; t < kThreads; ++t)
        threads.emplace_back([&desk, &running, t] {
            for (int i = 0; i <= kRounds; ++i) {
                const std::array<std::uint8_t, 3> bytes{
                    static_cast<std::uint8_t>(0xB0 + t), 74,
                    static_cast<std::uint8_t>(i == kRounds ? 100 + t : i % 90)};
                desk.heardMidi(t, bytes);
            }
            --running;
        });
    std::size_t told = 0;
    std::size_t heard = 0;
    for (bool last = false; !last;) {
        last = running == 0;
        const TakenControls taken = desk.take(0);
        heard += taken.moves.size();
        told += taken.changes.size();
        EXPECT_LE(taken.changes.size(), static_cast<std::size_t>(kThreads));
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(heard, static_cast<std::size_t>(kThreads * (kRounds + 1))) << "nothing is lost";
    EXPECT_LE(told, heard);
    for (int t = 0; t < kThreads; ++t)
        EXPECT_DOUBLE_EQ(desk.state().at(sliders[static_cast<std::size_t>(t)]), (100 + t) / 127.0);
    EXPECT_GE(wakes, 1);
}

TEST(ControlDesk, WakesOnceUntilItIsTakenFrom) {
    int wakes = 0;
    ControlDesk desk(sampleTargets(), [&] { ++wakes; });
    desk.addPort("box");
    const std::array<std::uint8_t, 3> bytes{0xB0, 74, 5};
    for (int i = 0; i < 5; ++i) desk.heardMidi(0, bytes);
    EXPECT_EQ(wakes, 1);
    EXPECT_EQ(desk.take(0).moves.size(), 5U);
    desk.heardMidi(0, bytes);
    EXPECT_EQ(wakes, 2);
}

TEST(ControlDesk, APressKeepsItsPlaceAmongMovements) {
    ControlDesk desk(sampleTargets(), {});
    auto slider = mappingOf("slider.space", {SourceKind::controller, 1, 74});
    slider.takeOver = TakeOver::jump;
    desk.setMappings({slider, mappingOf("generate.one", {SourceKind::note, 1, 36})});
    desk.addPort("box");
    const std::vector<std::uint8_t> bytes{0xB0, 74, 10, 74, 20, 0x90, 36, 90, 36, 0, 0xB0, 74, 30, 74, 40};
    desk.heardMidi(0, bytes);
    const auto changes = desk.take(0).changes;
    ASSERT_EQ(changes.size(), 3U);
    EXPECT_DOUBLE_EQ(changes[0].value, 20.0 / 127);
    EXPECT_EQ(changes[1].kind, ControlChange::Kind::press);
    EXPECT_EQ(changes[1].target, "generate.one");
    EXPECT_DOUBLE_EQ(changes[2].value, 40.0 / 127);
}

TEST(ControlDesk, TwoPressesOfASwitchAreOnAndOff) {
    ControlDesk desk(sampleTargets(), {});
    desk.setMappings({mappingOf("transport.loop", {SourceKind::note, 1, 36})});
    desk.addPort("box");
    const std::vector<std::uint8_t> bytes{0x90, 36, 90, 36, 0, 36, 90, 36, 0};
    desk.heardMidi(0, bytes);
    const auto changes = desk.take(0).changes;
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].value, 1);
    EXPECT_EQ(changes[1].value, 0);
}

TEST(ControlDesk, MappingsOfUnknownTargetsDoNothingAndOthersKeepTheirNumber) {
    ControlDesk desk(sampleTargets(), {});
    auto slider = mappingOf("slider.space", {SourceKind::controller, 1, 74});
    desk.setMappings({mappingOf("record.take", {SourceKind::controller, 1, 74}), slider});
    desk.addPort("box");
    const std::vector<std::uint8_t> bytes{0xB0, 74, 10};
    desk.heardMidi(0, bytes);
    const auto changes = desk.take(0).changes;
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].origin.mapping, 1U);
}

TEST(ControlDesk, LearnsAndMovesNothingMeanwhile) {
    ControlDesk desk(sampleTargets(), {});
    desk.setMappings({mappingOf("slider.space", {SourceKind::controller, 1, 74})});
    desk.addPort("box");
    desk.learn(*findTarget(desk.targets(), "slider.warmth"));
    EXPECT_TRUE(desk.learning());
    const std::vector<std::uint8_t> bytes{0xB0, 74, 10, 74, 15, 74, 25};
    desk.heardMidi(0, bytes);
    const TakenControls taken = desk.take(0);
    EXPECT_TRUE(taken.changes.empty());
    ASSERT_TRUE(taken.learned);
    EXPECT_EQ(taken.learned->target, "slider.warmth");
    EXPECT_FALSE(desk.learning());
}

}  // namespace
}  // namespace smidgen::testing
