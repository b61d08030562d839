#include "engine/playback/message_loop.h"

#include <gtest/gtest.h>
#include <juce_events/juce_events.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace smidgen::testing {
namespace {

/// What a window toolkit does: waits for any of the descriptors, and dispatches those that are ready. False
/// when none was ready within two seconds.
bool serveOnce(MessageLoop& loop) {
    std::vector<pollfd> polled;
    for (const int descriptor : loop.descriptors()) polled.push_back({descriptor, POLLIN, 0});
    if (::poll(polled.data(), polled.size(), 2000) <= 0) return false;
    for (const auto& entry : polled)
        if (entry.revents != 0) loop.dispatch(entry.fd);
    return true;
}

TEST(MessageLoop, MessagesOfAnotherThreadArriveThroughAForeignLoop) {
    MessageLoop loop;
    ASSERT_FALSE(loop.descriptors().empty());
    int received = 0;
    std::thread::id receiver;
    std::thread sender([&] {
        for (int i = 0; i < 300; ++i)
            juce::MessageManager::callAsync([&] {
                ++received;
                receiver = std::this_thread::get_id();
            });
    });
    while (received < 300 && serveOnce(loop)) {
    }
    sender.join();
    EXPECT_EQ(received, 300);
    EXPECT_EQ(receiver, std::this_thread::get_id());
}

TEST(MessageLoop, TimersRunThroughAForeignLoop) {
    MessageLoop loop;
    struct Counter : juce::Timer {
        int ticks = 0;
        void timerCallback() override { ++ticks; }
    } counter;
    counter.startTimer(5);
    while (counter.ticks < 3 && serveOnce(loop)) {
    }
    EXPECT_GE(counter.ticks, 3);
}

TEST(MessageLoop, TellsWhenDescriptorsComeAndGo) {
    MessageLoop loop;
    std::atomic<int> changes{0};
    loop.onDescriptorsChanged([&changes] { ++changes; });
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    char read = 0;
    juce::LinuxEventLoop::registerFdCallback(
        pipe[0], [&read](int descriptor) { EXPECT_EQ(::read(descriptor, &read, 1), 1); });
    EXPECT_EQ(changes, 1);
    const auto with = loop.descriptors();
    EXPECT_NE(std::find(with.begin(), with.end(), pipe[0]), with.end());
    ASSERT_EQ(::write(pipe[1], "x", 1), 1);
    while (read != 'x' && serveOnce(loop)) {
    }
    EXPECT_EQ(read, 'x');
    juce::LinuxEventLoop::unregisterFdCallback(pipe[0]);
    EXPECT_EQ(changes, 2);
    const auto without = loop.descriptors();
    EXPECT_EQ(std::find(without.begin(), without.end(), pipe[0]), without.end());
    loop.onDescriptorsChanged({});
    ::close(pipe[0]);
    ::close(pipe[1]);
}

TEST(MessageLoop, RunForServesMessages) {
    MessageLoop loop;
    bool received = false;
    juce::MessageManager::callAsync([&received] { received = true; });
    loop.runFor(20);
    EXPECT_TRUE(received);
}

TEST(MessageLoop, CanBeMadeAgainAfterItsEnd) {
    for (int i = 0; i < 3; ++i) {
        MessageLoop loop;
        bool received = false;
        juce::MessageManager::callAsync([&received] { received = true; });
        while (!received && serveOnce(loop)) {
        }
        EXPECT_TRUE(received);
    }
}

TEST(MessageLoop, LeavesTheProgramsInterruptHandlerAlone) {
    struct sigaction ours {};
    ours.sa_handler = [](int) {};
    ASSERT_EQ(::sigaction(SIGINT, &ours, nullptr), 0);
    // What makes JUCE take itself for the whole program and install a handler of its own.
    juce::JUCEApplicationBase::createInstance = []() -> juce::JUCEApplicationBase* { return nullptr; };
    {
        MessageLoop loop;
        struct sigaction now {};
        ::sigaction(SIGINT, nullptr, &now);
        EXPECT_EQ(now.sa_handler, ours.sa_handler);
    }
    juce::JUCEApplicationBase::createInstance = nullptr;
    ::signal(SIGINT, SIG_DFL);
}

}  // namespace
}  // namespace smidgen::testing
