#include <algorithm>
#include <array>
#include <complex>

#include "engine/synthesis/draw.h"
#include "engine/synthesis/filters.h"
#include "engine/synthesis/strings.h"

namespace smidgen::synthesis {
namespace {

constexpr int kStiffSections = 4;

/// Phase delay in samples at `angle` of the first-order all-pass (a + z⁻¹) / (1 + a z⁻¹).
double allPassDelay(double a, double angle) {
    const std::complex<double> z = std::polar(1.0, -angle);
    return -std::arg((a + z) / (1.0 + a * z)) / angle;
}

struct AllPass {
    double a = 0;
    double input = 0, output = 0;
    double process(double value) {
        output = a * (value - output) + input;
        input = value;
        return output;
    }
};

/// What the pick leaves on the string: noise of one period, softened, without what stands still at the pick.
std::vector<double> excitation(const PluckedString& string, const Note& note, std::size_t period,
                               Random& random) {
    const double brightness = std::clamp(string.hardness * (0.35 + 0.65 * note.velocity), 0.02, 1.0);
    OnePole first(std::min(21000.0, note.frequency * 2 + 16000 * brightness * brightness));
    OnePole second(std::min(21000.0, note.frequency * 4 + 20000 * brightness));
    std::vector<double> raw(period);
    for (double& value : raw) value = second.process(first.process(random.uniform(-1, 1)));
    const auto lag =
        static_cast<std::size_t>(std::clamp(string.pickPosition, 0.0, 0.5) * static_cast<double>(period));
    std::vector<double> shaped(raw);
    double mean = 0;
    for (std::size_t n = 0; n < period; ++n) {
        if (lag > 0) shaped[n] -= raw[(n + period - lag) % period];
        mean += shaped[n] / static_cast<double>(period);
    }
    double power = 1e-12;
    for (double& value : shaped) {
        value -= mean;
        power += value * value / static_cast<double>(period);
    }
    for (double& value : shaped) value *= 0.25 / std::sqrt(power);
    return shaped;
}

void addCourse(const PluckedString& string, const Note& note, double frequency, std::uint64_t seed,
               Signal& result) {
    Random random(seed);
    const double angle = 2 * std::numbers::pi * frequency / kRate;
    const double period = kRate / frequency;
    // Three taps that delay by one sample at every frequency, and lose most at the highest.
    const double side = 0.25 * std::clamp(string.damping, 0.0, 1.0);
    const double stiff = -0.7 * std::clamp(string.stiffness, 0.0, 1.0) * std::min(1.0, period / 60);
    double rest = period - 1;
    if (stiff != 0) rest -= kStiffSections * allPassDelay(stiff, angle);
    // A whole delay, and a last all-pass for a fraction of 0.3…1.3 samples.
    const double whole = std::floor(rest - 0.3);
    if (whole < 2) return;
    const double fraction = rest - whole;
    const double tuning = std::sin((1 - fraction) * angle / 2) / std::sin((1 + fraction) * angle / 2);
    const double decay = string.decay * std::pow(220 / frequency, 0.6);
    const double tapGain = 1 - 2 * side + 2 * side * std::cos(angle);
    const double keep = std::min(0.99999, std::pow(decayFactor(decay), period) / std::max(tapGain, 0.1));
    const double muted = string.muteSeconds > 0 ? std::pow(decayFactor(string.muteSeconds), period) : keep;

    const auto length = static_cast<std::size_t>(whole);
    std::vector<double> line = excitation(string, note, length, random);
    AllPass tuner{.a = tuning};
    std::array<AllPass, kStiffSections> dispersion;
    for (AllPass& each : dispersion) each.a = stiff;
    double one = 0;
    double two = 0;
    std::size_t place = 0;
    for (std::size_t n = 0; n < note.samples; ++n) {
        const double out = line[place];
        double value = side * (out + two) + (1 - 2 * side) * one;
        two = one;
        one = out;
        if (stiff != 0) {
            for (AllPass& each : dispersion) value = each.process(value);
        }
        value = tuner.process(value) * (n < note.gate ? keep : std::min(keep, muted));
        line[place] = std::abs(value) < 1e-15 ? 0 : value;
        if (++place == length) place = 0;
        result[n] += static_cast<float>(out);
    }
}

}  // namespace

Signal render(const PluckedString& string, const Note& note) {
    Signal result(note.samples, 0.0F);
    addCourse(string, note, note.frequency, mixSeed(note.seed, 1), result);
    if (string.detuneCents != 0) {
        addCourse(string, note, note.frequency * std::exp2(string.detuneCents / 1200), mixSeed(note.seed, 2),
                  result);
    }
    resonate(string.body, result);
    scale(result, note.velocity);
    return result;
}

PluckedString drawPluckedString(Random& random) {
    return {.decay = logUniform(random, 0.15, 12),
            .damping = random.uniform() * random.uniform(),
            .pickPosition = random.uniform(0.03, 0.5),
            .hardness = random.uniform(0.05, 1),
            .stiffness = chance(random, 0.35) ? random.uniform(0.1, 0.9) : 0,
            .detuneCents = chance(random, 0.3) ? random.uniform(-12, 12) : 0,
            .muteSeconds = chance(random, 0.5) ? logUniform(random, 0.05, 0.6) : 0,
            .body = chance(random, 0.7) ? drawBody(random) : Body{}};
}

Body drawBody(Random& random) {
    Body body;
    const double size = logUniform(random, 0.4, 2.2);
    const int count = between(random, 2, 9);
    for (int i = 0; i < count; ++i) {
        // The air's resonance near 100 Hz for a guitar, the wood's above, spread and weaker.
        const double frequency = i == 0 ? 100 / size : logUniform(random, 170, 3500) / size;
        body.resonances.push_back({.frequency = frequency,
                                   .q = logUniform(random, 4, 30),
                                   .gain = random.uniform(0.2, 1.5) / std::sqrt(1.0 + i)});
    }
    body.direct = random.uniform(0.3, 1);
    return body;
}

void resonate(const Body& body, Signal& signal) {
    if (body.resonances.empty()) return;
    Signal sum(signal);
    scale(sum, body.direct);
    for (const Body::Resonance& resonance : body.resonances) {
        Biquad filter = Biquad::bandPass(resonance.frequency, resonance.q);
        for (std::size_t n = 0; n < signal.size(); ++n) {
            sum[n] += static_cast<float>(resonance.gain * filter.process(static_cast<double>(signal[n])));
        }
    }
    signal = std::move(sum);
}

}  // namespace smidgen::synthesis
