#include "engine/synthesis/wear.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/synthesis/draw.h"
#include "engine/synthesis/envelope.h"
#include "engine/synthesis/filters.h"
#include "engine/synthesis/noise.h"
#include "engine/synthesis/room.h"

namespace smidgen::synthesis {
namespace {

double curve(Saturation kind, double x) {
    switch (kind) {
        case Saturation::soft:
            return std::tanh(x);
        case Saturation::uneven:
            return std::tanh(x + 0.35) - std::tanh(0.35);
        case Saturation::hard: {
            const double y = std::clamp(x, -1.5, 1.5);
            return y - 4.0 / 27 * y * y * y;
        }
    }
    return x;
}

void addRoom(Random& random, Signal& signal) {
    const Room room = drawRoom(random);
    const double wet = chance(random, 0.15) ? random.uniform(0.8, 2.5) : logUniform(random, 0.05, 0.8);
    const double dry = chance(random, 0.05) ? 0.1 : 1;
    normalize(signal);
    const Signal answer = reverberate(signal, room);
    scale(signal, dry);
    addAt(signal, answer, 0, wet);
}

void equalize(Random& random, Signal& signal) {
    if (chance(random, 0.5)) SpectralTilt(random.uniform(-1.5, 1.0)).apply(signal);
    const int bells = between(random, 0, 3);
    for (int i = 0; i < bells; ++i) {
        const double frequency = logUniform(random, 60, 12000);
        const double q = logUniform(random, 0.4, 6);
        Biquad::peak(frequency, q, random.uniform(-9, 9)).apply(signal);
    }
    if (chance(random, 0.15)) Biquad::highPass(logUniform(random, 30, 400)).apply(signal);
    if (chance(random, 0.1)) Biquad::lowPass(logUniform(random, 1500, 12000)).apply(signal);
}

/// The bandwidth of a source that was not sampled at 48 kHz, or was coded: steep edges.
void limitBand(Random& random, Signal& signal) {
    constexpr std::array<double, 6> kKinds{8, 3, 3, 3, 1, 1};
    double edge = 21500;  // 44.1 kHz
    switch (pickWeighted(random, kKinds)) {
        case 0:
            edge = random.uniform(19800, 21800);
            break;
        case 1:
            edge = random.uniform(14500, 15900);
            break;  // 32 kHz
        case 2:
            edge = random.uniform(9800, 10900);
            break;  // 22.05 kHz
        case 3:
            edge = pick(random, {15500.0, 16000.0, 17000.0, 18000.0, 19000.0, 20000.0});
            break;  // lossy
        case 4:
            edge = random.uniform(7000, 7900);
            break;  // 16 kHz
        default:
            edge = random.uniform(3300, 3900);  // a telephone's
            Biquad::highPass(300).apply(signal);
    }
    const double width = edge * random.uniform(0.02, 0.08);
    signal = convolve(signal, lowPassTaps((edge - width / 2) / kRate, width / kRate, random.uniform(55, 90)));
}

void addFloor(Random& random, Signal& signal) {
    const double level = std::pow(10.0, random.uniform(-85, -42) / 20) * static_cast<double>(peakOf(signal));
    Signal floor;
    if (chance(random, 0.2)) {
        const NoiseTexture texture =
            pick(random, {NoiseTexture::hum, NoiseTexture::vinyl, NoiseTexture::wind});
        floor = noiseTexture(texture, random, signal.size());
        normalize(floor);
    } else {
        floor = colouredNoise(random.uniform(-6, 1), signal.size(), random);
        scale(floor, 4);
    }
    addAt(signal, floor, 0, level);
}

/// Removes the mean along the signal's own loudness, so that silence stays silent.
void removeMean(Signal& signal) {
    Signal weight(signal.size());
    OnePole forward(30);
    for (std::size_t n = 0; n < signal.size(); ++n) {
        weight[n] = static_cast<float>(forward.process(static_cast<double>(std::abs(signal[n]))));
    }
    OnePole backward(30);
    double total = 0;
    double sum = 0;
    for (std::size_t n = signal.size(); n-- > 0;) {
        weight[n] = static_cast<float>(backward.process(static_cast<double>(weight[n])));
        total += static_cast<double>(weight[n]);
        sum += static_cast<double>(signal[n]);
    }
    if (total < 1e-12) return;
    const auto factor = static_cast<float>(sum / total);
    for (std::size_t n = 0; n < signal.size(); ++n) signal[n] -= factor * weight[n];
}

}  // namespace

void saturate(Signal& signal, Saturation kind, double drive) {
    normalize(signal);
    Signal fine = upsample(signal, 4);
    for (float& sample : fine) sample = static_cast<float>(curve(kind, drive * static_cast<double>(sample)));
    signal = downsample(fine, 4);
    normalize(signal);
}

void wear(Random& random, Signal& signal) {
    if (chance(random, 0.12)) {
        saturate(signal, pick(random, {Saturation::soft, Saturation::uneven, Saturation::hard}),
                 logUniform(random, 1, 12));
    }
    if (chance(random, 0.45)) addRoom(random, signal);
    if (chance(random, 0.45)) equalize(random, signal);
    if (chance(random, 0.08)) saturate(signal, Saturation::soft, logUniform(random, 1, 4));
    if (chance(random, 0.55)) addFloor(random, signal);
    if (chance(random, 0.45)) limitBand(random, signal);
}

void finish(Random& random, Signal& signal) {
    if (signal.empty()) return;
    for (float& sample : signal) {
        if (!std::isfinite(sample)) sample = 0;
    }
    normalize(signal);
    Biquad::highPass(14).apply(signal);
    if (peakOf(signal) < 1e-4F) {
        signal = colouredNoise(-3, signal.size(), random);
    }
    const double decibels = chance(random, 0.7) ? random.uniform(-12, -0.5) : random.uniform(-30, -12);
    const double ending = logUniform(random, 0.001, 0.05);
    if (chance(random, 0.7)) fadeOut(signal, std::min(ending, 0.2 * secondsOf(signal.size())));
    removeMean(signal);
    normalize(signal, std::pow(10.0, decibels / 20) * 0.99999);
    for (float& sample : signal) {
        if (std::abs(sample) < 1e-30F) sample = 0;
    }
}

}  // namespace smidgen::synthesis
