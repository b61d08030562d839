#include "engine/synthesis/modal.h"

#include <algorithm>
#include <array>

#include "engine/synthesis/draw.h"
#include "engine/synthesis/envelope.h"
#include "engine/synthesis/filters.h"
#include "engine/synthesis/oscillators.h"

namespace smidgen::synthesis {
namespace {

/// Wavenumbers grow by π from mode to mode, frequencies with their square.
std::vector<double> barRatios(std::span<const double> first, int count) {
    std::vector<double> ratios;
    for (int k = 0; k < count; ++k) {
        const auto known = static_cast<int>(first.size());
        const double wave = k < known ? first[static_cast<std::size_t>(k)]
                                      : first.back() + std::numbers::pi * (k - known + 1);
        ratios.push_back(wave * wave / (first.front() * first.front()));
    }
    return ratios;
}

/// The strike: half a sine of the contact time, and noise while it lasts.
std::vector<double> strikeForce(const ModalTone& tone, double velocity, Random& random) {
    const double seconds = tone.malletSeconds * (1.6 - 0.6 * velocity);
    const std::size_t length = std::max<std::size_t>(2, samplesOf(seconds));
    std::vector<double> force(length);
    double sum = 0;
    for (std::size_t n = 0; n < length; ++n) {
        force[n] = sineOfTurns(0.5 * (static_cast<double>(n) + 0.5) / static_cast<double>(length));
        sum += force[n];
    }
    for (double& value : force) {
        value /= sum;
        value += tone.contactNoise * static_cast<double>(whiteNoise(random)) * value;
    }
    return force;
}

/// Every mode's resonator, side by side so that one sample of all is one vector loop.
struct Resonators {
    std::vector<double> twice, squared, gain, last, before, life;

    void add(double frequency, const ModalTone::Mode& mode, double decay) {
        const double radius = decayFactor(decay);
        const double angle = 2 * std::numbers::pi * frequency / kRate;
        twice.push_back(2 * radius * std::cos(angle));
        squared.push_back(radius * radius);
        gain.push_back(mode.amplitude * std::sin(angle));
        last.push_back(0);
        before.push_back(0);
        life.push_back(decay);
    }
    double step(double force, std::size_t count) {
        double sum = 0;
        for (std::size_t k = 0; k < count; ++k) {
            const double value = twice[k] * last[k] - squared[k] * before[k] + gain[k] * force;
            before[k] = last[k];
            last[k] = value;
        }
        for (std::size_t k = 0; k < count; ++k) sum += last[k];
        return sum;
    }
    /// How many, of those sorted by life, still sound `seconds` after the last strike.
    std::size_t alive(double seconds, std::size_t count) {
        while (count > 0 && life[count - 1] * 2 < seconds) {
            --count;
            last[count] = before[count] = 0;
        }
        return count;
    }
};

}  // namespace

std::vector<double> modeRatios(Struck what, int count, double shape) {
    std::vector<double> ratios;
    switch (what) {
        case Struck::freeBar:
        case Struck::tube: {
            // cos(x) cosh(x) = 1
            constexpr std::array<double, 4> kWaves{4.730041, 7.853205, 10.995608, 14.137165};
            return barRatios(kWaves, count);
        }
        case Struck::clampedBar: {
            // cos(x) cosh(x) = −1
            constexpr std::array<double, 4> kWaves{1.875104, 4.694091, 7.854757, 10.995541};
            return barRatios(kWaves, count);
        }
        case Struck::tunedBar: {
            // Undercut bars: marimba 1 : 4, xylophone 1 : 3, then as a bar's.
            const double second = shape < 0.5 ? 4 : 3;
            ratios = {1, second, second * 2.45};
            while (static_cast<int>(ratios.size()) < count) {
                const auto k = static_cast<double>(ratios.size());
                ratios.push_back(ratios.back() * (k + 1.5) * (k + 1.5) / ((k + 0.5) * (k + 0.5)));
            }
            break;
        }
        case Struck::membrane: {
            // Zeros of J0, J1, J2 … divided by the first, 2.4048.
            ratios = {1,      1.5933, 2.1355, 2.2954, 2.6531, 2.9173, 3.1555, 3.5001, 3.5985, 3.6475, 4.0589,
                      4.1317, 4.2304, 4.6010, 4.6104, 4.8319, 4.9033, 5.0762, 5.1307, 5.4121, 5.5404, 5.6503};
            break;
        }
        case Struck::plate: {
            const double ratio = std::max(0.2, shape);
            for (int m = 1; m <= 9; ++m) {
                for (int n = 1; n <= 9; ++n) {
                    ratios.push_back((m * m + n * n * ratio * ratio) / (1 + ratio * ratio));
                }
            }
            std::sort(ratios.begin(), ratios.end());
            break;
        }
        case Struck::bell: {
            const double minor = shape < 0.8 ? 2.4 : 2.5;  // the tierce: minor, or the newer major
            ratios = {1, 2, minor, 3, 4, 5, 5.33, 6, 7.0, 8.0, 8.2, 10.7, 11.2, 13.3, 16.0};
            break;
        }
        case Struck::bowl:
            for (int n = 2; n < 2 + count; ++n) ratios.push_back(std::pow(n / 2.0, 1.6 + 0.4 * shape));
            break;
    }
    if (static_cast<int>(ratios.size()) > count) ratios.resize(static_cast<std::size_t>(count));
    return ratios;
}

Signal render(const ModalTone& tone, const Note& note) {
    Random random(note.seed);
    Resonators resonators;
    std::vector<ModalTone::Mode> modes = tone.modes;
    std::stable_sort(modes.begin(), modes.end(),
                     [](const auto& a, const auto& b) { return a.decay > b.decay; });
    for (const ModalTone::Mode& mode : modes) {
        const double frequency = mode.ratio * note.frequency;
        if (frequency < kHighestTone) resonators.add(frequency, mode, mode.decay);
    }
    std::vector<double> force = strikeForce(tone, note.velocity, random);
    Signal result(note.samples);
    std::size_t alive = resonators.life.size();
    std::size_t sinceStrike = 0;
    double next = 0;
    double strength = 1;
    bool muted = false;
    for (std::size_t n = 0; n < note.samples; ++n, ++sinceStrike) {
        if (tone.strikesPerSecond > 0 && n < note.gate && static_cast<double>(n) >= next) {
            next += kRate / tone.strikesPerSecond * random.uniform(0.85, 1.15);
            strength = random.uniform(0.5, 1);
            sinceStrike = 0;
            alive = resonators.life.size();
        }
        if (!muted && tone.muteSeconds > 0 && n >= note.gate) {
            muted = true;
            const double faster = decayFactor(tone.muteSeconds);
            for (std::size_t k = 0; k < alive; ++k) {
                resonators.twice[k] *= faster;
                resonators.squared[k] *= faster * faster;
            }
        }
        if (sinceStrike % 256 == 255) alive = resonators.alive(secondsOf(sinceStrike), alive);
        if (alive == 0 && tone.strikesPerSecond == 0) break;
        const double push = sinceStrike < force.size() ? strength * force[sinceStrike] : 0;
        const double value = resonators.step(push, alive);
        result[n] = std::abs(value) < 1e-15 ? 0.0F : static_cast<float>(value);
    }
    scale(result, note.velocity);
    return result;
}

ModalTone drawModalTone(Random& random) {
    const Struck what = pick(
        random, {Struck::freeBar, Struck::clampedBar, Struck::tunedBar, Struck::tunedBar, Struck::membrane,
                 Struck::plate, Struck::plate, Struck::bell, Struck::bell, Struck::bowl, Struck::tube});
    return drawModalTone(random, what);
}

ModalTone drawModalTone(Random& random, Struck what) {
    ModalTone tone;
    const bool metal = what == Struck::bell || what == Struck::bowl || what == Struck::tube ||
                       ((what == Struck::plate || what == Struck::freeBar) && chance(random, 0.6));
    const double shape = random.uniform(0.3, 1.3);
    const int count = what == Struck::plate ? between(random, 12, 70) : between(random, 4, 22);
    const double decay = metal ? logUniform(random, 1, 15) : logUniform(random, 0.08, 1.5);
    // Wood and skin lose their high modes much sooner than metal does.
    const double loss = metal ? random.uniform(0.2, 0.8) : random.uniform(0.6, 1.4);
    const double strike = random.uniform(0.05, 0.5);
    const bool pairs = metal && chance(random, 0.5);
    int k = 0;
    for (const double ratio : modeRatios(what, count, shape)) {
        ++k;
        // How much a strike at that place moves the mode, never quite nothing.
        const double coupling = 0.1 + std::abs(std::sin(std::numbers::pi * strike * k));
        ModalTone::Mode mode{.ratio = ratio * std::exp2(random.uniform(-4, 4) / 1200),
                             .amplitude = coupling * random.uniform(0.4, 1),
                             .decay = decay / std::pow(ratio, loss)};
        if (k == 1) mode.ratio = 1;
        tone.modes.push_back(mode);
        if (pairs) {
            mode.ratio *= std::exp2(logUniform(random, 0.5, 12) / 1200);
            mode.amplitude *= random.uniform(0.2, 0.9);
            tone.modes.push_back(mode);
        }
    }
    tone.malletSeconds = logUniform(random, 0.00008, 0.004);
    tone.contactNoise = logUniform(random, 0.01, 1);
    tone.strikesPerSecond = chance(random, 0.08) ? random.uniform(6, 18) : 0;
    tone.muteSeconds = chance(random, 0.2) ? logUniform(random, 0.05, 0.5) : 0;
    return tone;
}

}  // namespace smidgen::synthesis
