#include "engine/synthesis/voice.h"

#include <algorithm>

#include "engine/synthesis/draw.h"
#include "engine/synthesis/filters.h"
#include "engine/synthesis/noise.h"

namespace smidgen::synthesis {
namespace {

constexpr std::array<double, 10> kBandwidths{60, 90, 140, 200, 260, 350, 450, 550, 700, 850};

/// Formants while a note passes through its vowels.
Formants formantsAt(const Voice& voice, double share) {
    const double place = share * static_cast<double>(voice.vowels.size() - 1);
    const auto index = std::min(static_cast<std::size_t>(place), voice.vowels.size() - 1);
    const auto next = std::min(index + 1, voice.vowels.size() - 1);
    const double t = place - static_cast<double>(index);
    const double bend = t * t * (3 - 2 * t);
    const Formants from = formantsOf(voice.vowels[index]);
    const Formants to = formantsOf(voice.vowels[next]);
    Formants formants{};
    for (std::size_t k = 0; k < formants.size(); ++k) {
        formants[k] = voice.tract * std::pow(from[k], 1 - bend) * std::pow(to[k], bend);
    }
    return formants;
}

/// Hiss, burst or hum before the vowel; the time it takes.
std::size_t addConsonant(Random& random, Signal& result) {
    const int kind = between(random, 0, 3);
    const bool plosive = kind == 3;
    const double seconds = plosive ? random.uniform(0.008, 0.03) : random.uniform(0.04, 0.16);
    const double centre = kind == 0   ? random.uniform(5500, 9000)  // s
                          : kind == 1 ? random.uniform(2200, 3800)  // sh
                          : kind == 2 ? random.uniform(1000, 7000)  // f, h
                                      : random.uniform(500, 4500);  // t, k, p
    Biquad band = Biquad::bandPass(centre, kind == 2 ? 0.4 : 1.5);
    const double gain = random.uniform(0.05, 0.4);
    const std::size_t length = std::min(result.size(), samplesOf(seconds));
    for (std::size_t n = 0; n < length; ++n) {
        const double place = static_cast<double>(n) / static_cast<double>(length);
        const double shape =
            plosive ? std::exp(-4 * place) : 0.5 - 0.5 * std::cos(2 * std::numbers::pi * place);
        result[n] += static_cast<float>(gain * shape * band.process(static_cast<double>(whiteNoise(random))));
    }
    return length;
}

void addSinger(const Voice& voice, const Note& note, double frequency, std::uint64_t seed, Signal& result) {
    constexpr std::size_t kControl = 64;
    Random random(seed);
    std::size_t start = 0;
    if (chance(random, voice.consonants)) start = addConsonant(random, result) * 3 / 4;
    if (start >= result.size()) return;
    const std::size_t samples = result.size() - start;
    const std::vector<double> phases = phasesOf(frequency, voice.motion, samples, random.bits());
    const Sawtooth sawtooth(frequency * voice.motion.highestFactor());
    const Signal envelope =
        voice.envelope.render(samples, note.gate > start ? note.gate - start : samples / 2);
    // A glottal pulse falls by 12 dB per octave and the lips give 6 back: a sawtooth, softened.
    OnePole soft(voice.softness * (0.5 + 0.5 * note.velocity) + frequency);
    std::array<Biquad, 10> tract;
    const Signal shimmer = slowCurve(25, samples, random);
    for (std::size_t n = 0; n < samples; ++n) {
        if (n % kControl == 0) {
            const double length = static_cast<double>(std::max<std::size_t>(1, std::min(note.gate, samples)));
            const Formants formants = formantsAt(voice, std::min(1.0, static_cast<double>(n) / length));
            for (std::size_t k = 0; k < tract.size(); ++k) {
                // A singer opens the mouth so that the first formant is not below the pitch.
                const double place = k == 0 ? std::max(formants[0], frequency * 1.02) : formants[k];
                const Biquad tuned = Biquad::formant(place, kBandwidths[k] * voice.bandwidthFactor);
                tract[k].b0 = tuned.b0;
                tract[k].a1 = tuned.a1;
                tract[k].a2 = tuned.a2;
            }
        }
        const auto pulse = static_cast<double>(sawtooth.at(phases[n]));
        const auto noise = static_cast<double>(whiteNoise(random));
        const double voiced =
            voice.whispered ? 0 : soft.process(pulse) * (1 + voice.shimmer * static_cast<double>(shimmer[n]));
        // Breath is strongest while the glottis is open.
        const double breath = voice.whispered ? 0.3 : voice.breath * (0.4 + 0.6 * std::abs(pulse));
        double value = (voiced + breath * noise) * static_cast<double>(envelope[n]);
        for (Biquad& formant : tract) value = formant.process(value);
        result[start + n] += static_cast<float>(0.3 * value);
    }
}

}  // namespace

Formants formantsOf(int vowel) {
    constexpr std::array<std::array<double, 3>, kVowelCount> kVowels{{{730, 1090, 2440},    // hod
                                                                      {270, 2290, 3010},    // heed
                                                                      {390, 1990, 2550},    // hid
                                                                      {530, 1840, 2480},    // head
                                                                      {660, 1720, 2410},    // had
                                                                      {570, 840, 2410},     // hawed
                                                                      {440, 1020, 2240},    // hood
                                                                      {300, 870, 2240},     // who'd
                                                                      {640, 1190, 2390},    // hud
                                                                      {490, 1350, 1690}}};  // heard
    const auto& first = kVowels[static_cast<std::size_t>(vowel) % kVowelCount];
    return {first[0], first[1], first[2], 3500, 4500, 5500, 6500, 7500, 8500, 9500};
}

Signal render(const Voice& voice, const Note& note) {
    Signal result(note.samples, 0.0F);
    for (int i = 0; i < std::max(1, voice.singers); ++i) {
        Random random(mixSeed(note.seed, static_cast<std::uint64_t>(i)));
        const double cents = voice.singers > 1 ? random.uniform(-14, 14) : 0;
        const double late = voice.singers > 1 ? random.uniform(0, 0.04) : 0;
        Note own = note;
        const std::size_t delay = std::min(note.samples, samplesOf(late));
        own.samples = note.samples - delay;
        Signal sung(own.samples, 0.0F);
        addSinger(voice, own, note.frequency * std::exp2(cents / 1200), random.bits(), sung);
        addAt(result, sung, delay, 1);
    }
    scale(result, note.velocity);
    return result;
}

Voice drawVoice(Random& random) {
    Voice voice;
    voice.vowels.clear();
    const int count = between(random, 1, 4);
    for (int i = 0; i < count; ++i) voice.vowels.push_back(between(random, 0, kVowelCount - 1));
    voice.tract = pick(random, {1.0, 1.0, 1.17, 1.17, 1.35}) * random.uniform(0.92, 1.08);
    voice.breath = logUniform(random, 0.005, 0.3);
    voice.softness = logUniform(random, 700, 9000);
    voice.bandwidthFactor = random.uniform(0.7, 1.8);
    voice.shimmer = logUniform(random, 0.005, 0.12);
    voice.whispered = chance(random, 0.06);
    voice.singers = chance(random, 0.2) ? between(random, 2, 6) : 1;
    voice.consonants = voice.singers > 1 ? 0 : random.uniform(0, 1);
    voice.envelope = {.attack = logUniform(random, 0.01, 0.2),
                      .decay = random.uniform(0.1, 1),
                      .sustain = random.uniform(0.5, 1),
                      .release = logUniform(random, 0.03, 0.3)};
    voice.motion = {.vibratoHz = random.uniform(4.5, 6.5),
                    .vibratoCents = chance(random, 0.5) ? random.uniform(5, 70) : 0,
                    .vibratoDelay = random.uniform(0.1, 0.8),
                    .glideSemitones = chance(random, 0.6) ? random.uniform(-4, 5) : 0,
                    .glideSeconds = logUniform(random, 0.02, 0.4),
                    .driftCents = logUniform(random, 2, 25)};
    return voice;
}

}  // namespace smidgen::synthesis
