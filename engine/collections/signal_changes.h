// The single changes augmentation is made of, each on one channel in place, each with an exact amount.
#pragma once

#include <cstdint>
#include <span>

#include "engine/foundation/units.h"

namespace smidgen {

/// Four first-order all-passes with −90° at `cornerHz` each: phase changes, magnitudes do not.
void applyAllPass(std::span<float> signal, double cornerHz, double rate = kSampleRate);

/// Tilts the spectrum by `dbPerOctave` (|·| < 6) with 0 dB at 1 kHz: real poles and zeros an octave apart,
/// their distance giving the slope (J. O. Smith & H. F. Smith 2016). Straight within 0.2 dB from 60 Hz to 12
/// kHz.
void applyTilt(std::span<float> signal, double dbPerOctave, double rate = kSampleRate);

/// Adds white, nearly normal noise of exactly `snrDb` below the signal's mean power. Silence stays silence.
void addNoise(std::span<float> signal, double snrDb, std::uint64_t seed);

/// Adds the reverberation of a room to the unchanged direct sound: a feedback delay network of eight lines
/// with a Householder matrix and equal decay in all of them (Jot & Chaigne 1991), −60 dB after `seconds`,
/// carrying about half of the direct sound's energy. Delays and signs are drawn from `seed`.
void addRoom(std::span<float> signal, double seconds, std::uint64_t seed, double rate = kSampleRate);

}  // namespace smidgen
