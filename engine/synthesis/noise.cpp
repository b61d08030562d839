#include "engine/synthesis/noise.h"

#include <algorithm>

#include "engine/synthesis/draw.h"
#include "engine/synthesis/envelope.h"
#include "engine/synthesis/filters.h"
#include "engine/synthesis/oscillators.h"

namespace smidgen::synthesis {
namespace {

Signal bandNoise(Random& random, std::size_t samples) {
    const int bands = between(random, 1, 4);
    Signal result(samples, 0.0F);
    for (int i = 0; i < bands; ++i) {
        const double centre = logUniform(random, 60, 14000);
        const double q = logUniform(random, 0.7, 60);
        const double swing = chance(random, 0.5) ? random.uniform(0.1, 1.5) : 0;
        const double gain = random.uniform(0.2, 1) * std::sqrt(q);
        const Signal curve = slowCurve(logUniform(random, 0.2, 5), samples, random);
        Random white(random.bits());
        StateVariableFilter filter;
        for (std::size_t n = 0; n < samples; ++n) {
            if (n % 32 == 0) filter.tune(centre * std::exp2(swing * static_cast<double>(curve[n])), q);
            result[n] +=
                static_cast<float>(gain * filter.process(static_cast<double>(whiteNoise(white))).band);
        }
    }
    return result;
}

/// Gusts: the louder the brighter, with a whistle at times.
Signal wind(Random& random, std::size_t samples) {
    const Signal gusts = slowCurve(logUniform(random, 0.15, 1.2), samples, random);
    const Signal flutter = slowCurve(random.uniform(4, 12), samples, random);
    const double base = logUniform(random, 150, 900);
    const double q = random.uniform(0.6, 5);
    const double whistle = chance(random, 0.4) ? random.uniform(0.2, 1) : 0;
    const double depth = random.uniform(0.4, 1.3);
    const Signal source = colouredNoise(random.uniform(-5, -1), samples, random);
    StateVariableFilter body;
    StateVariableFilter thin;
    Signal result(samples);
    for (std::size_t n = 0; n < samples; ++n) {
        const double gust = depth * static_cast<double>(gusts[n]) + 0.15 * static_cast<double>(flutter[n]);
        if (n % 32 == 0) {
            body.tune(base * std::exp2(gust), q);
            thin.tune(base * 2.7 * std::exp2(0.4 * gust), 40);
        }
        const auto input = static_cast<double>(source[n]);
        const double value = body.process(input).low + whistle * 3 * thin.process(input).band;
        result[n] = static_cast<float>(value * std::exp2(1.2 * std::min(gust, 2.5)));
    }
    return result;
}

/// Waves that rise slowly, break and run out.
Signal surf(Random& random, std::size_t samples) {
    const double period = random.uniform(2.5, 9);
    double place = random.uniform();
    const Signal low = colouredNoise(-6, samples, random);
    const Signal high = colouredNoise(-1.5, samples, random);
    OnePole foam(random.uniform(2500, 9000));
    Signal result(samples);
    double length = period;
    double height = 1;
    for (std::size_t n = 0; n < samples; ++n) {
        place += 1 / (length * kRate);
        if (place >= 1) {
            place -= 1;
            length = period * random.uniform(0.7, 1.4);
            height = random.uniform(0.5, 1);
        }
        const double wave = place < 0.4 ? std::pow(place / 0.4, 3) : std::exp(-(place - 0.4) * 5);
        result[n] =
            static_cast<float>((0.25 + 0.8 * height * wave) * static_cast<double>(low[n]) +
                               (0.04 + height * wave) * 0.8 * foam.process(static_cast<double>(high[n])));
    }
    return result;
}

/// Short decaying sounds at random times: drops, crackles, ticks.
struct Specks {
    double perSecond, lowHz, highHz, shortest, longest, tonal, spread;
};

void addSpecks(Random& random, const Specks& specks, Signal& result) {
    double time = 0;
    const double total = secondsOf(result.size());
    while (true) {
        time -= std::log(1 - random.uniform()) / specks.perSecond;
        if (time >= total) return;
        const double frequency = logUniform(random, specks.lowHz, specks.highHz);
        const double seconds = logUniform(random, specks.shortest, specks.longest);
        const double gain = std::pow(10.0, -specks.spread * random.uniform());
        const double step = frequency / kRate;
        const auto start = samplesOf(time);
        const std::size_t end = std::min(result.size(), start + samplesOf(seconds));
        const double keep = decayFactor(seconds);
        double level = gain;
        for (std::size_t n = start; n < end; ++n) {
            const double age = static_cast<double>(n - start);
            const double attack = std::min(1.0, (age + 0.5) / 4);
            // Drops ring upwards as their bubble shrinks (Minnaert 1933).
            const double tone = sineOfTurns(step * age * (1 + 0.25 * age / (seconds * kRate)));
            const auto noise = static_cast<double>(whiteNoise(random));
            result[n] +=
                static_cast<float>(attack * level * (specks.tonal * tone + (1 - specks.tonal) * 0.5 * noise));
            level *= keep;
        }
    }
}

Signal rain(Random& random, std::size_t samples) {
    Signal result = colouredNoise(random.uniform(-2, 1), samples, random);
    Biquad::highPass(logUniform(random, 200, 2500)).apply(result);
    scale(result, random.uniform(0.02, 0.3));
    addSpecks(random,
              {.perSecond = logUniform(random, 20, 500),
               .lowHz = logUniform(random, 600, 2500),
               .highHz = logUniform(random, 4000, 14000),
               .shortest = 0.002,
               .longest = random.uniform(0.008, 0.03),
               .tonal = random.uniform(0, 0.7),
               .spread = random.uniform(1, 2)},
              result);
    return result;
}

Signal fire(Random& random, std::size_t samples) {
    Signal result = colouredNoise(-6, samples, random);
    const Signal roar = slowCurve(3, samples, random);
    const double bed = logUniform(random, 0.01, 0.2);
    for (std::size_t n = 0; n < samples; ++n)
        result[n] *= static_cast<float>(bed) * std::exp2(0.7F * roar[n]);
    addSpecks(random,
              {.perSecond = logUniform(random, 4, 60),
               .lowHz = 800,
               .highHz = 9000,
               .shortest = 0.0006,
               .longest = random.uniform(0.004, 0.03),
               .tonal = 0.15,
               .spread = 1.6},
              result);
    return result;
}

/// Mains hum: harmonics of 50 or 60 Hz.
void addHum(Random& random, double gain, Signal& result) {
    const double mains = pick(random, {50.0, 60.0});
    for (int k = 1; k <= 12; ++k) {
        const double amplitude = gain * random.uniform() / k * (k % 2 == 0 ? 1.5 : 1);
        const double start = random.uniform();
        for (std::size_t n = 0; n < result.size(); ++n) {
            result[n] += static_cast<float>(amplitude * sineOfTurns(start + mains * k * secondsOf(n)));
        }
    }
}

Signal vinyl(Random& random, std::size_t samples) {
    Signal result = colouredNoise(-4, samples, random);
    scale(result, random.uniform(0.02, 0.15));
    addSpecks(random,
              {.perSecond = logUniform(random, 5, 90),
               .lowHz = 1500,
               .highHz = 8000,
               .shortest = 0.0003,
               .longest = 0.003,
               .tonal = 0.2,
               .spread = 2},
              result);
    if (chance(random, 0.5)) addHum(random, random.uniform(0.003, 0.03), result);
    return result;
}

Signal hum(Random& random, std::size_t samples) {
    Signal result = colouredNoise(random.uniform(-6, 0), samples, random);
    scale(result, random.uniform(0.01, 0.2));
    addHum(random, 0.4, result);
    return result;
}

/// Engines, fans, drills: noise and tone that repeat at a speed which wanders.
Signal machine(Random& random, std::size_t samples) {
    const double speed = logUniform(random, 8, 160);
    const PitchMotion motion{
        .glideSemitones = random.uniform(-8, 8), .glideSeconds = random.uniform(0.3, 2), .driftCents = 40};
    const std::vector<double> turns = phasesOf(speed, motion, samples, random.bits());
    Signal result = colouredNoise(random.uniform(-5, 0), samples, random);
    const double sharpness = random.uniform(2, 14);
    const double tone = random.uniform(0, 0.6);
    const int blades = between(random, 1, 7);
    for (std::size_t n = 0; n < samples; ++n) {
        const double stroke = std::pow(0.5 + 0.5 * sineOfTurns(turns[n]), sharpness);
        const double whine = sineOfTurns(turns[n] * blades) + 0.5 * sineOfTurns(turns[n] * blades * 2);
        result[n] = static_cast<float>((0.15 + stroke) * static_cast<double>(result[n]) +
                                       0.3 * tone * whine * (0.5 + 0.5 * stroke));
    }
    const double resonance = logUniform(random, 150, 3000);
    Biquad::peak(resonance, 2, random.uniform(0, 15)).apply(result);
    return result;
}

Signal steam(Random& random, std::size_t samples) {
    Signal result = colouredNoise(random.uniform(-1, 4), samples, random);
    Biquad::highPass(logUniform(random, 800, 6000)).apply(result);
    const Signal pressure = slowCurve(random.uniform(0.5, 3), samples, random);
    for (std::size_t n = 0; n < samples; ++n) result[n] *= std::exp2(0.8F * pressure[n]);
    return result;
}

}  // namespace

Signal colouredNoise(double decibelsPerOctave, std::size_t samples, Random& source) {
    Random random(source.bits());
    const double first = std::clamp(decibelsPerOctave, -6.0, 6.0);
    SpectralTilt tilt(first);
    SpectralTilt more(std::clamp(decibelsPerOctave - first, -6.0, 6.0));
    Biquad low = Biquad::highPass(18);
    const bool twice = decibelsPerOctave != first;
    Signal result(samples);
    double power = 1e-30;
    for (float& sample : result) {
        double value = low.process(tilt.process(static_cast<double>(whiteNoise(random))));
        if (twice) value = more.process(value);
        power += value * value;
        sample = static_cast<float>(value);
    }
    scale(result, 0.25 / std::sqrt(power / static_cast<double>(std::max<std::size_t>(1, samples))));
    return result;
}

Signal slowCurve(double hertz, std::size_t samples, Random& source) {
    // Random points joined by smooth steps.
    Random random(source.bits());
    Signal curve(samples);
    const double step = hertz / kRate;
    double place = random.uniform();
    auto from = static_cast<double>(whiteNoise(random));
    auto to = static_cast<double>(whiteNoise(random));
    for (float& value : curve) {
        const double bend = place * place * (3 - 2 * place);
        value = static_cast<float>(1.15 * (from + (to - from) * bend));
        place += step;
        if (place >= 1) {
            place -= 1;
            from = to;
            to = static_cast<double>(whiteNoise(random));
        }
    }
    return curve;
}

Signal noiseTexture(NoiseTexture texture, Random& random, std::size_t samples) {
    switch (texture) {
        case NoiseTexture::coloured:
            return colouredNoise(random.uniform(-9, 5), samples, random);
        case NoiseTexture::band:
            return bandNoise(random, samples);
        case NoiseTexture::wind:
            return wind(random, samples);
        case NoiseTexture::surf:
            return surf(random, samples);
        case NoiseTexture::rain:
            return rain(random, samples);
        case NoiseTexture::fire:
            return fire(random, samples);
        case NoiseTexture::vinyl:
            return vinyl(random, samples);
        case NoiseTexture::hum:
            return hum(random, samples);
        case NoiseTexture::machine:
            return machine(random, samples);
        case NoiseTexture::steam:
            return steam(random, samples);
    }
    return Signal(samples, 0.0F);
}

}  // namespace smidgen::synthesis
