#include "engine/analysis/descriptors.h"

#include <algorithm>

#include "engine/analysis/key.h"
#include "engine/analysis/onsets.h"
#include "engine/analysis/partials.h"
#include "engine/analysis/pulse.h"
#include "engine/analysis/reverberance.h"
#include "engine/analysis/roughness.h"
#include "engine/analysis/sound_frames.h"
#include "engine/analysis/spectral_balance.h"
#include "engine/analysis/tension.h"

namespace smidgen {
namespace {

constexpr std::array<AttributeWords, kAttributeCount> kWords{{{"density", "sparse", "dense"},
                                                              {"brightness", "dark", "bright"},
                                                              {"warmth", "cold", "warm"},
                                                              {"roughness", "smooth", "rough"},
                                                              {"tension", "consonant", "dissonant"},
                                                              {"rhythm", "ambient", "rhythmic"},
                                                              {"pulse", "free", "steady pulse"},
                                                              {"space", "dry", "reverberant"}}};

}  // namespace

const AttributeWords& wordsFor(Attribute attribute) {
    return kWords[static_cast<std::size_t>(attribute)];
}

std::optional<Attribute> attributeNamed(std::string_view name) {
    const auto found =
        std::ranges::find_if(kAttributes, [&](Attribute a) { return wordsFor(a).name == name; });
    return found == kAttributes.end() ? std::nullopt : std::optional(*found);
}

struct SoundDescriber::Impl {
    FrameAnalyzer frames;
    PartialFinder partials;
    RoughnessMeter roughness;
};

SoundDescriber::SoundDescriber() : m_impl(std::make_unique<Impl>()) {}
SoundDescriber::SoundDescriber(SoundDescriber&&) noexcept = default;
SoundDescriber& SoundDescriber::operator=(SoundDescriber&&) noexcept = default;
SoundDescriber::~SoundDescriber() = default;

SoundDescription SoundDescriber::describe(std::span<const float> mono) {
    const ScaledSound sound = scaleSound(mono);
    const SoundFrames frames = m_impl->frames.analyze(sound);
    const std::vector<double> onsets = onsetCurve(frames);
    const std::vector<PartialFrame> partials = m_impl->partials.find(sound);
    const PulseEstimate pulse = pulseOf(frames, onsets);
    SoundDescription description;
    Attributes& a = description.attributes;
    a[Attribute::density] = densityOf(frames, onsets);
    a[Attribute::brightness] = brightnessOf(frames);
    a[Attribute::warmth] = warmthOf(frames);
    a[Attribute::roughness] = m_impl->roughness.measure(sound);
    a[Attribute::tension] = tensionOf(partials);
    a[Attribute::rhythm] = rhythmOf(frames);
    a[Attribute::pulse] = pulse.strength;
    a[Attribute::space] = spaceOf(frames);
    description.flatness = frames.flatness;
    description.key = keyOf(partials);
    description.tempo = pulse.tempo;
    return description;
}

}  // namespace smidgen
