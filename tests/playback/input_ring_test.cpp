// Between the input's callback and the thread that writes.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/playback/input_ring.h"
#include "realtime_guard.h"
#include "sounds.h"

namespace smidgen::testing {
namespace {

std::vector<float> popAll(InputRing& ring, std::int64_t* lost = nullptr) {
    std::vector<float> samples;
    InputRing::Block block;
    while (ring.pop(block)) {
        samples.insert(samples.end(), block.samples.begin(),
                       block.samples.begin() + block.frames * ring.channels());
        if (lost != nullptr) *lost += block.lostBefore;
    }
    return samples;
}

TEST(InputRing, WhatWentInComesOutInterleaved) {
    const auto sound = noise(2, 5000, 81);
    for (const int channels : {1, 2}) {
        InputRing ring;
        ring.prepare(channels, 48000);
        for (int done = 0; done < 5000; done += 700) {
            const float* inputs[2] = {sound->channels[0].data() + done, sound->channels[1].data() + done};
            ring.push(inputs, 2, std::min(700, 5000 - done));
        }
        const auto out = popAll(ring);
        ASSERT_EQ(out.size(), 5000U * static_cast<std::size_t>(channels));
        for (std::size_t i = 0; i < out.size(); ++i) {
            const std::size_t n = static_cast<std::size_t>(channels);
            ASSERT_EQ(out[i], sound->channels[i % n][i / n]);
        }
        EXPECT_EQ(ring.frames(), 5000);
        EXPECT_EQ(ring.lostAtEnd(), 0);
    }
}

TEST(InputRing, AMissingInputAndWhatIsNoNumberAreSilence) {
    InputRing ring;
    ring.prepare(2, 48000);
    const float left[4] = {0.5F, std::numeric_limits<float>::quiet_NaN(),
                           std::numeric_limits<float>::infinity(), -0.5F};
    const float* inputs[2] = {left, nullptr};
    ring.push(inputs, 1, 4);
    EXPECT_EQ(popAll(ring), (std::vector<float>{0.5F, 0, 0, 0, 0, 0, -0.5F, 0}));
    EXPECT_NEAR(ring.meters().read().peakDb[0], 20 * std::log10(0.5), 1e-3);
}

TEST(InputRing, WhatDoesNotFitIsCountedAndComesAtItsPlace) {
    const auto sound = noise(1, 256, 82);
    const float* inputs[1] = {sound->channels[0].data()};
    InputRing ring;
    ring.prepare(1, 48000);
    std::int64_t pushed = 0;
    while (ring.lostAtEnd() < 3 * 256) {
        ring.push(inputs, 1, 256);
        pushed += 256;
        ASSERT_LT(pushed, 100LL * 48000) << "no ring is that large";
    }
    EXPECT_GT(pushed, 10 * 48000);
    std::int64_t lost = 0;
    const auto before = popAll(ring, &lost);
    EXPECT_EQ(lost, 0);
    ring.push(inputs, 1, 256);
    const auto after = popAll(ring, &lost);
    EXPECT_EQ(lost, 3 * 256);
    EXPECT_EQ(static_cast<std::int64_t>(before.size() + after.size()) + lost, ring.frames());
    EXPECT_EQ(ring.lostAtEnd(), 0);
}

TEST(InputRing, TheCallbackNeitherAllocatesNorLocksAlsoWhenFull) {
    const auto sound = noise(2, 1024, 83);
    const float* inputs[2] = {sound->channels[0].data(), sound->channels[1].data()};
    InputRing ring;
    ring.prepare(2, 48000);
    const int allocations = RealtimeGuard::allocations();
    const int locks = RealtimeGuard::locks();
    while (ring.lostAtEnd() == 0) {
        const RealtimeGuard guard;
        ring.push(inputs, 2, 1024);
    }
    EXPECT_EQ(RealtimeGuard::allocations(), allocations);
    EXPECT_EQ(RealtimeGuard::locks(), locks);
}

}  // namespace
}  // namespace smidgen::testing
