#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/synthesis/draw.h"
#include "engine/synthesis/envelope.h"
#include "engine/synthesis/filters.h"
#include "engine/synthesis/oscillators.h"
#include "engine/synthesis/textures.h"

namespace smidgen::synthesis {
namespace {

/// 0…1: Hann, or a quick start and an exponential end; both begin and end at 0.
double grainWindow(double place, double steepness) {
    const double smooth = 0.5 + 0.5 * sineOfTurns(place + 0.75);
    if (steepness <= 0) return smooth;
    const double struck = std::min(1.0, place * 40) * std::exp(-5 * place) * std::min(1.0, (1 - place) * 10);
    return (1 - steepness) * smooth + steepness * struck;
}

/// Four-point cubic; 0 outside.
double readAt(std::span<const float> source, double place) {
    const auto index = static_cast<std::ptrdiff_t>(std::floor(place));
    if (index < 1 || index + 2 >= static_cast<std::ptrdiff_t>(source.size())) return 0;
    const double t = place - static_cast<double>(index);
    const float* p = source.data() + index - 1;
    const auto a = static_cast<double>(p[0]);
    const auto b = static_cast<double>(p[1]);
    const auto c = static_cast<double>(p[2]);
    const auto d = static_cast<double>(p[3]);
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

}  // namespace

Signal render(const Cloud& cloud, std::span<const float> source, std::size_t samples, std::uint64_t seed) {
    Random random(seed);
    const double fastest = std::exp2((cloud.transposition + cloud.spreadSemitones) / 12);
    // Cubic reading wants some room below the Nyquist frequency.
    const double clear = std::min(15000.0, 18000 / fastest);
    const Signal safe = convolve(source, lowPassTaps(clear / kRate, 2500 / kRate, 70));
    const double length = static_cast<double>(source.size());
    const double total = secondsOf(samples);
    Signal result(samples, 0.0F);
    double time = 0;
    double place = random.uniform() * length;
    while (time < total) {
        const double pitch = cloud.transposition + cloud.spreadSemitones * random.uniform(-1, 1);
        const double seconds = logUniform(random, cloud.shortest, cloud.longest);
        const bool back = chance(random, cloud.reversed);
        const double gain = random.uniform(0.4, 1);
        const double step = std::exp2(pitch / 12) * (back ? -1 : 1);
        const double reach = seconds * kRate * std::abs(step);
        double from = place + cloud.scatter * kRate * random.uniform(-1, 1);
        from = std::clamp(from, 2.0, std::max(2.0, length - reach - 4)) + (back ? reach : 0);
        const std::size_t start = samplesOf(time);
        const auto count = std::max<std::size_t>(8, samplesOf(seconds));
        const std::size_t end = std::min(samples, start + count);
        for (std::size_t n = start; n < end; ++n) {
            const auto age = static_cast<double>(n - start);
            const double window = grainWindow(age / static_cast<double>(count), cloud.steepness);
            result[n] += static_cast<float>(gain * window * readAt(safe, from + step * age));
        }
        const double wait = -std::log(1 - random.uniform()) / cloud.grainsPerSecond;
        time += wait;
        place = std::fmod(place + cloud.scan * wait * kRate, length);
    }
    return result;
}

Cloud drawCloud(Random& random) {
    Cloud cloud;
    cloud.grainsPerSecond = logUniform(random, 5, 250);
    cloud.shortest = logUniform(random, 0.004, 0.08);
    cloud.longest = cloud.shortest * logUniform(random, 1.1, 6);
    // No more than about forty grains at once.
    cloud.grainsPerSecond = std::min(cloud.grainsPerSecond, 40 / cloud.longest);
    cloud.spreadSemitones = chance(random, 0.5) ? random.uniform(0, 12) : random.uniform(0, 0.3);
    cloud.transposition = random.uniform(-12, 12);
    cloud.scan = random.uniform(0, 1.2);
    cloud.scatter = logUniform(random, 0.002, 0.3);
    cloud.reversed = chance(random, 0.3) ? 0.5 : 0;
    cloud.steepness = chance(random, 0.4) ? random.uniform() : 0;
    return cloud;
}

Signal drawToneCloud(Random& random, std::size_t samples) {
    const double perSecond = logUniform(random, 8, 350);
    const double low = logUniform(random, 80, 4000);
    const double high = std::min(17000.0, low * logUniform(random, 1.05, 12));
    const double shortest = logUniform(random, 0.003, 0.05);
    const double longest = std::min(shortest * logUniform(random, 1, 8), 40 / perSecond);
    const double bend = chance(random, 0.6) ? random.uniform(-0.5, 1) : 0;
    const double steepness = random.uniform();
    const double regular = chance(random, 0.3) ? 1 : 0;
    const double total = secondsOf(samples);
    Signal result(samples, 0.0F);
    for (double time = 0; time < total;) {
        const double frequency = logUniform(random, low, high);
        const double seconds = shortest >= longest ? shortest : logUniform(random, shortest, longest);
        const double gain = std::pow(10.0, random.uniform(-1, 0));
        const std::size_t start = samplesOf(time);
        const auto count = std::max<std::size_t>(8, samplesOf(seconds));
        const std::size_t end = std::min(samples, start + count);
        for (std::size_t n = start; n < end; ++n) {
            const auto age = static_cast<double>(n - start);
            const double place = age / static_cast<double>(count);
            const double turns = frequency / kRate * age * (1 + 0.5 * bend * place);
            result[n] += static_cast<float>(gain * grainWindow(place, steepness) * sineOfTurns(turns));
        }
        time += (regular > 0 ? 1 : -std::log(1 - random.uniform())) / perSecond;
    }
    return result;
}

}  // namespace smidgen::synthesis
