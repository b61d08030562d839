#include "storage/wavetable/batch_sampler.h"

#include <cstdio>

#include "storage/wavetable/cuda_blend.h"
#include "tests/storage/wavetable/material.h"

namespace smidgen::storage {
namespace {

using namespace testing;

std::unique_ptr<Cube> unevenCube() {
    auto cube = valueOf(Cube::sparse({.size = {4, 3, 3}}));
    for (std::size_t i = 0; i < 36; i += i % 4 == 0 ? 1 : 2) {
        const auto side = static_cast<std::uint32_t>(8 + i % 5);
        EXPECT_TRUE(cube->set(cube->layout().pointAt(i), noiseNode({side, 33, 2}, i)));
    }
    return cube;
}

TEST(BatchSampler, OnTheProcessorEqualsTheSampler) {
    const auto cube = unevenCube();
    auto batch = valueOf(BatchSampler::create(*cube, {}, ComputePlace::processor));
    EXPECT_EQ(ComputePlace::processor, batch.place());
    auto sampler = valueOf(Sampler::create(*cube));
    const auto places = valueOf(overPlane(cube->layout(), 1, 0.5, 9, 7));
    std::vector<float> all(places.size() * batch.shape().count());
    ASSERT_TRUE(batch.sample(places, all));
    for (std::size_t i = 0; i < places.size(); ++i)
        ASSERT_EQ(
            0, largestDifference(valueOf(sampler.sample(places[i]))->floats(),
                                 std::span(all).subspan(i * batch.shape().count(), batch.shape().count())));
    EXPECT_FALSE(batch.sample(places, std::span(all).first(5)));
}

/// On a machine without a device: that its absence is said. With one: that it computes the same.
TEST(BatchSampler, ACudaDeviceComputesTheSameOrIsSaidToBeAbsent) {
    const auto cube = unevenCube();
    auto device = BatchSampler::create(*cube, {}, ComputePlace::cuda);
    if (cuda::deviceCount() == 0) {
        std::printf("No CUDA device is here (%s); its results were not compared.\n",
                    cuda::isCompiledIn() ? "its code is compiled in" : "built without its code");
        ASSERT_FALSE(device);
        expectRefused(device.error(), ErrorCode::device);
        EXPECT_EQ(ComputePlace::processor, valueOf(BatchSampler::create(*cube)).place());
        return;
    }
    ASSERT_TRUE(device);
    auto processor = valueOf(BatchSampler::create(*cube, {}, ComputePlace::processor));
    Random random(9);
    std::vector<Coordinate> places(5000);
    for (Coordinate& place : places)
        place = {random.uniform(-0.5, 3.5), random.uniform(0, 2), random.uniform(0, 2)};
    std::vector<float> expected(places.size() * processor.shape().count());
    std::vector<float> found(expected.size());
    ASSERT_TRUE(processor.sample(places, expected));
    ASSERT_TRUE(device->sample(places, found));
    EXPECT_LE(largestDifference(expected, found), 1e-5);
}

}  // namespace
}  // namespace smidgen::storage
