// Procedural sound: everything a folder of samples may hold, from a seed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace smidgen {

/// What the sound is made from. Most families draw single notes or hits as well as short phrases.
enum class SoundFamily {
    additive,         ///< sums of sine partials: harmonic, stretched, sparse or beating
    phaseModulation,  ///< two to four sine operators (FM)
    subtractive,      ///< sawtooth, pulse and triangle through a moving resonant filter
    plucked,          ///< plucked strings with damping, pick position and body
    bowed,            ///< stick-slip strings with bow noise and body
    modal,            ///< struck bars, bells, plates, membranes, bowls
    granular,         ///< clouds of grains, of other sounds or of pure tones
    noise,            ///< coloured, band-passed, wind, surf, rain, fire, vinyl, hum
    drum,             ///< kick, snare, hat, clap, tom, cymbal, rim, cowbell, shaker, knock: a few hits
    beat,             ///< a drum loop from a drawn kit
    chord,            ///< several notes of one instrument at once: pads, stabs, strums, drones
    sequence,         ///< lines and arpeggios in a scale and a tempo
    vowel,            ///< a voice: glottal source through moving formants, with consonants; or a choir
    sweep,            ///< chirps, risers, whistles, bird-like calls
    impulses,         ///< clicks: regular, random, bouncing, ticking
    events,           ///< silence with a few short sounds in it
    mixture,          ///< two or three of the others at once
};

struct SoundFamilyEntry {
    SoundFamily family;
    std::string_view name;  ///< as typed by a person, e.g. "phase-modulation"
    double weight;          ///< share of the seeds that draw it; the weights of all families sum to 1
};
/// In the order of the enumeration.
[[nodiscard]] std::span<const SoundFamilyEntry> soundFamilies();
[[nodiscard]] std::optional<SoundFamily> soundFamilyNamed(std::string_view name);
/// The family that synthesizeSound(seed, …) draws.
[[nodiscard]] SoundFamily soundFamilyOf(std::uint64_t seed);

/// Longest sound that can be asked for.
inline constexpr double kLongestSynthesis = 600;

/// A mono sound at 48 kHz of round(seconds × 48000) samples (at least one; `seconds` is clamped to
/// 0…kLongestSynthesis): a family's sound, then by chance a room, saturation, equalisation, a lower bandwidth
/// (as of a 44.1, 32 or 22 kHz or lossy source) and a noise floor. Equal arguments give equal bits. The peak
/// lies between −30 and −0.5 dBFS, the mean below −40 dB of it; every value is finite and none is subnormal.
/// Thread-safe; the time is about a hundredth of the sound's or less.
[[nodiscard]] std::vector<float> synthesizeSound(std::uint64_t seed, double seconds);
[[nodiscard]] std::vector<float> synthesizeSound(SoundFamily family, std::uint64_t seed, double seconds);

}  // namespace smidgen
