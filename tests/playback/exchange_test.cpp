// One sound takes another's place while it plays.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "renderer_rig.h"

namespace smidgen::testing {
namespace {

constexpr int kFade = 1440;  ///< 30 ms at 48 kHz

ClipSource& exchange(RendererRig& rig, std::shared_ptr<const AudioBuffer> sound) {
    rig.sources.push_back(std::make_unique<ClipSource>(std::move(sound)));
    rig.renderer.exchange(rig.sources.back().get());
    return static_cast<ClipSource&>(*rig.sources.back());
}

std::shared_ptr<const AudioBuffer> sine(double amplitude, int frames, double hertz = 100) {
    auto sound = std::make_shared<AudioBuffer>(1, Samples(frames));
    for (int i = 0; i < frames; ++i)
        sound->channels[0][static_cast<std::size_t>(i)] =
            static_cast<float>(amplitude * std::sin(2 * std::numbers::pi * hertz * i / 48000));
    return sound;
}

TEST(Exchange, OneSoundGoesOverIntoTheOtherAtTheSamePlace) {
    for (const int block : {1, 100, 256, 4096}) {
        RendererRig rig(block);
        const auto first = noise(2, 20000, 1), second = noise(2, 20000, 2);
        auto& before = rig.load(first);
        rig.renderer.play();
        rig.run(5000);
        auto& after = exchange(rig, second);
        rig.run(15000);
        for (std::size_t i = 0; i < 20000; ++i) {
            const double way = std::clamp((static_cast<double>(i) - 4999) / kFade, 0.0, 1.0);
            const double share = 0.5 - 0.5 * std::cos(std::numbers::pi * way);
            const auto at = [&](std::size_t c) {
                return (1 - share) * first->channels[c][i] + share * second->channels[c][i];
            };
            ASSERT_NEAR(rig.left[i], at(0), 1e-6) << i;
            ASSERT_NEAR(rig.right[i], at(1), 1e-6) << i;
        }
        EXPECT_TRUE(before.retired.load());
        EXPECT_FALSE(after.retired.load());
        rig.run(1);
        EXPECT_TRUE(rig.renderer.takeFinished());
    }
}

TEST(Exchange, AHundredInARowMakeNoStepAboveTheSounds) {
    RendererRig rig(64);
    rig.load(sine(0.5, 48000));
    rig.renderer.play();
    for (int i = 0; i < 100; ++i) {
        rig.run(400);  // less than a fade
        exchange(rig, sine(i % 2 == 0 ? 0.1 : 0.5, 48000));
    }
    rig.run(48000 - 40000);
    // Of the sine itself; the fade of 0.4 over 30 ms adds at most π/2 · 0.4 / 1440.
    EXPECT_LT(largestStep(rig.left), 0.5 * 2 * std::numbers::pi * 100 / 48000 + 0.7 / kFade);
    int kept = 0;
    for (const auto& source : rig.sources) kept += source->retired.load() ? 0 : 1;
    EXPECT_EQ(kept, 1);
}

TEST(Exchange, APauseWithinTheFadeRampsBoth) {
    RendererRig rig(64);
    rig.load(sine(0.5, 48000));
    rig.renderer.play();
    rig.run(4096);
    exchange(rig, sine(-0.5, 48000));
    rig.run(704);
    rig.renderer.pause();
    rig.run(1000);
    EXPECT_LT(largestStep(rig.left), 0.012);
    EXPECT_EQ(rig.left.back(), 0.0F);
    EXPECT_TRUE(rig.sources.front()->retired.load());
    // It goes on as the second sound.
    const auto position = static_cast<std::size_t>(rig.renderer.position());
    rig.renderer.play();
    rig.run(2000);
    const auto expected = sine(-0.5, 48000);
    EXPECT_EQ(rig.left.back(), expected->channels[0][position + 1999]);
}

TEST(Exchange, AtRestItTakesEffectAtOnceAndTheLoopStays) {
    RendererRig rig;
    rig.load(noise(2, 4000, 3));
    const auto second = noise(2, 4000, 4);
    rig.renderer.setLoop({1000, 2000});
    exchange(rig, second);
    rig.renderer.play();
    rig.run(3000);
    EXPECT_EQ(slice(rig.left, 0, 2000), slice(second->channels[0], 0, 2000));
    EXPECT_EQ(slice(rig.left, 2000, 3000), slice(second->channels[0], 1000, 2000));
}

TEST(Exchange, ASoundThatIsOverSoonerEndsThere) {
    RendererRig rig(64);
    rig.load(sine(0.5, 48000));
    rig.renderer.play();
    rig.run(9600);
    exchange(rig, sine(0.5, 4800));
    rig.run(640);
    EXPECT_TRUE(rig.renderer.takeFinished());
    // And one that goes on longer is played to its own end.
    RendererRig other(64);
    other.load(sine(0.5, 4800));
    other.renderer.play();
    other.run(4160);
    exchange(other, sine(0.5, 9600));
    other.run(4800);
    EXPECT_FALSE(other.renderer.takeFinished());
    other.run(1000);
    EXPECT_TRUE(other.renderer.takeFinished());
}

TEST(Exchange, ALoadAfterwardsLetsGoOfAllOfThem) {
    RendererRig rig(64);
    rig.load(sine(0.5, 48000));
    rig.renderer.play();
    rig.run(4096);
    exchange(rig, sine(0.4, 48000));
    rig.run(128);
    exchange(rig, sine(0.3, 48000));
    rig.load(sine(0.2, 48000));
    rig.run(1024);
    for (std::size_t i = 0; i + 1 < rig.sources.size(); ++i) EXPECT_TRUE(rig.sources[i]->retired.load()) << i;
    EXPECT_FALSE(rig.sources.back()->retired.load());
}

}  // namespace
}  // namespace smidgen::testing
