// S9: sampling beside the yardstick that does the bare arithmetic at memory speed. Prints medians of CPU
// time.
//     wavetable_bench [YARDSTICK]      YARDSTICK: the built yardsticks/wavetable, run before and after
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "engine/foundation/random.h"
#include "storage/wavetable/cube.h"
#include "storage/wavetable/cube_snapshot.h"
#include "storage/wavetable/sampler.h"

namespace {

using namespace smidgen;
using namespace smidgen::storage;

double cpuSeconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

struct Times {
    double median = 0;
    double p99 = 0;
};

Times measured(int rounds, const std::function<void()>& work) {
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        const double before = cpuSeconds();
        work();
        times.push_back((cpuSeconds() - before) * 1e6);
    }
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[times.size() * 99 / 100]};
}

template <typename T>
T valueOf(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().sentence.c_str());
        std::exit(1);
    }
    return std::move(*result);
}

void require(const Status& status) {
    if (status) return;
    std::fprintf(stderr, "%s\n", status.error().sentence.c_str());
    std::exit(1);
}

std::unique_ptr<Cube> cubeOf(std::uint32_t side, const NodeShape& shape) {
    return valueOf(
        Cube::dense({.size = {side, side, side}}, shape, [](const GridPoint& p, std::span<float> out) {
            std::uint32_t n = p.x * 64 + p.y * 8 + p.z;
            for (float& value : out) value = static_cast<float>((n++ * 2654435761U) >> 8) * 1e-7F;
        }));
}

Coordinate somewhere(Random& random, double last) {
    return {random.uniform(0, last), random.uniform(0, last), random.uniform(0, last)};
}

void largeNodes() {
    const NodeShape shape{256, 256, 4};
    const auto cube = cubeOf(8, shape);
    auto sampler = valueOf(Sampler::create(*cube));
    std::vector<float> out(shape.count());
    Random random(1);
    const auto far = measured(300, [&] { require(sampler.sampleInto(somewhere(random, 6.999), out)); });
    const auto near = measured(300, [&] { require(sampler.sampleInto({3.3, 3.4, 3.6}, out)); });
    std::printf("trilinear over eight 256x256x4 nodes, random cell: median %.0f us, p99 %.0f us, %.1f GB/s\n",
                far.median, far.p99, 9 * 1048576.0 / far.median / 1e3);
    std::printf("the same, one cell (cache):                        median %.0f us, p99 %.0f us\n",
                near.median, near.p99);
    const auto snapshot = valueOf(CubeSnapshot::create(*cube, shape));
    std::vector<float> row(shape.rowCount());
    const auto rows = measured(20000, [&] {
        if (!snapshot->readRow(somewhere(random, 6.999), static_cast<std::uint32_t>(random.below(256)), row))
            std::abort();
    });
    std::printf("one row (1024 floats) from a snapshot, random:     median %.2f us, p99 %.2f us\n",
                rows.median, rows.p99);
}

void melNodes() {
    const auto cube = cubeOf(4, {128, 256, 1});
    auto sampler = valueOf(Sampler::create(*cube));
    std::vector<float> out(sampler.shape().count());
    Random random(2);
    const auto times = measured(2000, [&] { require(sampler.sampleInto(somewhere(random, 2.999), out)); });
    std::printf("one 128x256 mel node:                              median %.1f us (goal 60 us)\n",
                times.median);
}

void latents() {
    const auto cube = cubeOf(10, {1, 4000, 1});
    auto sampler = valueOf(Sampler::create(*cube));
    Random random(3);
    std::vector<Coordinate> places(1000);
    std::vector<float> out(places.size() * sampler.shape().count());
    const auto times = measured(100, [&] {
        for (Coordinate& place : places) place = somewhere(random, 8.999);
        require(sampler.sampleBatch(places, out));
    });
    std::printf("1000 latents of 4000 floats in one batch:          median %.2f ms (goal 10 ms)\n",
                times.median / 1e3);
}

}  // namespace

int main(int count, char** arguments) {
    const std::string yardstick = count > 1 ? std::string("'") + arguments[1] + "'" : std::string();
    const auto runYardstick = [&yardstick] {
        std::fflush(stdout);
        if (!yardstick.empty() && std::system((yardstick + " | grep thr=1").c_str()) != 0)
            std::fprintf(stderr, "The yardstick did not run.\n");
    };
    runYardstick();
    largeNodes();
    runYardstick();
    melNodes();
    latents();
    return 0;
}
