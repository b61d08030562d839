#include <gtest/gtest.h>

#include <chrono>
#include <semaphore>
#include <thread>

#include "engine/playback/stream_source.h"
#include "renderer_rig.h"

namespace smidgen::testing {
namespace {

constexpr int kBlock = StreamSource::kBlockFrames;
constexpr auto kPatience = std::chrono::seconds(10);

/// Plays a stream through a renderer. The test is the audio thread: unless told otherwise it gives the reader
/// the time a device would leave it.
class StreamRig {
 public:
    explicit StreamRig(std::unique_ptr<SampleFeed> feed) : source(std::move(feed)) {
        renderer.prepare(48000);
        renderer.change(&source);
        renderer.settle();
    }

    [[nodiscard]] bool waitUntilReady(PlayLoop loop = {}) {
        const auto end = std::chrono::steady_clock::now() + kPatience;
        while (std::chrono::steady_clock::now() < end) {
            const auto position = renderer.position();
            source.plan({position, position, loop});
            if (source.ready()) return true;
            std::this_thread::yield();
        }
        return false;
    }
    void run(int frames) {
        const auto start = left.size();
        left.resize(start + static_cast<std::size_t>(frames));
        right.resize(left.size());
        float* outputs[2] = {left.data() + start, right.data() + start};
        renderer.render(outputs, 2, frames);
    }
    [[nodiscard]] bool runPatiently(int frames, PlayLoop loop = {}) {
        for (int done = 0; done < frames; done += 250) {
            if (!waitUntilReady(loop)) return false;
            run(std::min(250, frames - done));
        }
        return true;
    }

    StreamSource source;
    Renderer renderer;
    std::vector<float> left, right;
};

/// Gives blocks only as the test allows; `broken` ends it early with an error.
class GatedFeed final : public SampleFeed {
 public:
    GatedFeed(std::shared_ptr<const AudioBuffer> sound, std::counting_semaphore<>& gate)
        : m_feed(makeBufferFeed(std::move(sound))), m_gate(gate) {}
    [[nodiscard]] int rate() const override { return m_feed->rate(); }
    [[nodiscard]] std::int64_t length() const override { return m_feed->length(); }
    [[nodiscard]] Result<int> read(std::int64_t start, float* left, float* right, int frames) override {
        m_gate.acquire();
        return m_feed->read(start, left, right, frames);
    }

 private:
    std::unique_ptr<SampleFeed> m_feed;
    std::counting_semaphore<>& m_gate;
};

class BreakingFeed final : public SampleFeed {
 public:
    explicit BreakingFeed(std::shared_ptr<const AudioBuffer> sound)
        : m_feed(makeBufferFeed(std::move(sound))) {}
    [[nodiscard]] int rate() const override { return m_feed->rate(); }
    [[nodiscard]] std::int64_t length() const override { return m_feed->length(); }
    [[nodiscard]] Result<int> read(std::int64_t start, float* left, float* right, int frames) override {
        if (start >= 3 * kBlock) return failure(ErrorCode::unusableInput, "The file breaks off.");
        return m_feed->read(start, left, right, frames);
    }

 private:
    std::unique_ptr<SampleFeed> m_feed;
};

TEST(StreamSource, StreamsALongSoundSampleForSample) {
    const auto sound = noise(2, 200 * kBlock + 77, 31);
    StreamRig rig(makeBufferFeed(sound));
    rig.renderer.play();
    const int length = static_cast<int>(sound->length().value);
    ASSERT_TRUE(rig.runPatiently(length));
    rig.run(100);
    EXPECT_EQ(slice(rig.left, 0, sound->channels[0].size()), sound->channels[0]);
    EXPECT_EQ(slice(rig.right, 0, sound->channels[1].size()), sound->channels[1]);
    EXPECT_EQ(rig.renderer.gaps(), 0);
    EXPECT_TRUE(rig.renderer.takeFinished());
}

TEST(StreamSource, SeeksExactlyFarAheadAndBack) {
    const auto sound = noise(1, 200 * kBlock, 32);
    StreamRig rig(makeBufferFeed(sound));
    rig.renderer.play();
    ASSERT_TRUE(rig.runPatiently(1000));
    for (const std::int64_t target : {150 * kBlock + 3, 20 * kBlock - 1, 150 * kBlock + 900, kBlock}) {
        rig.renderer.seek(target);
        rig.run(kRamp);
        rig.run(1);  // performs the jump; sounds once the blocks are there
        while (rig.renderer.position() == target) {
            ASSERT_TRUE(rig.waitUntilReady());
            rig.run(1);
        }
        ASSERT_TRUE(rig.runPatiently(2 * kBlock));
        const auto position = rig.renderer.position();
        const auto tail = static_cast<std::size_t>(position - target - kRamp);
        EXPECT_EQ(slice(rig.left, rig.left.size() - tail, rig.left.size()),
                  slice(sound->channels[0], static_cast<std::size_t>(target + kRamp),
                        static_cast<std::size_t>(position)));
    }
    EXPECT_EQ(rig.renderer.gaps(), 0);
}

TEST(StreamSource, LoopsShorterAndLongerThanTheReadAheadAreExact) {
    const auto sound = noise(1, 200 * kBlock, 33);
    for (const PlayLoop loop : {PlayLoop{500, 900}, PlayLoop{kBlock - 5, 3 * kBlock + 5},
                                PlayLoop{10 * kBlock + 1, 60 * kBlock + 2}}) {
        StreamRig rig(makeBufferFeed(sound));
        rig.renderer.setLoop(loop);
        rig.renderer.play();
        const int frames = static_cast<int>(loop.end + 2 * (loop.end - loop.start)) + 100;
        ASSERT_TRUE(rig.runPatiently(frames, loop));
        for (std::int64_t i = 0; i < frames; ++i) {
            const auto at = i < loop.end ? i : loop.start + (i - loop.end) % (loop.end - loop.start);
            ASSERT_EQ(rig.left[static_cast<std::size_t>(i)], sound->channels[0][static_cast<std::size_t>(at)])
                << i;
        }
        EXPECT_EQ(rig.renderer.gaps(), 0);
    }
}

TEST(StreamSource, ALoopSetWhilePlayingTakesEffectAtItsEnd) {
    const auto sound = noise(1, 100 * kBlock, 34);
    StreamRig rig(makeBufferFeed(sound));
    rig.renderer.play();
    ASSERT_TRUE(rig.runPatiently(5 * kBlock));
    const PlayLoop loop{2 * kBlock, 7 * kBlock};
    rig.renderer.setLoop(loop);
    ASSERT_TRUE(rig.runPatiently(4 * kBlock, loop));
    EXPECT_EQ(slice(rig.left, 7 * kBlock, 9 * kBlock), slice(sound->channels[0], 2 * kBlock, 4 * kBlock));
    EXPECT_EQ(rig.renderer.gaps(), 0);
}

TEST(StreamSource, LateSamplesAreSilentCountedAndTheRestStaysInPlace) {
    const auto sound = noise(1, 50 * kBlock, 35);
    std::counting_semaphore<> gate(4);  // blocks 0 to 3
    StreamRig rig(std::make_unique<GatedFeed>(sound, gate));
    const struct Opener {  // the reader must not wait for ever when an assertion fails
        std::counting_semaphore<>& gate;
        ~Opener() { gate.release(1000); }
    } opener{gate};
    rig.renderer.play();
    ASSERT_TRUE(rig.runPatiently(2 * kBlock + 250));
    while (rig.renderer.position() < 3 * kBlock - 250) {
        ASSERT_TRUE(rig.waitUntilReady());
        rig.run(250);
    }
    rig.run(3 * kBlock - static_cast<int>(rig.renderer.position()));
    for (int i = 0; i < 24; ++i) rig.run(kBlock / 8);  // blocks 3, 4, 5: the last two do not come
    EXPECT_EQ(rig.renderer.gaps(), 1);
    EXPECT_EQ(rig.renderer.position(), 6 * kBlock);
    gate.release(1000);
    ASSERT_TRUE(rig.waitUntilReady());
    rig.run(kBlock);
    EXPECT_EQ(slice(rig.left, 0, 4 * kBlock), slice(sound->channels[0], 0, 4 * kBlock));
    EXPECT_EQ(slice(rig.left, 4 * kBlock, 6 * kBlock), std::vector<float>(2 * kBlock, 0.0F));
    EXPECT_EQ(slice(rig.left, 6 * kBlock, 7 * kBlock), slice(sound->channels[0], 6 * kBlock, 7 * kBlock));
    EXPECT_EQ(rig.renderer.gaps(), 1);
}

TEST(StreamSource, ASoundThatBreaksOffEndsThereWithASentence) {
    const auto sound = noise(1, 50 * kBlock, 36);
    StreamRig rig(std::make_unique<BreakingFeed>(sound));
    rig.renderer.play();
    ASSERT_TRUE(rig.runPatiently(3 * kBlock));
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (!rig.renderer.takeFinished() && std::chrono::steady_clock::now() < end) rig.run(1);
    EXPECT_EQ(rig.source.length(), 3 * kBlock);
    EXPECT_EQ(rig.source.problem(), "The file breaks off.");
    EXPECT_EQ(slice(rig.left, 0, 3 * kBlock), slice(sound->channels[0], 0, 3 * kBlock));
    EXPECT_EQ(rig.renderer.state(), TransportState::stopped);
}

}  // namespace
}  // namespace smidgen::testing
