#include "engine/synthesis/sound_synthesizer.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/synthesis/draw.h"
#include "engine/synthesis/drums.h"
#include "engine/synthesis/envelope.h"
#include "engine/synthesis/modal.h"
#include "engine/synthesis/noise.h"
#include "engine/synthesis/phrase.h"
#include "engine/synthesis/strings.h"
#include "engine/synthesis/textures.h"
#include "engine/synthesis/tones.h"
#include "engine/synthesis/voice.h"
#include "engine/synthesis/wear.h"

namespace smidgen {
namespace {

using namespace synthesis;

constexpr std::array<SoundFamilyEntry, 17> kFamilies{{
    {SoundFamily::additive, "additive", 0.07},
    {SoundFamily::phaseModulation, "phase-modulation", 0.07},
    {SoundFamily::subtractive, "subtractive", 0.08},
    {SoundFamily::plucked, "plucked", 0.08},
    {SoundFamily::bowed, "bowed", 0.04},
    {SoundFamily::modal, "modal", 0.08},
    {SoundFamily::granular, "granular", 0.06},
    {SoundFamily::noise, "noise", 0.09},
    {SoundFamily::drum, "drum", 0.08},
    {SoundFamily::beat, "beat", 0.06},
    {SoundFamily::chord, "chord", 0.05},
    {SoundFamily::sequence, "sequence", 0.05},
    {SoundFamily::vowel, "vowel", 0.07},
    {SoundFamily::sweep, "sweep", 0.03},
    {SoundFamily::impulses, "impulses", 0.02},
    {SoundFamily::events, "events", 0.02},
    {SoundFamily::mixture, "mixture", 0.05},
}};

template <typename Patch>
Instrument instrumentOf(Patch patch) {
    return [patch = std::move(patch)](const Note& note) { return render(patch, note); };
}

struct Player {
    Instrument instrument;
    Range range;
};

/// Of a family of instruments: additive to modal, and vowel.
Player drawPlayer(Random& random, SoundFamily family) {
    switch (family) {
        case SoundFamily::phaseModulation:
            return {instrumentOf(drawPhaseModulationTone(random)), {40, 1800}};
        case SoundFamily::subtractive:
            return {instrumentOf(drawSubtractiveTone(random)), {30, 1400}};
        case SoundFamily::plucked:
            return {instrumentOf(drawPluckedString(random)), {40, 1300}};
        case SoundFamily::bowed:
            return {instrumentOf(drawBowedString(random)), {45, 1900}};
        case SoundFamily::modal:
            return {instrumentOf(drawModalTone(random)), {60, 3000}};
        case SoundFamily::vowel:
            return {instrumentOf(drawVoice(random)), {75, 700}};
        default:
            return {instrumentOf(drawAdditiveTone(random)), {35, 3500}};
    }
}

Player drawAnyPlayer(Random& random) {
    constexpr std::array<SoundFamily, 7> kPlayers{
        SoundFamily::additive, SoundFamily::phaseModulation, SoundFamily::subtractive, SoundFamily::plucked,
        SoundFamily::bowed,    SoundFamily::modal,           SoundFamily::vowel};
    constexpr std::array<double, 7> kWeights{3, 3, 4, 3, 2, 2, 1};
    return drawPlayer(random, kPlayers[pickWeighted(random, kWeights)]);
}

Signal drawSound(Random& random, SoundFamily family, std::size_t samples);

/// A family that is neither made of others nor silent for long.
SoundFamily drawSimpleFamily(Random& random) {
    std::array<double, kFamilies.size()> weights{};
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const bool composed = kFamilies[i].family == SoundFamily::events ||
                              kFamilies[i].family == SoundFamily::mixture ||
                              kFamilies[i].family == SoundFamily::granular;
        weights[i] = composed ? 0 : kFamilies[i].weight;
    }
    return kFamilies[pickWeighted(random, weights)].family;
}

Signal drawGranular(Random& random, std::size_t samples) {
    if (chance(random, 0.35)) return drawToneCloud(random, samples);
    const SoundFamily family = drawSimpleFamily(random);
    Signal source = drawSound(random, family, samplesOf(random.uniform(0.6, 1.6)));
    normalize(source);
    const Cloud cloud = drawCloud(random);
    return render(cloud, source, samples, random.bits());
}

Signal drawNoise(Random& random, std::size_t samples) {
    constexpr std::array<NoiseTexture, 10> kTextures{
        NoiseTexture::coloured, NoiseTexture::band, NoiseTexture::wind,  NoiseTexture::surf,
        NoiseTexture::rain,     NoiseTexture::fire, NoiseTexture::vinyl, NoiseTexture::hum,
        NoiseTexture::machine,  NoiseTexture::steam};
    constexpr std::array<double, 10> kWeights{3, 3, 2, 1, 2, 1.5, 1, 0.7, 2, 1};
    return noiseTexture(kTextures[pickWeighted(random, kWeights)], random, samples);
}

Signal drawHits(Random& random, std::size_t samples) {
    constexpr std::array<double, kDrumCount> kWeights{3, 3, 2, 1.5, 1.5, 2, 2, 1, 0.7, 1, 3};
    const auto drum = static_cast<Drum>(pickWeighted(random, kWeights));
    const Instrument instrument = drawDrum(random, drum);
    const double seconds = secondsOf(samples);
    Signal sum(samples, 0.0F);
    const bool several = seconds > 3 || chance(random, 0.3);
    const double step = several ? logUniform(random, 0.1, 1.2) : seconds;
    double time = chance(random, 0.7) ? 0 : std::min(0.2 * seconds, random.uniform(0, 0.1));
    while (time < seconds) {
        Note note{.velocity = random.uniform(0.35, 1)};
        note.seed = random.bits();
        const auto start = samplesOf(time);
        if (start >= samples) break;
        note.samples = std::min(samples - start, samplesOf(4));
        note.gate = note.samples;
        addAt(sum, instrument(note), start, 1);
        time += step * (several ? random.uniform(0.9, 1.1) : 1);
    }
    return sum;
}

Signal drawEvents(Random& random, std::size_t samples) {
    Signal sum(samples, 0.0F);
    const double seconds = secondsOf(samples);
    const int count = std::max(1, static_cast<int>(seconds / logUniform(random, 0.6, 3)));
    for (int i = 0; i < count; ++i) {
        const SoundFamily family = drawSimpleFamily(random);
        const double length = std::min(seconds, logUniform(random, 0.03, 0.5));
        Signal event = drawSound(random, family, std::max<std::size_t>(1, samplesOf(length)));
        normalize(event);
        fadeOut(event, 0.3 * length);
        const double start = random.uniform(0, std::max(0.0, seconds - length));
        addAt(sum, event, samplesOf(start), random.uniform(0.1, 1));
    }
    return sum;
}

Signal drawMixture(Random& random, std::size_t samples) {
    const int parts = between(random, 2, 3);
    Signal sum(samples, 0.0F);
    for (int i = 0; i < parts; ++i) {
        Signal part = drawSound(random, drawSimpleFamily(random), samples);
        normalize(part);
        addAt(sum, part, 0, i == 0 ? 1 : std::pow(10.0, random.uniform(-24, 0) / 20));
    }
    return sum;
}

Signal drawSound(Random& random, SoundFamily family, std::size_t samples) {
    switch (family) {
        case SoundFamily::granular:
            return drawGranular(random, samples);
        case SoundFamily::noise:
            return drawNoise(random, samples);
        case SoundFamily::drum:
            return drawHits(random, samples);
        case SoundFamily::beat:
            return drawBeat(random, samples);
        case SoundFamily::chord:
            return drawChords(random, drawAnyPlayer(random).instrument, samples);
        case SoundFamily::sequence: {
            const Player player = drawAnyPlayer(random);
            return drawSequence(random, player.instrument, player.range, samples);
        }
        case SoundFamily::sweep:
            return drawSweep(random, samples);
        case SoundFamily::impulses:
            return drawImpulses(random, samples);
        case SoundFamily::events:
            return drawEvents(random, samples);
        case SoundFamily::mixture:
            return drawMixture(random, samples);
        default: {
            const Player player = drawPlayer(random, family);
            return drawPhrase(random, player.instrument, player.range, samples);
        }
    }
}

}  // namespace

std::span<const SoundFamilyEntry> soundFamilies() {
    return kFamilies;
}

std::optional<SoundFamily> soundFamilyNamed(std::string_view name) {
    const auto found = std::find_if(kFamilies.begin(), kFamilies.end(),
                                    [name](const SoundFamilyEntry& entry) { return entry.name == name; });
    if (found == kFamilies.end()) return std::nullopt;
    return found->family;
}

SoundFamily soundFamilyOf(std::uint64_t seed) {
    std::array<double, kFamilies.size()> weights{};
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = kFamilies[i].weight;
    Random random(mixSeed(seed, 0xfa));
    return kFamilies[pickWeighted(random, weights)].family;
}

std::vector<float> synthesizeSound(SoundFamily family, std::uint64_t seed, double seconds) {
    const double length = seconds > 0 ? std::min(seconds, kLongestSynthesis) : 0;
    const std::size_t samples = std::max<std::size_t>(1, samplesOf(length));
    Random random(mixSeed(seed, 0x50, static_cast<std::uint64_t>(family)));
    Signal signal = drawSound(random, family, samples);
    wear(random, signal);
    finish(random, signal);
    return signal;
}

std::vector<float> synthesizeSound(std::uint64_t seed, double seconds) {
    return synthesizeSound(soundFamilyOf(seed), seed, seconds);
}

}  // namespace smidgen
