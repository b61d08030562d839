#include <gtest/gtest.h>

#include <chrono>
#include <mutex>
#include <thread>

#include "engine/playback/clip_source.h"
#include "engine/playback/renderer.h"
#include "engine/playback/stream_source.h"
#include "realtime_guard.h"
#include "sounds.h"

namespace smidgen::testing {
namespace {

TEST(Realtime, GuardSeesAllocationsReleasesAndLocks) {
    std::mutex mutex;
    const int before = RealtimeGuard::allocations();
    const int locksBefore = RealtimeGuard::locks();
    {
        const RealtimeGuard guard;
        int* volatile number = new int(1);
        delete number;
        const std::lock_guard lock(mutex);
    }
    int* volatile unwatched = new int(1);
    delete unwatched;
    EXPECT_EQ(RealtimeGuard::allocations() - before, 2);
    EXPECT_EQ(RealtimeGuard::locks() - locksBefore, RealtimeGuard::watchesLocks() ? 1 : 0);
}

/// Everything a person can ask for, between callbacks, with a clip and then with a stream.
TEST(Realtime, CallbackNeitherAllocatesNorReleasesNorLocks) {
    const auto sound = noise(2, 400000, 41);
    ClipSource clip(sound);
    StreamSource stream(makeBufferFeed(sound));
    Renderer renderer;
    renderer.prepare(48000);
    std::vector<float> left(1024), right(1024);
    float* outputs[2] = {left.data(), right.data()};
    float heard = 0;

    const int allocations = RealtimeGuard::allocations();
    const int locks = RealtimeGuard::locks();
    const auto callbacks = [&](int count) {
        for (int i = 0; i < count; ++i) {
            {
                const RealtimeGuard guard;
                renderer.render(outputs, 2, 1024);
            }
            for (const float x : left) heard = std::max(heard, x);
            std::this_thread::sleep_for(std::chrono::microseconds(200));  // the reader thread's share
        }
    };

    callbacks(3);
    for (Source* source : {static_cast<Source*>(&clip), static_cast<Source*>(&stream)}) {
        renderer.change(source);
        renderer.play();
        callbacks(20);
        renderer.seek(300000);
        callbacks(10);
        renderer.setLoop({300000, 305000});
        renderer.setGain(0.5F);
        callbacks(20);
        renderer.startTone();
        renderer.pause();
        callbacks(10);
        renderer.play();
        renderer.setLoop({});
        callbacks(5);
        renderer.seek(399000);
        callbacks(10);
        renderer.stop();
        callbacks(5);
        for (int i = 0; i < 1000; ++i) renderer.seek(i);  // more than the queue was made for
        callbacks(5);
    }
    renderer.change(nullptr);
    callbacks(5);

    EXPECT_EQ(RealtimeGuard::allocations(), allocations);
    EXPECT_EQ(RealtimeGuard::locks(), locks);
    EXPECT_GT(heard, 0.4F);
    EXPECT_TRUE(clip.retired);
    EXPECT_TRUE(stream.retired);
}

}  // namespace
}  // namespace smidgen::testing
