// What a sound is like, in the words of the sliders: eight attributes, and what goes with them.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "engine/foundation/units.h"

namespace smidgen {

/// What a sound can be steered by. Each formula, with its source, stands in the file named behind it.
enum class Attribute {
    density,     ///< log2(1 + events per second), 0 … 6 (onsets.h)
    brightness,  ///< log2 of the spectral centroid in Hz, 5 … 14.5 (spectral_balance.h)
    warmth,      ///< dB of low over high loudness, and slope, −35 … 35 (spectral_balance.h)
    roughness,   ///< root of asper-like modulation, 0 … about 1.5 (roughness.h)
    tension,     ///< dissonance that no common fundamental explains, 0 … 1 (tension.h)
    rhythm,      ///< percussive share and unrest of the onset curve, 0 … 1 (onsets.h)
    pulse,       ///< periodicity of the onset curve, 0 … 1 (pulse.h)
    space,       ///< log2 of the decay time in seconds (60 dB), −5 … 4 (reverberance.h)
};
inline constexpr std::size_t kAttributeCount = 8;
inline constexpr std::array<Attribute, kAttributeCount> kAttributes{
    Attribute::density, Attribute::brightness, Attribute::warmth, Attribute::roughness,
    Attribute::tension, Attribute::rhythm,     Attribute::pulse,  Attribute::space};

struct AttributeWords {
    std::string_view name;  ///< of the slider, on the command line and in recipes: "density" …
    std::string_view low;   ///< what little of it sounds like: "sparse"
    std::string_view high;  ///< and much: "dense"
};
[[nodiscard]] const AttributeWords& wordsFor(Attribute attribute);
/// Nothing when no attribute has that name.
[[nodiscard]] std::optional<Attribute> attributeNamed(std::string_view name);

/// One number for each attribute, in its own unit.
struct Attributes {
    std::array<double, kAttributeCount> values{};
    [[nodiscard]] double operator[](Attribute attribute) const {
        return values[static_cast<std::size_t>(attribute)];
    }
    [[nodiscard]] double& operator[](Attribute attribute) {
        return values[static_cast<std::size_t>(attribute)];
    }
    bool operator==(const Attributes&) const = default;
};

struct KeyEstimate {
    int tonic = 0;  ///< pitch class, 0 = C … 11 = B
    bool minor = false;
    double confidence = 0;  ///< 0 (no key to be heard) … 1
    bool operator==(const KeyEstimate&) const = default;
};

struct TempoEstimate {
    double bpm = 0;         ///< 30 … 300; 0 when the sound is too short for two beats
    double confidence = 0;  ///< 0 (no pulse) … 1
    bool operator==(const TempoEstimate&) const = default;
};

struct SoundDescription {
    Attributes attributes;
    double flatness = 0;  ///< 0 (a sine) … 1 (an impulse); white noise 0.56
    KeyEstimate key;
    TempoEstimate tempo;
    std::optional<double> lufs;  ///< filled by the caller that knows loudness (engine/audio)
    bool operator==(const SoundDescription&) const = default;
};

/// Describes mono sounds at 48 kHz, the one internal rate; of a stereo sound, its mid. Finite for any input:
/// samples that are not finite count as zero. An empty or silent sound has 0 everywhere but in brightness
/// (log2 35) and space (log2 0.3). Gain does not matter, nor does silence before and after. The same sound
/// gives the same numbers, whatever was described before. Holds FFT plans and scratch: one object per thread.
/// Memory beyond the copy of the sound: some 60 floats for each 512 samples.
class SoundDescriber {
 public:
    SoundDescriber();
    SoundDescriber(SoundDescriber&&) noexcept;
    SoundDescriber& operator=(SoundDescriber&&) noexcept;
    ~SoundDescriber();
    [[nodiscard]] SoundDescription describe(std::span<const float> mono);

 private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen
