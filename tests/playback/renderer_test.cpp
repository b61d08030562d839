#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "renderer_rig.h"

namespace smidgen::testing {
namespace {

bool allZero(const std::vector<float>& samples) {
    return std::all_of(samples.begin(), samples.end(), [](float x) { return x == 0.0F; });
}

TEST(Renderer, PlaysAnItemSampleForSampleWithoutAnyFade) {
    for (const int block : {1, 7, 256, 480, 4096}) {
        RendererRig rig(block);
        const auto sound = noise(2, 3000, 1);
        rig.load(sound);
        rig.renderer.play();
        rig.run(4000);
        EXPECT_EQ(slice(rig.left, 0, 3000), sound->channels[0]) << block;
        EXPECT_EQ(slice(rig.right, 0, 3000), sound->channels[1]) << block;
        EXPECT_TRUE(allZero(slice(rig.left, 3000, 4000)));
        EXPECT_TRUE(rig.renderer.takeFinished());
        EXPECT_FALSE(rig.renderer.takeFinished());
        EXPECT_EQ(rig.renderer.state(), TransportState::stopped);
        EXPECT_EQ(rig.renderer.position(), 3000);
    }
}

TEST(Renderer, MonoGoesToBothSides) {
    RendererRig rig;
    const auto sound = noise(1, 1000, 2);
    rig.load(sound);
    rig.renderer.play();
    rig.run(1000);
    EXPECT_EQ(rig.left, sound->channels[0]);
    EXPECT_EQ(rig.right, sound->channels[0]);
}

TEST(Renderer, ASingleOutputCarriesTheMeanAndFurtherOutputsAreSilent) {
    const auto sound = noise(2, 600, 3);
    RendererRig rig;
    rig.load(sound);
    rig.renderer.play();
    std::vector<float> out(600);
    float* single[1] = {out.data()};
    rig.renderer.render(single, 1, 600);
    for (std::size_t i = 0; i < 600; ++i)
        ASSERT_EQ(out[i], 0.5F * (sound->channels[0][i] + sound->channels[1][i]));

    rig.load(sound);
    rig.renderer.play();
    std::vector<float> four[4];
    float* outputs[4];
    for (int c = 0; c < 4; ++c) {
        four[c].assign(600, 9.0F);
        outputs[c] = four[c].data();
    }
    rig.renderer.render(outputs, 4, 600);
    EXPECT_EQ(four[0], sound->channels[0]);
    EXPECT_EQ(four[1], sound->channels[1]);
    EXPECT_TRUE(allZero(four[2]) && allZero(four[3]));
}

TEST(Renderer, PauseAndResumeRampOverFiveMillisecondsAndLoseNothing) {
    RendererRig rig;
    rig.load(constant(1.0F, 48000));
    rig.renderer.play();
    rig.run(512);
    rig.renderer.pause();
    EXPECT_EQ(rig.renderer.state(), TransportState::paused);
    rig.run(512);
    EXPECT_EQ(rig.renderer.position(), 512 + kRamp);
    EXPECT_TRUE(allZero(slice(rig.left, 512 + kRamp - 1, 1024)));
    EXPECT_GT(rig.left[512 + kRamp - 2], 0.0F);
    rig.renderer.play();
    rig.run(512);
    EXPECT_LE(largestStep(rig.left), 1.0F / kRamp + 1e-6F);
    EXPECT_EQ(rig.left[1024 + kRamp - 1], 1.0F);
    EXPECT_EQ(rig.renderer.position(), 1024 + kRamp);
}

TEST(Renderer, ResumedSoundContinuesWhereThePauseEnded) {
    RendererRig rig;
    const auto sound = noise(1, 9000, 4);
    rig.load(sound);
    rig.renderer.play();
    rig.run(512);
    rig.renderer.pause();
    rig.run(512);
    rig.forget();
    rig.renderer.play();
    rig.run(1000);
    const std::size_t resumed = 512 + kRamp;
    EXPECT_EQ(slice(rig.left, kRamp, 1000), slice(sound->channels[0], resumed + kRamp, resumed + 1000));
}

TEST(Renderer, PlayDuringTheFadeOutTurnsRoundWithoutAJump) {
    RendererRig rig(64);
    rig.load(constant(1.0F, 48000));
    rig.renderer.play();
    rig.run(256);
    rig.renderer.pause();
    rig.run(128);
    rig.renderer.play();
    rig.run(512);
    EXPECT_LE(largestStep(rig.left), 1.0F / kRamp + 1e-6F);
    EXPECT_NEAR(*std::min_element(rig.left.begin(), rig.left.end()), 1.0F - 128.0F / kRamp, 1e-6F);
}

TEST(Renderer, SeekIsExactAndRampsOnBothSides) {
    RendererRig rig;
    const auto sound = noise(2, 20000, 5);
    rig.load(sound);
    rig.renderer.play();
    rig.run(1024);
    rig.renderer.seek(12345);
    EXPECT_EQ(rig.renderer.position(), 12345);
    rig.forget();
    rig.run(2048);
    for (std::size_t i = 0; i < kRamp; ++i) {
        const float down = static_cast<float>(kRamp - 1 - static_cast<int>(i)) / kRamp;
        const float up = static_cast<float>(i + 1) / kRamp;
        ASSERT_EQ(rig.left[i], sound->channels[0][1024 + i] * down);
        ASSERT_EQ(rig.left[kRamp + i], sound->channels[0][12345 + i] * up);
    }
    EXPECT_EQ(slice(rig.right, 2 * kRamp, 2048),
              slice(sound->channels[1], 12345 + kRamp, 12345 + 2048 - kRamp));
}

TEST(Renderer, SeekToTheStartBeginsWithoutAFade) {
    RendererRig rig;
    const auto sound = noise(1, 20000, 6);
    rig.load(sound);
    rig.renderer.play();
    rig.run(1024);
    rig.renderer.seek(0);
    rig.forget();
    rig.run(2000);
    EXPECT_EQ(slice(rig.left, kRamp, 2000), slice(sound->channels[0], 0, 2000 - kRamp));
}

TEST(Renderer, LoopIsSampleAccurateAndItsSeamUntouched) {
    for (const int block : {1, 100, 256, 1000}) {
        RendererRig rig(block);
        const auto sound = noise(2, 5000, 7);
        rig.load(sound);
        rig.renderer.setLoop({1000, 1777});
        rig.renderer.play();
        rig.run(6000);
        for (std::size_t i = 0; i < 6000; ++i) {
            const std::size_t at = i < 1777 ? i : 1000 + (i - 1777) % 777;
            ASSERT_EQ(rig.left[i], sound->channels[0][at]) << i;
            ASSERT_EQ(rig.right[i], sound->channels[1][at]) << i;
        }
        EXPECT_EQ(rig.renderer.state(), TransportState::playing);
    }
}

TEST(Renderer, WholeItemLoopsWithoutAFade) {
    RendererRig rig;
    const auto sound = noise(1, 1000, 8);
    rig.load(sound);
    rig.renderer.setLoop({0, 1000});
    rig.renderer.play();
    rig.run(2500);
    for (std::size_t i = 0; i < 2500; ++i) ASSERT_EQ(rig.left[i], sound->channels[0][i % 1000]) << i;
}

TEST(Renderer, LoopSwitchedOffPlaysOnToTheEnd) {
    RendererRig rig;
    const auto sound = noise(1, 3000, 9);
    rig.load(sound);
    rig.renderer.setLoop({0, 1000});
    rig.renderer.play();
    rig.run(1500);
    rig.renderer.setLoop({});
    rig.forget();
    rig.run(3000);
    EXPECT_EQ(slice(rig.left, 0, 2500), slice(sound->channels[0], 500, 3000));
    EXPECT_TRUE(rig.renderer.takeFinished());
}

TEST(Renderer, GainRampsAndIsExactAfterwards) {
    RendererRig rig;
    rig.load(constant(0.5F, 9000));
    rig.renderer.play();
    rig.run(256);
    rig.renderer.setGain(0.5F);
    rig.run(1024);
    EXPECT_EQ(rig.left[255], 0.5F);
    EXPECT_LE(largestStep(rig.left), 0.25F / kRamp + 1e-6F);
    for (std::size_t i = 256 + kRamp; i < 1280; ++i) ASSERT_EQ(rig.left[i], 0.25F);
    rig.renderer.setGain(1.0F);
    rig.run(1024);
    EXPECT_EQ(rig.left.back(), 0.5F);
}

TEST(Renderer, AnotherItemFadesTheFirstOutAndGivesItBack) {
    RendererRig rig;
    const auto& first = rig.load(constant(1.0F, 9000));
    rig.renderer.play();
    rig.run(256);
    const auto sound = noise(1, 2000, 10);
    rig.load(sound);
    EXPECT_FALSE(first.retired);
    EXPECT_EQ(rig.renderer.state(), TransportState::stopped);
    EXPECT_EQ(rig.renderer.position(), 0);
    rig.renderer.play();
    rig.run(1024);
    EXPECT_TRUE(first.retired);
    EXPECT_LE(largestStep(slice(rig.left, 0, 256 + kRamp)), 1.0F / kRamp + 1e-6F);
    EXPECT_EQ(slice(rig.left, 256 + kRamp, 1280), slice(sound->channels[0], 0, 1024 - kRamp));
}

TEST(Renderer, StopRampsAndGoesBackToTheStart) {
    RendererRig rig;
    rig.load(constant(1.0F, 9000));
    rig.renderer.play();
    rig.run(1000);
    rig.renderer.stop();
    EXPECT_EQ(rig.renderer.position(), 0);
    rig.run(1000);
    EXPECT_LE(largestStep(rig.left), 1.0F / kRamp + 1e-6F);
    EXPECT_EQ(rig.renderer.position(), 0);
    EXPECT_FALSE(rig.renderer.takeFinished());
    EXPECT_FALSE(rig.renderer.sounding());
}

TEST(Renderer, RequestsWithoutADeviceTakeEffectAtOnce) {
    RendererRig rig;
    const auto& first = rig.load(constant(1.0F, 9000));
    rig.load(constant(1.0F, 9000));
    rig.renderer.seek(4000);
    rig.renderer.settle();
    EXPECT_TRUE(first.retired);
    EXPECT_EQ(rig.renderer.position(), 4000);
    rig.renderer.play();
    rig.run(600);
    EXPECT_EQ(rig.renderer.position(), 4600);
}

TEST(Renderer, NonFiniteSamplesBecomeSilence) {
    auto sound = std::make_shared<AudioBuffer>(*constant(0.5F, 1000));
    sound->channels[0][10] = std::numeric_limits<float>::quiet_NaN();
    sound->channels[0][11] = std::numeric_limits<float>::infinity();
    RendererRig rig;
    rig.load(sound);
    rig.renderer.play();
    rig.run(48000);
    EXPECT_EQ(rig.left[10], 0.0F);
    EXPECT_EQ(rig.left[11], 0.0F);
    EXPECT_EQ(rig.left[12], 0.5F);
    EXPECT_EQ(rig.renderer.meters().read().momentaryLufs, -120.0F);
}

TEST(Renderer, TestToneAlternatesBetweenTheSides) {
    RendererRig rig;
    rig.renderer.startTone();
    rig.run(50000);
    const auto peak = [](const std::vector<float>& samples) {
        float highest = 0;
        for (const float x : samples) highest = std::max(highest, std::abs(x));
        return highest;
    };
    for (std::size_t burst = 0; burst < 4; ++burst) {
        const auto left = slice(rig.left, burst * 12000, (burst + 1) * 12000);
        const auto right = slice(rig.right, burst * 12000, (burst + 1) * 12000);
        EXPECT_NEAR(peak(burst % 2 == 0 ? left : right), 0.1F, 1e-6F);  // −20 dBFS
        EXPECT_EQ(peak(burst % 2 == 0 ? right : left), 0.0F);
    }
    int rises = 0;
    for (std::size_t i = 1; i < 12000; ++i) rises += rig.left[i - 1] < 0 && rig.left[i] >= 0 ? 1 : 0;
    EXPECT_NEAR(rises, 250, 1);
    EXPECT_TRUE(allZero(slice(rig.left, 48000, 50000)));
    // A full sine steps by at most 2 sin(π f / rate) of its amplitude.
    EXPECT_LE(largestStep(rig.left), 0.1F * 2 * std::sin(3.14159265F * 1000 / 48000) + 0.1F / kRamp);
}

}  // namespace
}  // namespace smidgen::testing
