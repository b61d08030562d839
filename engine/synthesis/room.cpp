#include "engine/synthesis/room.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/synthesis/draw.h"
#include "engine/synthesis/envelope.h"

namespace smidgen::synthesis {
namespace {

constexpr double kSpeedOfSound = 343;
constexpr std::size_t kLines = 8;

struct Line {
    std::vector<double> delay;
    std::size_t place = 0;
    double gain = 0, keep = 0;  ///< one-pole loss: gain (1 − keep) / (1 − keep z⁻¹)
    double state = 0;
};

/// Schroeder's all-pass, which blurs without colouring.
struct Diffuser {
    std::vector<double> delay;
    std::size_t place = 0;
    double process(double input) {
        constexpr double kGain = 0.6;
        const double late = delay[place];
        const double value = input - kGain * late;
        delay[place] = std::abs(value) < 1e-20 ? 0 : value;
        if (++place == delay.size()) place = 0;
        return late + kGain * value;
    }
};

void addReflections(std::span<const float> dry, const Room& room, Random& random, Signal& wet) {
    constexpr int kOrder = 3;
    std::array<double, 3> source{};
    std::array<double, 3> listener{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        source[axis] = room.size[axis] * random.uniform(0.15, 0.85);
        listener[axis] = room.size[axis] * random.uniform(0.15, 0.85);
    }
    const auto distanceOf = [&](int x, int y, int z) {
        const std::array<int, 3> image{x, y, z};
        double squared = 0;
        for (std::size_t axis = 0; axis < 3; ++axis) {
            const double mirrored = image[axis] % 2 == 0 ? source[axis] : room.size[axis] - source[axis];
            const double gap = image[axis] * room.size[axis] + mirrored - listener[axis];
            squared += gap * gap;
        }
        return std::sqrt(squared);
    };
    const double direct = std::max(0.5, distanceOf(0, 0, 0));
    const double volume = room.size[0] * room.size[1] * room.size[2];
    const double surface =
        2 * (room.size[0] * room.size[1] + room.size[1] * room.size[2] + room.size[2] * room.size[0]);
    // Of Sabine's formula, solved for what a wall keeps.
    const double absorbed = std::clamp(0.161 * volume / (surface * std::max(room.decay, 0.05)), 0.02, 0.9);
    const double wall = std::sqrt(1 - absorbed);
    for (int x = -kOrder; x <= kOrder; ++x) {
        for (int y = -kOrder; y <= kOrder; ++y) {
            for (int z = -kOrder; z <= kOrder; ++z) {
                const int order = std::abs(x) + std::abs(y) + std::abs(z);
                if (order == 0 || order > kOrder) continue;
                const double distance = distanceOf(x, y, z);
                const auto delay = samplesOf(std::max(0.0, distance - direct) / kSpeedOfSound);
                const double sign = chance(random, 0.5) ? 1 : -1;
                const double gain = sign * room.early * direct / distance * std::pow(wall, order);
                const auto by = static_cast<float>(0.5 * gain);
                for (std::size_t n = delay; n < wet.size(); ++n) wet[n] += by * dry[n - delay];
            }
        }
    }
}

void mix(std::array<double, kLines>& values) {
    for (std::size_t half = 1; half < kLines; half *= 2) {
        for (std::size_t start = 0; start < kLines; start += 2 * half) {
            for (std::size_t i = start; i < start + half; ++i) {
                const double a = values[i];
                const double b = values[i + half];
                values[i] = a + b;
                values[i + half] = a - b;
            }
        }
    }
    for (double& value : values) value *= 0.35355339059327373;
}

void addTail(std::span<const float> dry, const Room& room, Random& random, Signal& wet) {
    // Delays around the box's mean free path, 4 V / S, stretched and without common factors by chance.
    const double volume = room.size[0] * room.size[1] * room.size[2];
    const double surface =
        2 * (room.size[0] * room.size[1] + room.size[1] * room.size[2] + room.size[2] * room.size[0]);
    const double path = std::clamp(4 * volume / surface / kSpeedOfSound, 0.002, 0.06);
    std::array<Line, kLines> lines;
    for (std::size_t i = 0; i < kLines; ++i) {
        const double seconds = path * (1.1 + 0.32 * static_cast<double>(i)) * random.uniform(0.94, 1.06);
        Line& line = lines[i];
        line.delay.assign(samplesOf(seconds) | 1U, 0.0);
        const double low = std::pow(decayFactor(room.decay), static_cast<double>(line.delay.size()));
        const double high = std::pow(decayFactor(room.decay * std::clamp(room.highShare, 0.05, 1.0)),
                                     static_cast<double>(line.delay.size()));
        // gain at 0 Hz is `low`, at the Nyquist frequency low (1 − keep) / (1 + keep) = high.
        line.gain = low;
        line.keep = (low - high) / (low + high);
    }
    std::array<Diffuser, 3> diffusers;
    for (std::size_t i = 0; i < diffusers.size(); ++i) {
        const double seconds = path * (0.12 + 0.13 * static_cast<double>(i)) * random.uniform(0.9, 1.1);
        diffusers[i].delay.assign(std::max<std::size_t>(3, samplesOf(seconds)), 0.0);
    }
    const std::size_t wait = samplesOf(room.delay);
    // The network's energy grows with its decay; keep the tail's level near the same.
    const double level = room.late * std::sqrt(path / std::max(room.decay, 0.05)) * 1.5;
    for (std::size_t n = 0; n < wet.size(); ++n) {
        double input = n >= wait ? static_cast<double>(dry[n - wait]) : 0;
        for (Diffuser& diffuser : diffusers) input = diffuser.process(input);
        std::array<double, kLines> values{};
        double sum = 0;
        for (std::size_t i = 0; i < kLines; ++i) {
            Line& line = lines[i];
            line.state = line.gain * (1 - line.keep) * line.delay[line.place] + line.keep * line.state;
            if (std::abs(line.state) < 1e-20) line.state = 0;
            values[i] = line.state;
            sum += i % 2 == 0 ? line.state : -line.state;
        }
        wet[n] += static_cast<float>(level * sum);
        mix(values);
        for (std::size_t i = 0; i < kLines; ++i) {
            Line& line = lines[i];
            line.delay[line.place] = values[i] + (i % 4 < 2 ? input : -input);
            if (++line.place == line.delay.size()) line.place = 0;
        }
    }
}

}  // namespace

Signal reverberate(std::span<const float> dry, const Room& room) {
    Random random(room.seed);
    Signal wet(dry.size(), 0.0F);
    if (room.early > 0) addReflections(dry, room, random, wet);
    if (room.late > 0) addTail(dry, room, random, wet);
    return wet;
}

Room drawRoom(Random& random) {
    Room room;
    constexpr std::array<double, 5> kKinds{2, 4, 3, 2, 1};
    double scale = 1;
    switch (pickWeighted(random, kKinds)) {
        case 0:  // a box, a car, a cupboard
            scale = random.uniform(0.15, 0.5);
            room.decay = logUniform(random, 0.08, 0.3);
            break;
        case 1:  // a room
            scale = random.uniform(0.6, 1.6);
            room.decay = logUniform(random, 0.2, 0.9);
            break;
        case 2:  // a hall
            scale = random.uniform(2, 5);
            room.decay = logUniform(random, 0.9, 2.8);
            break;
        case 3:  // a plate: dense at once
            scale = random.uniform(0.8, 1.5);
            room.decay = logUniform(random, 0.7, 4);
            break;
        default:  // a church, a tank
            scale = random.uniform(4, 9);
            room.decay = logUniform(random, 2.5, 8);
    }
    for (double& side : room.size) side *= scale * random.uniform(0.75, 1.3);
    room.highShare = random.uniform(0.1, 0.9);
    room.early = random.uniform(0.2, 1.2);
    room.late = random.uniform(0.3, 1.3);
    room.delay = chance(random, 0.4) ? random.uniform(0, 0.06) : 0;
    room.seed = random.bits();
    return room;
}

}  // namespace smidgen::synthesis
